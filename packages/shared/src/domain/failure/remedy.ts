import type { ErrorClass } from '../backup/backup.ts';
import type { EngineFailureCode } from './failure.ts';

type Retried = EngineFailureCode | 'REPOSITORY_CHANGED' | 'CLUSTER_CHANGED' | 'REPOSITORY_FULL' | 'BLOCKS_NOT_LIFTED';

const remedies: Readonly<Record<Retried, string>> = {
  ENGINE_UNREACHABLE: 'Check that the engine is running and that the worker can reach it.',
  ENGINE_TIMEOUT: 'Check the load of the engine and the network between it and the worker.',
  ENGINE_BUSY: 'Nothing, unless it lasts: then check the load of the engine.',
  ENGINE_ANSWER_INVALID: 'Check that the address is that of the engine, and what a proxy in between returns.',
  ENGINE_FORBIDDEN: 'Grant the user of the worker the privilege that the message names.',
  ENGINE_BLOCKED: 'Remove the block from the cluster or index, and free disk space if the engine set it.',
  ENGINE_REFUSED: 'Fix what the engine reports.',
  ENGINE_FAILED: 'Check the log of the engine.',
  REPOSITORY_UNKNOWN: 'Register the repository in the engine.',
  REPOSITORY_UNAVAILABLE: 'Make the storage of the repository readable and writable for every node.',
  REPOSITORY_CHANGED: 'Register the repository at its previous location, or accept the new one.',
  CLUSTER_CHANGED: 'Point the worker to the cluster that the message names.',
  REPOSITORY_FULL: 'Delete backups, or raise max_number_of_snapshots of the repository.',
  SNAPSHOT_EXISTS: 'Nothing, unless it lasts: then remove or rename the other snapshot.',
  SNAPSHOT_NOT_FOUND: 'Nothing, unless it lasts: then check who deletes snapshots of the repository.',
  INDEX_NOT_FOUND: 'Nothing: the list of indices is read again.',
  INDEX_EXISTS: 'Nothing, unless it lasts: then check who creates the index.',
  RESTORE_REFUSED: 'Fix what the engine reports.',
  BLOCKS_NOT_LIFTED: 'Let the engine change the settings of the restored indices.',
};

const byClass: Readonly<Record<ErrorClass, string>> = {
  transient: 'Nothing, unless it lasts.',
  operator: 'Fix what the message reports.',
  terminal: 'Fix what the message reports.',
};

const isRetried = (code: string): code is Retried => Object.hasOwn(remedies, code);

/**
 * What to do about the last error of an open operation. Codes that this version does not know (stored by another one) get the remedy of
 * their class.
 */
export const remedyOf = (code: string, errorClass: ErrorClass): string => {
  const remedy = isRetried(code) ? remedies[code] : byClass[errorClass];
  return `${remedy} Tandem retries by itself.`;
};
