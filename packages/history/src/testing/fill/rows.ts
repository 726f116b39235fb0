import { deletions, digestOf, indexLists, lives, operationId, REHEARSED_AT, snapshotUuid } from './lives.ts';

/** A statement for the backups from `$1` to `$2`; `$3` is the time of the newest. */
export type Rows = (backups: number) => string;

/** Every index list of a first part is one of two. */
const listOf = (backups: number, part: string): string =>
  digestOf(
    `CASE WHEN ${part} = 1 THEN 'first' || nth * 2 / ${backups + 1} ELSE 'second' || nth * ${indexLists(backups)} / ${backups + 1} END`,
  );

/** Once, not by backup. */
export const INDEX_LISTS: Rows = (backups) => `
INSERT INTO index_list (digest, names)
SELECT ${digestOf(`'first' || list`)}, ARRAY['optimize-position-based-import-index_v3', 'optimize-timestamp-based-import-index_v' || list]
FROM generate_series(0, 1) list
UNION ALL
SELECT ${digestOf(`'second' || list`)}, ARRAY(
  SELECT 'optimize-process-instance-' || CASE WHEN nth <= 70 THEN 'process-' || nth ELSE 'list-' || list || '-' || nth END || '_v8'
  FROM generate_series(1, 80) nth ORDER BY 1)
FROM generate_series(0, ${indexLists(backups) - 1}) list`;

const PROOF = `jsonb_build_object('operationId', ${operationId(REHEARSED_AT, 2, 'nth')}, 'at',
  to_char((${REHEARSED_AT}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'milliseconds', 95000, 'whole', true, 'indices', 82,
  'documents', 4200000, 'bytes', 1800000000, 'compared', jsonb_build_array('documents', 'mappings', 'settings'))`;

const FAILURE = `jsonb_build_object('code', 'PART_NOT_WHOLE', 'message', 'Snapshot ' || snapshot || '2_of_2 ended PARTIAL: 3 of 82 shards failed.',
  'data', jsonb_build_object('part', 2, 'state', 'PARTIAL'))`;

export const BACKUPS: Rows = (backups) => `
WITH ${lives(backups)}
INSERT INTO backup (key, backup_id, optimize_version, profile, index_prefix, origin, cluster_uuid, repository, repository_uuid, repository_key,
  requested_at, requested_by, state, state_seen_at, finished_at, deleted_at, failure, proof)
SELECT nth, id, version, 'optimize', 'optimize', CASE WHEN is_found THEN 'discovered' WHEN actor ->> 'name' = 'schedule' THEN 'scheduled' ELSE 'requested' END,
  cluster, repository, repository_uuid, repository_uuid, at, actor, CASE WHEN is_deleted THEN 'INCOMPLETE' ELSE state END,
  CASE WHEN is_deleted THEN removal ELSE ended END, CASE WHEN state <> 'IN_PROGRESS' THEN ended END, CASE WHEN is_deleted THEN removal END,
  CASE WHEN state = 'FAILED' AND NOT is_found THEN ${FAILURE} END, CASE WHEN is_proven THEN ${PROOF} END
FROM named`;

export const PARTS: Rows = (backups) => `
WITH ${lives(backups)}
INSERT INTO part (id, backup_key, number, total, snapshot_name, index_list_digest, state, starts, uuid, engine_version, version_id, started_at, ended_at,
  shards_total, shards_successful, shards_failed, bytes, manifest_before, manifest_after)
SELECT nth * 2 + number - 2, nth, number, 2, snapshot || number || '_of_2', ${listOf(backups, 'number')},
  CASE WHEN state = 'IN_PROGRESS' THEN 'PLANNED' WHEN number = 1 THEN 'SUCCESS' WHEN state = 'FAILED' THEN 'PARTIAL' WHEN state = 'INCOMPLETE' THEN 'VANISHED'
    WHEN state = 'INCOMPATIBLE' THEN 'INCOMPATIBLE' ELSE 'SUCCESS' END,
  (NOT is_found AND state <> 'IN_PROGRESS')::int, CASE WHEN state <> 'IN_PROGRESS' THEN ${snapshotUuid('nth', 'number')} END, '8.19.0', 8537000,
  CASE WHEN state <> 'IN_PROGRESS' THEN at + (number - 1) * took / 4 END, CASE WHEN state <> 'IN_PROGRESS' THEN at + (number * 3 - 2) * took / 4 END,
  82, CASE WHEN state = 'FAILED' AND number = 2 THEN 79 ELSE 82 END, CASE WHEN state = 'FAILED' AND number = 2 THEN 3 ELSE 0 END,
  CASE WHEN NOT is_found THEN 1000000 * (number * number * 300 + how) END,
  CASE WHEN NOT is_found THEN ${digestOf(`'before' || nth || number`)} END, CASE WHEN NOT is_found THEN ${digestOf(`'after' || nth || number`)} END
FROM named, generate_series(1, 2) number`;

const SETTLED = `state, revision, next_tick_at, attempts, error_class, ended_at, failure`;

export const OPERATIONS: Rows = (backups) => `
WITH ${lives(backups)}, ${deletions(backups)}
INSERT INTO operation (id, position, backup_key, kind, lane, requested_at, request_id, actor, detail, ${SETTLED})
SELECT created_by, nth * 3, nth, 'create', cluster || '/' || repository, at, request_id, actor,
  jsonb_build_object('part1', jsonb_build_object('sentAt', at, 'accepted', true, 'vanished', 0, 'missed', false),
    'part2', jsonb_build_object('sentAt', at, 'accepted', true, 'vanished', 0, 'missed', false)),
  CASE state WHEN 'IN_PROGRESS' THEN 'WAITING' WHEN 'FAILED' THEN 'FAILED' ELSE 'SUCCEEDED' END, 9,
  CASE WHEN state = 'IN_PROGRESS' THEN 'infinity' ELSE ended END, 2, CASE WHEN state = 'FAILED' THEN 'terminal' END,
  CASE WHEN state <> 'IN_PROGRESS' THEN ended END, CASE WHEN state = 'FAILED' THEN ${FAILURE} END
FROM named WHERE NOT is_found
UNION ALL
SELECT ${operationId(REHEARSED_AT, 2, 'nth')}, nth * 3 + 1, nth, 'rehearse', cluster || '/' || repository, ${REHEARSED_AT}, request_id,
  actor, jsonb_build_object('inPlace', false, 'report', jsonb_build_object('milliseconds', 95000, 'bytes', 1800000000)), 'SUCCEEDED', 9,
  at + interval '3 hours', 3, NULL, at + interval '3 hours', NULL
FROM named WHERE is_proven
UNION ALL
SELECT deleted_by, slot * 3 + 2, nth, 'delete', cluster || '/' || repository, at, lpad(to_hex(nth), 32, 'd'), jsonb_build_object('kind', 'system', 'name', 'schedule'),
  jsonb_build_object('keepBackup', false, 'onlyUnfinished', false, 'deleteDiscovered', false), 'SUCCEEDED', 4, at, 1, NULL, at, NULL
FROM removed ORDER BY 1`;

export const ATTEMPTS: Rows = (backups) => `
WITH ${lives(backups)}, ${deletions(backups)}
INSERT INTO attempt (operation_id, number, part, trigger, actor, error_class, reason, started_at, ended_at)
SELECT created_by, number, number, 'request', jsonb_build_object('kind', 'system', 'name', 'worker-' || nth % 3),
  CASE WHEN state = 'FAILED' AND number = 2 THEN 'terminal' END, CASE WHEN state = 'FAILED' AND number = 2 THEN ${FAILURE} END,
  at + (number - 1) * took / 4, at + (number * 3 - 2) * took / 4
FROM named, generate_series(1, 2) number WHERE NOT is_found AND state <> 'IN_PROGRESS'
UNION ALL
SELECT deleted_by, 1, NULL, 'request', jsonb_build_object('kind', 'system', 'name', 'worker-1'), NULL, NULL, at, at FROM removed`;
