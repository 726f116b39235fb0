import type { ErrorClass } from '../backup/backup.ts';
import type { EngineFailureCode, Failure, FailureCode } from './failure.ts';

/**
 * Whether another try may help, decided in this one table. transient: retried with backoff. terminal: the engine says no for good.
 * operator: an operator must fix something; retried slowly, so that it resumes by itself afterwards. If a code alone does not decide,
 * the call decides.
 */
const classes = {
  ENGINE_UNREACHABLE: 'transient',
  ENGINE_TIMEOUT: 'transient',
  ENGINE_BUSY: 'transient',
  ENGINE_ANSWER_INVALID: 'transient',
  // the name is in use: the next lookup shows whether by our own snapshot, whose reply was lost, or by a foreign one
  SNAPSHOT_EXISTS: 'transient',
  // an index was deleted between lookup and call: the next tick resolves the list again
  INDEX_NOT_FOUND: 'transient',
  SNAPSHOT_NOT_FOUND: 'transient',
  // a restore may have taken effect although its reply was lost: the next lookup shows whose the index is
  INDEX_EXISTS: 'transient',
  RESTORE_REFUSED: 'terminal',
  ENGINE_FORBIDDEN: 'operator',
  ENGINE_BLOCKED: 'operator',
  REPOSITORY_UNKNOWN: 'operator',
  REPOSITORY_UNAVAILABLE: 'operator',
  ENGINE_REFUSED: { startSnapshot: 'terminal', other: 'operator' },
  // of a create it may be the engine's no for good, so that it has fewer tries (limited-tries.ts)
  ENGINE_FAILED: 'transient',
} as const satisfies Record<EngineFailureCode, Row>;

type Row = ErrorClass | { readonly startSnapshot: ErrorClass; readonly other: ErrorClass };

/** What a rule of ours refuses (no index left, a profile that is not known) is as final as the engine's no. */
export const errorClass = (failure: Failure): ErrorClass => {
  // an operator registered another location and may revert that
  if (failure.code === 'REPOSITORY_CHANGED' || failure.code === 'CLUSTER_CHANGED') return 'operator';
  // once backups are deleted, or its limit is raised
  if (failure.code === 'REPOSITORY_FULL') return 'operator';
  // whatever the engine rejected it with: all the data is back, and an operator has to act
  if (failure.code === 'BLOCKS_NOT_LIFTED') return 'operator';
  if (!isEngineCode(failure.code)) return 'terminal';
  const row: Row = classes[failure.code];
  if (typeof row === 'string') return row;
  return failure.data.call === 'startSnapshot' ? row.startSnapshot : row.other;
};

const isEngineCode = (code: FailureCode): code is EngineFailureCode => code in classes;
