/** So many backups as an installation has after years: an hour apart, one in a hundred FAILED, one in ten deleted, one in fifty proven. */
export const manyBackups = (count: number): string => `
INSERT INTO index_list (digest, names)
SELECT decode(md5(nth::text), 'hex'), ARRAY['shared', 'index-' || nth] FROM generate_series(0, 99) nth;
WITH rows AS (
  INSERT INTO backup (backup_id, optimize_version, profile, index_prefix, origin, cluster_uuid, repository, repository_key, requested_by, state,
    requested_at, finished_at, deleted_at, proof)
  SELECT 'many-' || nth, '8.7.0', 'optimize', 'optimize', 'requested', 'c', 'r', 'c/r',
    jsonb_build_object('kind', 'anonymous', 'address', '10.0.' || nth % 200 || '.1'),
    CASE WHEN nth % 100 = 0 THEN 'FAILED' WHEN nth % 1000 = 1 THEN 'INCOMPLETE' ELSE 'COMPLETED' END,
    now() - nth * interval '1 hour', now() - nth * interval '1 hour' + interval '7 minutes',
    CASE WHEN nth % 10 = 0 THEN now() - nth * interval '50 minutes' END,
    CASE WHEN nth % 50 = 3 THEN jsonb_build_object('at', to_char(now() - nth * interval '1 hour', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END
  FROM generate_series(1, ${count}) nth
  RETURNING key, backup_id
)
INSERT INTO part (backup_key, number, total, snapshot_name, index_list_digest, state)
SELECT key, number, 2, backup_id || '-' || number, decode(md5((key % 100)::text), 'hex'), 'SUCCESS'
FROM rows, generate_series(1, 2) number;
INSERT INTO event (at, backup_id, kind, actor, source, request_id)
SELECT now() - nth * interval '1 hour', 'many-' || nth, 'backup.requested', '{"kind": "anonymous", "address": "10.0.0.1"}', 'api', 'request-' || nth
FROM generate_series(1, ${count}) nth;
ANALYZE`;
