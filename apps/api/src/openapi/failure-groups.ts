import type { HttpFailureCode } from '@tandem/shared/domain/failure/failures.ts';

/** Failures of every route that reads or writes the history. */
export const ofHistory = ['HISTORY_UNREACHABLE'] as const satisfies readonly HttpFailureCode[];

/** Failures of every route that needs the engine. */
export const ofEngine = [
  'ENGINE_UNREACHABLE',
  'ENGINE_TIMEOUT',
  'ENGINE_BUSY',
  'ENGINE_UNSUPPORTED',
  'ENGINE_FORBIDDEN',
  'ENGINE_BLOCKED',
  'ENGINE_REFUSED',
  'ENGINE_FAILED',
  'ENGINE_ANSWER_INVALID',
  'REPOSITORY_UNKNOWN',
  'REPOSITORY_UNAVAILABLE',
  'CLUSTER_CHANGED',
] as const satisfies readonly HttpFailureCode[];

/** Failures of every route that requests a backup. */
export const ofRequest = [
  'BACKUP_ID_INVALID',
  'BACKUP_EXISTS',
  'SNAPSHOT_EXISTS',
  'RESTORE_RUNNING',
  'REPOSITORY_NOT_CONFIGURED',
  'REPOSITORY_READ_ONLY',
  'REPOSITORY_CHANGED',
  'VERSION_UNKNOWN',
  'VERSION_INVALID',
  'NO_INDICES',
  'PART_EMPTY',
] as const satisfies readonly HttpFailureCode[];

export const ofKey = [
  'IDEMPOTENCY_KEY_REUSED',
  'IDEMPOTENCY_KEY_RUNNING',
] as const satisfies readonly HttpFailureCode[];
