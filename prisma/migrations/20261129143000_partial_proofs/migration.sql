-- AlterTable
ALTER TABLE "backup" ADD COLUMN "partial_proof" JSONB;

-- By hand: proofs of samples, and those of backups of which a part has no manifest from after it, so that no documents were compared.
UPDATE "backup" b SET partial_proof = b.proof || '{"whole": false}', proof = NULL
WHERE b.proof IS NOT NULL AND (
  b.proof ->> 'whole' = 'false'
  OR EXISTS (SELECT FROM "part" p WHERE p.backup_key = b.key AND p.state <> 'EMPTY' AND p.manifest_after IS NULL)
);
