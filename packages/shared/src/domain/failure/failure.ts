/**
 * Everything that Tandem can fail with, as a code and data. The code decides the HTTP answer (apps/api/src/http) and, for what the
 * engine replies, whether it is worth a retry (error-class.ts). Nothing is ever decided on the message.
 */
export const ENGINE_FAILURE_CODES = [
  'ENGINE_UNREACHABLE',
  'ENGINE_TIMEOUT',
  'ENGINE_BUSY',
  'ENGINE_FORBIDDEN',
  'ENGINE_BLOCKED',
  'ENGINE_REFUSED',
  'ENGINE_FAILED',
  'ENGINE_ANSWER_INVALID',
  'REPOSITORY_UNKNOWN',
  'REPOSITORY_UNAVAILABLE',
  'SNAPSHOT_EXISTS',
  'SNAPSHOT_NOT_FOUND',
  'INDEX_NOT_FOUND',
  'INDEX_EXISTS',
  'RESTORE_REFUSED',
] as const;
export type EngineFailureCode = (typeof ENGINE_FAILURE_CODES)[number];

export const FAILURE_CODES = [
  ...ENGINE_FAILURE_CODES,
  'REQUEST_INVALID',
  'BODY_TOO_LARGE',
  'MEDIA_TYPE_UNSUPPORTED',
  'EXPECTATION_UNKNOWN',
  'ROUTE_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'BACKUP_ID_INVALID',
  'BACKUP_NOT_FOUND',
  'BACKUP_EXISTS',
  'REPOSITORY_NOT_CONFIGURED',
  'REPOSITORY_READ_ONLY',
  'VERSION_UNKNOWN',
  'VERSION_INVALID',
  'NO_INDICES',
  'PART_EMPTY',
  'PART_VANISHED',
  'PART_NOT_WHOLE',
  'PART_DIFFERS',
  'REPOSITORY_NOT_SHARED',
  'PROFILE_UNKNOWN',
  'REPOSITORY_CHANGED',
  'REPOSITORY_FULL',
  'CLUSTER_CHANGED',
  'REPOSITORY_NOT_CHANGED',
  'HISTORY_UNREACHABLE',
  'OUTCOME_UNKNOWN',
  'VALUE_REFUSED',
  'BACKUP_BUSY',
  'BACKUP_DELETED',
  'BACKUP_HELD',
  'RESTORE_RUNNING',
  'DISCOVERED_NOT_CONFIRMED',
  'DELETE_NOT_CONFIRMED',
  'OPERATION_NOT_FOUND',
  'RECONCILIATION_NOT_FOUND',
  'OPERATION_CANCELLED',
  'OPERATION_ENDED',
  'OPERATION_NOT_FAILED',
  'RESTORE_NOT_RETRYABLE',
  'OPERATION_NOT_SUSPENDED',
  'OPERATION_NOT_RELEASABLE',
  'OPERATION_NOT_RELEASED',
  'OPERATION_UNCLAIMED',
  'HISTORY_ROLLED_BACK',
  'RESTORE_ABANDONED',
  'CURSOR_INVALID',
  'TOKEN_INVALID',
  'IDEMPOTENCY_KEY_REUSED',
  'IDEMPOTENCY_KEY_RUNNING',
  'RESTORE_BLOCKED',
  'RESTORE_DIFFERS',
  'RESTORE_EXPIRED',
  'RESTORE_NOT_CONFIRMED',
  'RESTORE_SHARDS_FAILED',
  'RESTORE_STOPPED',
  'RESTORE_UNSAFE',
  'RESTORE_VANISHED',
  'RESTORE_WRITTEN',
  'BLOCKS_NOT_LIFTED',
  'PLAN_CHANGED',
  'INDICES_WRITTEN',
  'QUERY_TOO_LONG',
  'HTTP_1_1_REQUIRED',
  'EXPORTS_BUSY',
  'HISTORY_NOT_ROLLED_BACK',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** Plain JSON that goes with a code; safe to log and to keep: never a secret, never a complete engine reply. */
export type FailureData = Readonly<Record<string, unknown>>;

export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly data: FailureData;

  constructor(code: FailureCode, message: string, data: FailureData, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.data = data;
  }
}

/** `message` is one sentence for an operator: what was found and what to do. */
export const fail = (code: FailureCode, message: string, data: FailureData = {}, cause?: unknown): Failure =>
  new Failure(code, message, data, cause);

export const isFailure = (error: unknown, ...codes: readonly FailureCode[]): error is Failure =>
  error instanceof Failure && (codes.length === 0 || codes.includes(error.code));

/** What an engine adapter reports of a failed call. `type` and `reason` are the engine's own words. */
export type EngineFailureData = {
  readonly call: string;
  readonly status?: number;
  readonly type?: string;
  readonly reason?: string;
  /** The engine's Retry-After. */
  readonly retryAfterMs?: number;
  /** Of REPOSITORY_UNAVAILABLE: the engine could not write into it; whether it can be read is another question. */
  readonly onlyWriting?: true;
  /** Names of the nodes that the failure is about. */
  readonly nodes?: readonly string[];
};
