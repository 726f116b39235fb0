import { OPERATION_KINDS, type OperationKind } from '@tandem/shared/domain/operation/operation.ts';
import { backupAfter, type TransitionName, transitions } from '@tandem/shared/domain/operation/transitions.ts';

/* The table of transitions and the phases of operations as SQL. */

/** The operation's state after it. */
export const stateAfter = (name: TransitionName): string => `'${transitions[name].to}'`;

/** The state of a backup after it, of an operation of the kind that `kind` says; NULL: it stays. */
export const backupStateAfter = (name: TransitionName, kind: string): string => {
  const cases = OPERATION_KINDS.flatMap((of) => caseOf(of, backupAfter(name, of)));
  return `CASE ${kind} ${cases.join(' ')} END`;
};

const caseOf = (kind: OperationKind, state: string | undefined): readonly string[] =>
  state === undefined ? [] : [`WHEN '${kind}' THEN '${state}'`];

/* As the partial indexes of open operations have them; `row` is an operation's alias. */

export const isActive = (row: string): string => `${row}.ended_at IS NULL AND ${row}.suspended_at IS NULL`;
export const isSuspended = (row: string): string => `${row}.ended_at IS NULL AND ${row}.suspended_at IS NOT NULL`;
