-- CreateTable
CREATE TABLE "doctor_run" (
    "id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "request_id" TEXT,
    "actor" JSONB NOT NULL,
    "open" BOOLEAN DEFAULT true,
    "until" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "report" JSONB,

    CONSTRAINT "doctor_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "doctor_run_one_open" ON "doctor_run"("open");
