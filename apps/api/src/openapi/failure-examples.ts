import { type Failure, type FailureCode, fail } from '@tandem/shared/domain/failure/failure.ts';
import { repositoryChanged } from '@tandem/shared/domain/repository/repository-identity.ts';
import { backupId, hold, operationId, restoreId, snapshotNames } from './examples.ts';

type Example = readonly [detail: string, data?: Readonly<Record<string, unknown>>];

const noted = { backupId };
const of = (id: string) => ({ backupId, operationId: id });
const changed = {
  location: {
    clusterUuid: 'm3X0h1kVQ0y1bqgD4cT5Lg',
    repository: 'optimize-backups',
    repositoryUuid: 'Qn7o2WmRTz6v8YbKc1sEdA',
  },
  missing: 3,
  settings: 'changed',
} as const;
const engine = 'The engine at http://10.0.0.5:9200';

/** What a failure of each code says, of those that an answer may have. */
const examples: Partial<Record<FailureCode, Example>> = {
  REQUEST_INVALID: [
    'limit must be between 1 and 1000, found 5000.',
    { problems: ['limit must be between 1 and 1000, found 5000.'], count: 1 },
  ],
  ROUTE_NOT_FOUND: ['The page at /docs has no file of that name.'],
  BODY_TOO_LARGE: ['The body may have at most 16384 bytes, also when it is unpacked.'],
  MEDIA_TYPE_UNSUPPORTED: [
    'The header content-type is "text/plain". Send application/json, or a vendor type such as application/vnd.example+json, in UTF-8.',
  ],
  BACKUP_ID_INVALID: ['The names of its snapshots would be 260 characters long: choose an id of at most 211.', noted],
  BACKUP_NOT_FOUND: [`No backup has the id ${backupId}.`, noted],
  BACKUP_EXISTS: [
    `Backup ${backupId} was requested at 2026-11-22T01:00:00.000Z and is COMPLETED. Choose another id.`,
    noted,
  ],
  SNAPSHOT_EXISTS: [
    `The repository has snapshots of backup ${backupId} already: ${snapshotNames[0]}. Choose another id.`,
    { backupId, snapshots: [snapshotNames[0]] },
  ],
  BACKUP_BUSY: [
    `Operation ${restoreId} uses the snapshots of backup ${backupId}: wait for its end, or cancel it.`,
    of(restoreId),
  ],
  BACKUP_DELETED: [`Backup ${backupId} has been deleted.`, noted],
  BACKUP_HELD: [
    `Backup ${backupId} is held until 2027-01-31T00:00:00.000Z by 10.0.0.7, since ${hold.at}: "${hold.reason}". Release it with PATCH /api/v1/backups/${backupId} {"hold": null, "reason": "why"}.`,
    { backupId, hold },
  ],
  DELETE_NOT_CONFIRMED: [
    `Backup ${backupId} is the newest COMPLETED one of this installation. confirm must be its id; it is missing. To delete the backup all the same, send "confirm": "${backupId}".`,
    { field: 'confirm', found: null, backupId },
  ],
  DISCOVERED_NOT_CONFIRMED: [
    `Backup ${backupId} was not made by Tandem. To delete its snapshots all the same, send {"deleteDiscovered": true}.`,
    { backupId, snapshots: snapshotNames },
  ],
  RESTORE_RUNNING: [
    `Restore ${restoreId} of backup ${backupId} into this cluster is open: wait for its end, or cancel it.`,
    of(restoreId),
  ],
  REPOSITORY_READ_ONLY: [
    'Repository "backups" is read-only: its setting readonly is true. Make it writable, or choose another repository.',
  ],
  REPOSITORY_CHANGED: [
    repositoryChanged(changed).message,
    { repository: 'optimize-backups', missing: 3, settings: 'changed' },
  ],
  REPOSITORY_NOT_CHANGED: ['Repository "optimize-backups" looks like the recorded one, as far as it was compared.'],
  REPOSITORY_NOT_CONFIGURED: ['Set CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME to the name of a snapshot repository.'],
  VERSION_UNKNOWN: ['The metadata index has no version of Optimize. Set CAMUNDA_OPTIMIZE_VERSION.'],
  VERSION_INVALID: ['The version of Optimize may hold only a-z, 0-9, "." and "-", found "_" (U+005F).'],
  NO_INDICES: ['No index begins with optimize-. Check CAMUNDA_OPTIMIZE_INDEX_PREFIX.'],
  PART_EMPTY: ['No index is of part 1 of 2: the import indices of Optimize are missing.'],
  IDEMPOTENCY_KEY_REUSED: ['The Idempotency-Key was sent with another body before. Send another key.'],
  IDEMPOTENCY_KEY_RUNNING: ['The first request with this Idempotency-Key is still running. Send it again later.'],
  CURSOR_INVALID: ['The cursor is not one that this list answered: ask for the first page again, without a cursor.'],
  QUERY_TOO_LONG: ['The search took longer than DATABASE_SEARCH_TIMEOUT allows. Ask for a shorter time.'],
  HTTP_1_1_REQUIRED: [
    'The request came over HTTP/1.0, which cannot distinguish a complete CSV file from a truncated one. Use HTTP/1.1 (in nginx: "proxy_http_version 1.1;"), or format=ndjson, whose last line says that it is complete.',
  ],
  EXPORTS_BUSY: ['4 exports are running, which is the maximum: try again when one has ended.', { most: 4 }],
  TOKEN_INVALID: [
    'The token is not one that a preview with this filter answered: ask for a preview again, without a token.',
  ],
  RECONCILIATION_NOT_FOUND: [
    'No reconciliation has run yet: request one with POST /api/v1/history/reconcile.',
    { reconciliationId: null },
  ],
  OPERATION_NOT_FOUND: [`No operation has the id ${operationId}.`, { operationId }],
  OPERATION_ENDED: [
    `Operation ${operationId} has ended already: it has SUCCEEDED.`,
    { operationId, state: 'SUCCEEDED' },
  ],
  OPERATION_NOT_SUSPENDED: [
    `Operation ${operationId} is RUNNING; only one that is SUSPENDED can be released.`,
    { operationId, state: 'RUNNING' },
  ],
  OPERATION_NOT_RELEASABLE: [
    `Operation ${restoreId} (restore) may have changed the engine after the state that the history holds, so it is neither resumed nor rolled back: cancel it with POST /api/v1/operations/${restoreId}/cancel, which leaves the engine as it is, then create a new plan.`,
    { operationId: restoreId, state: 'SUSPENDED' },
  ],
  OPERATION_NOT_FAILED: [
    `Operation ${operationId} is RUNNING; only one that FAILED can be retried.`,
    { operationId, state: 'RUNNING' },
  ],
  RESTORE_NOT_RETRYABLE: [
    `Restore ${operationId} deletes indices, and what they hold may have changed since it was planned. Create a new plan: POST /api/v1/restores/plan.`,
    { operationId, state: 'FAILED', backupId },
  ],
  RESTORE_NOT_CONFIRMED: [
    `confirm must be the id of the backup, since "deleteExisting": true has indices deleted; it is missing. Send "confirm": "${backupId}".`,
    { field: 'confirm', found: null },
  ],
  PLAN_CHANGED: [
    'deleteExisting: planned true, sent false\nplanHash is of another plan than the one made now. Look at a new plan.',
  ],
  RESTORE_BLOCKED: [
    'INDEX_EXISTS: 2 indices are there already. Send deleteExisting, or another target.',
    { blockers: [] },
  ],
  RESTORE_UNSAFE: ['1 index that would be deleted is in no backup. Save it, or send "safetyBackup": false.'],
  HISTORY_NOT_ROLLED_BACK: ['No rollback of the history is open: there is nothing to acknowledge.'],
  HISTORY_UNREACHABLE: [
    'PostgreSQL cannot be reached: connect ECONNREFUSED 10.0.0.9:5432. Check that it runs, and host and port in DATABASE_URL.',
  ],
  OUTCOME_UNKNOWN: [
    `It is not known whether the request was accepted: PostgreSQL took it and did not confirm it. Wait until readiness is UP, then ask GET /api/v1/backups/${backupId}; before that, 404 does not mean that it was refused.`,
    { seenAt: `/api/v1/backups/${backupId}` },
  ],
  VALUE_REFUSED: [
    'PostgreSQL answers: value out of range (SQLSTATE 22003). It cannot store a value of this request: check that the database is UTF8, and send what it can take.',
  ],
  ENGINE_UNREACHABLE: [`${engine} cannot be reached: connect ECONNREFUSED.`],
  CLUSTER_CHANGED: [
    "The engine's addresses lead to another cluster than the recorded Jc3kQm0sTlqpYH0yV1dZ2A: https://engine-1:9200 leads to cluster 8wVbXoTzRkSxZz1m6WqLhQ, not to Jc3kQm0sTlqpYH0yV1dZ2A; https://engine-2:9200 connect ECONNREFUSED. List addresses of that cluster that answer.",
    { expected: 'Jc3kQm0sTlqpYH0yV1dZ2A', found: '8wVbXoTzRkSxZz1m6WqLhQ' },
  ],
  ENGINE_TIMEOUT: [`${engine} did not answer within 30 s.`],
  ENGINE_BUSY: [`${engine} is busy: 429 too many requests.`],
  ENGINE_FORBIDDEN: [`${engine} refuses the credentials.`],
  ENGINE_BLOCKED: [
    `${engine} refuses the call because of a block: index optimize-alert_v4 blocked by: index read-only (api).`,
  ],
  ENGINE_REFUSED: [`${engine} refused what was asked: 400 illegal_argument_exception.`],
  ENGINE_FAILED: [`${engine} failed: 500 internal server error.`],
  ENGINE_ANSWER_INVALID: [`${engine} answered what cannot be understood.`],
  REPOSITORY_UNKNOWN: ['The engine does not know the repository backups. Register it.'],
  REPOSITORY_UNAVAILABLE: ['The engine cannot use the repository backups: its folder cannot be read.'],
  SNAPSHOT_NOT_FOUND: [`The engine does not have the snapshot ${snapshotNames[0]}.`],
  INDEX_NOT_FOUND: ['The engine does not have the index optimize-metadata_v3.'],
};

/** Undefined: no answer is documented to fail with it. */
export const exampleOf = (code: FailureCode): Failure | undefined => {
  const [detail, data] = examples[code] ?? [];
  return detail === undefined ? undefined : fail(code, detail, data);
};
