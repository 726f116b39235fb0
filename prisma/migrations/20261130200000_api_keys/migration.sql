-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(6),
    "replaced_by" TEXT,
    "revoked_at" TIMESTAMPTZ(6),
    "last_used_at" TIMESTAMPTZ(6),
    "holds_name" BOOLEAN DEFAULT true,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "api_key_role_known" CHECK (role IN ('viewer', 'operator', 'restorer', 'admin')),
    CONSTRAINT "api_key_stores_a_digest" CHECK (digest ~ '^[0-9a-f]{64}$')
);

-- CreateIndex
CREATE UNIQUE INDEX "api_key_one_of_a_name" ON "api_key"("name", "holds_name");
