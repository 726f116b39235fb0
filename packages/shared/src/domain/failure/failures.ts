import { backupFailures } from './codes/backup-failures.ts';
import { engineFailures } from './codes/engine-failures.ts';
import { historyFailures } from './codes/history-failures.ts';
import { identityFailures } from './codes/identity-failures.ts';
import { operationFailures } from './codes/operation-failures.ts';
import { repositoryFailures } from './codes/repository-failures.ts';
import { requestFailures } from './codes/request-failures.ts';
import { restoreFailures } from './codes/restore-failures.ts';
import type { FailureDefinition } from './failure-definition.ts';

/** By concern; each code is in one of them. */
export const failureGroups = {
  requests: requestFailures,
  identity: identityFailures,
  backups: backupFailures,
  restores: restoreFailures,
  operations: operationFailures,
  repositories: repositoryFailures,
  history: historyFailures,
  engine: engineFailures,
} as const;

/**
 * Everything that Tandem can fail with, the one table of it. A new code is a row in codes/; whether a failed try is repeated, how a request
 * that fails with it is answered, what the documentation says of it: all that is derived from the row.
 */
export const failures = {
  ...requestFailures,
  ...identityFailures,
  ...backupFailures,
  ...restoreFailures,
  ...operationFailures,
  ...repositoryFailures,
  ...historyFailures,
  ...engineFailures,
} as const;

export type FailureCode = keyof typeof failures;
export type EngineFailureCode = keyof typeof engineFailures;
/** Those that a request may fail with. */
export type HttpFailureCode = {
  [Code in FailureCode]: (typeof failures)[Code]['http'] extends null ? never : Code;
}[FailureCode];

const codesOf = <Code extends string>(table: Readonly<Record<Code, unknown>>) => Object.keys(table) as Code[];

export const FAILURE_CODES: readonly FailureCode[] = codesOf(failures);
export const ENGINE_FAILURE_CODES: readonly EngineFailureCode[] = codesOf(engineFailures);

/** The row of a code: how it is retried, answered and documented. Codes read from the history are checked with `isFailureCode` before. */
export const definitionOf = (code: FailureCode): FailureDefinition => failures[code];

/** Whether this version knows the code: the history stores codes of other versions too. */
export const isFailureCode = (code: string): code is FailureCode => Object.hasOwn(failures, code);
