import type { BackupState } from '@tandem/shared/domain/backup/backup.ts';
import { backupAfter, type TransitionName, transitions } from '@tandem/shared/domain/operation/transitions.ts';
import type { OperationRow, Tables } from './tables.ts';

/** Moves the operation and its backup as the table of transitions says. Returns the new state of the backup; undefined: it stays as it is. */
export const move = (tables: Tables, operation: OperationRow, name: TransitionName): BackupState | undefined => {
  operation.state = transitions[name].to;
  operation.revision += 1;
  const state = backupAfter(name, operation.kind);
  if (state !== undefined) Object.assign(operation.backup, { state, stateSeenAt: tables.now() });
  return state;
};
