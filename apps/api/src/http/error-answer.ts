import type { ErrorBody } from '@tandem/shared/contract/optimize-backup.ts';
import type { Problem } from '@tandem/shared/contract/problem.ts';
import type { Failure, FailureCode } from '@tandem/shared/domain/failure/failure.ts';
import type { Answer } from './route.ts';

type Row = {
  /** At /actuator/backup (CONTRACT.md A). */
  readonly actuator: number;
  readonly errorCode: ErrorBody['errorCode'];
  /** At /api. */
  readonly api: number;
  readonly title: string;
};

const row = (actuator: number, errorCode: ErrorBody['errorCode'], api: number, title: string): Row => ({
  actuator,
  errorCode,
  api,
  title,
});
const refused = (status: number, title: string): Row => row(status, 'badRequestError', status, title);
const missing = (title: string): Row => row(404, 'notFoundError', 404, title);
const conflict = (title: string): Row => row(409, 'conflict', 409, title);
/** The original answers 500 for whatever the engine or the set-up is to blame for; /api says more. */
const server = (api: number, title: string): Row => row(500, 'serverError', api, title);

/** How each failure is answered, the one table of it. */
const rows: Readonly<Record<FailureCode, Row>> = {
  REQUEST_INVALID: refused(400, 'The request is not valid.'),
  BACKUP_ID_INVALID: refused(400, 'The backup id is not valid.'),
  CURSOR_INVALID: refused(400, 'The cursor is not valid.'),
  QUERY_TOO_LONG: refused(422, 'The search takes too long.'),
  TOKEN_INVALID: refused(400, 'The token is not valid.'),
  BODY_TOO_LARGE: refused(413, 'The request body is too large.'),
  MEDIA_TYPE_UNSUPPORTED: refused(415, 'The content type is not supported.'),
  EXPECTATION_UNKNOWN: refused(417, 'The expectation is not known.'),
  METHOD_NOT_ALLOWED: refused(405, 'The path does not know this method.'),
  IDEMPOTENCY_KEY_REUSED: refused(422, 'The Idempotency-Key was used with another body.'),
  ROUTE_NOT_FOUND: missing('There is no such path.'),
  BACKUP_NOT_FOUND: missing('There is no backup with that id.'),
  RECONCILIATION_NOT_FOUND: missing('There is no such comparison.'),
  OPERATION_NOT_FOUND: missing('There is no operation with that id.'),
  BACKUP_EXISTS: conflict('A backup with that id exists already.'),
  SNAPSHOT_EXISTS: conflict('Snapshots of that backup id exist already.'),
  INDEX_EXISTS: conflict('An open index of that name is there already.'),
  RESTORE_BLOCKED: conflict('The restore must not start.'),
  PLAN_CHANGED: conflict('What was planned is not what would run now.'),
  RESTORE_UNSAFE: conflict('The restore would be without a way back.'),
  RESTORE_NOT_CONFIRMED: refused(400, 'What would be deleted was not confirmed.'),
  INDICES_WRITTEN: conflict('Indices that were to be deleted have been written to.'),
  RESTORE_STOPPED: conflict('The restore was stopped.'),
  RESTORE_EXPIRED: conflict('The restore waited too long to begin.'),
  BACKUP_BUSY: conflict('Another operation of the backup is open.'),
  RESTORE_RUNNING: conflict('A restore writes to the indices of Optimize.'),
  BACKUP_DELETED: conflict('The backup has been deleted.'),
  BACKUP_HELD: conflict('The backup is held.'),
  DELETE_NOT_CONFIRMED: refused(400, 'The deletion was not confirmed.'),
  DISCOVERED_NOT_CONFIRMED: conflict('The backup was not made by Tandem.'),
  REPOSITORY_NOT_CHANGED: missing('No repository of that name waits to be accepted.'),
  HISTORY_NOT_ROLLED_BACK: conflict('No rollback is open.'),
  OPERATION_CANCELLED: conflict('The operation was cancelled.'),
  OPERATION_ENDED: conflict('The operation has ended.'),
  OPERATION_NOT_SUSPENDED: conflict('Only an operation that is SUSPENDED can be released.'),
  OPERATION_NOT_RELEASABLE: conflict('A suspended restore can be abandoned only.'),
  OPERATION_NOT_RELEASED: conflict('The operation was suspended and not released in time.'),
  OPERATION_UNCLAIMED: conflict('No worker claimed the operation for too long.'),
  HISTORY_ROLLED_BACK: conflict('The backup history was put back to an earlier state.'),
  RESTORE_ABANDONED: conflict('The suspended restore was abandoned.'),
  OPERATION_NOT_FAILED: conflict('Only an operation that FAILED can be retried.'),
  RESTORE_NOT_RETRYABLE: conflict('A restore that deletes indices is not retried.'),
  IDEMPOTENCY_KEY_RUNNING: conflict('The first request with this Idempotency-Key is still running.'),
  REPOSITORY_NOT_CONFIGURED: row(400, 'serverError', 409, 'No snapshot repository is configured.'),
  VERSION_UNKNOWN: server(409, 'The version of Optimize is not known.'),
  VERSION_INVALID: server(409, 'The version of Optimize cannot stand in a snapshot name.'),
  NO_INDICES: server(409, 'There is nothing to back up.'),
  PART_EMPTY: server(409, 'A part of the backup would be empty.'),
  PART_VANISHED: server(500, 'A snapshot of the backup vanished.'),
  PART_NOT_WHOLE: server(500, 'A snapshot of the backup is not whole.'),
  PART_DIFFERS: server(500, 'A snapshot of the backup is not as planned.'),
  REPOSITORY_NOT_SHARED: server(500, 'A node could not use the repository while the backup was taken.'),
  RESTORE_DIFFERS: server(500, 'What was restored is not what was saved.'),
  RESTORE_SHARDS_FAILED: server(500, 'Shards could not be restored.'),
  RESTORE_VANISHED: server(500, 'Restored indices vanished.'),
  RESTORE_WRITTEN: server(500, 'Restored indices were written to.'),
  BLOCKS_NOT_LIFTED: server(500, 'The write block of restored indices could not be lifted.'),
  PROFILE_UNKNOWN: server(500, 'The profile of the backup is not known.'),
  REPOSITORY_READ_ONLY: server(409, 'The snapshot repository is read-only.'),
  CLUSTER_CHANGED: server(502, 'The engine’s address leads to another cluster.'),
  REPOSITORY_FULL: server(500, 'The snapshot repository keeps no more snapshots.'),
  REPOSITORY_CHANGED: server(409, 'The snapshot repository is another one now.'),
  HISTORY_UNREACHABLE: server(503, 'The backup history (PostgreSQL) cannot be reached.'),
  OUTCOME_UNKNOWN: server(504, 'It is not known whether the request was accepted.'),
  VALUE_REFUSED: server(422, 'PostgreSQL refuses a value of the request.'),
  HTTP_1_1_REQUIRED: refused(400, 'The request must come over HTTP/1.1.'),
  EXPORTS_BUSY: server(503, 'Too many exports are going on.'),
  ENGINE_UNREACHABLE: server(502, 'The engine cannot be reached.'),
  ENGINE_TIMEOUT: server(504, 'The engine did not answer in time.'),
  ENGINE_BUSY: server(503, 'The engine is busy.'),
  ENGINE_FORBIDDEN: server(502, 'The engine refuses the credentials.'),
  ENGINE_BLOCKED: server(502, 'A block of the cluster or of an index forbids the call.'),
  ENGINE_REFUSED: server(502, 'The engine refused what was asked of it.'),
  ENGINE_FAILED: server(502, 'The engine failed at what was asked of it.'),
  ENGINE_ANSWER_INVALID: server(502, 'The engine answered what cannot be understood.'),
  REPOSITORY_UNKNOWN: server(502, 'The engine does not know the snapshot repository.'),
  REPOSITORY_UNAVAILABLE: server(502, 'The engine cannot use the snapshot repository.'),
  SNAPSHOT_NOT_FOUND: server(502, 'The engine does not have the snapshot.'),
  INDEX_NOT_FOUND: server(502, 'The engine does not have the index.'),
  RESTORE_REFUSED: server(502, 'The engine cannot restore the snapshot.'),
};

export type RequestRef = { readonly path: string; readonly requestId: string };

const isApi = (path: string): boolean => path === '/api' || path.startsWith('/api/');

/** The failure's own sentence is the detail: it names what was found and what to do. The body is of the family that the path is of. */
export const errorAnswer = (failure: Failure, request: RequestRef): Answer => {
  const { actuator, errorCode, api, title } = rows[failure.code];
  if (!isApi(request.path)) return optimizeError(actuator, errorCode, title, failure.message);
  return problem(failure.data, failure.code, api, title, failure.message, request.requestId);
};

/** For what nobody foresaw: nothing of the error is told, the request id finds it in the log. */
export const unexpectedAnswer = (request: RequestRef): Answer => {
  const detail = `Something went wrong inside Tandem. Its log has the details under request id ${request.requestId}.`;
  if (!isApi(request.path)) return optimizeError(500, 'serverError', 'Unexpected error.', detail);
  return problem({}, 'UNEXPECTED', 500, 'Unexpected error.', detail, request.requestId);
};

const optimizeError = (
  status: number,
  errorCode: ErrorBody['errorCode'],
  errorMessage: string,
  detailedMessage: string,
): Answer => {
  const body: ErrorBody = { errorCode, errorMessage, detailedMessage };
  return { status, body };
};

/** What may pass by itself is worth another try after this. */
const RETRY_AFTER_S = '5';

const problem = (
  data: object,
  code: string,
  status: number,
  title: string,
  detail: string,
  requestId: string,
): Answer => {
  const body: Problem = { ...data, type: 'about:blank', title, status, detail, code, requestId };
  const headers: Record<string, string> = status === 503 ? { 'Retry-After': RETRY_AFTER_S } : {};
  return { status, body: JSON.stringify(body), contentType: 'application/problem+json; charset=utf-8', headers };
};
