import type { BackupState } from '../backup/backup.ts';
import { omitUndefined } from '../omit-undefined.ts';
import type { OperationKind, OperationState } from './operation.ts';
import { ACTIVE_STATES, OPEN_STATES } from './operation-state.ts';

type Transition = {
  /** The operation's states in which it takes place; none: it opens the operation. */
  readonly from: readonly OperationState[];
  readonly to: OperationState;
  /** What its backup becomes in the same statement, by the operation's kind; undefined: it stays as it is. */
  readonly backup: Readonly<Record<OperationKind, BackupState | undefined>>;
};

/** For every kind: decide here for a new one, and in each transition below that changes the backup. */
const unchanged = { create: undefined, delete: undefined, restore: undefined, rehearse: undefined };

/**
 * Every change of an operation's state, and what its backup becomes with it. A deletion that ends names the backup's state itself: it is
 * what the deletion found or left in the engine. So do reads and reconciliations (backup-state.ts), while no operation is at work.
 */
export const transitions = {
  accept: { from: [], to: 'QUEUED', backup: { ...unchanged, create: 'IN_PROGRESS' } },
  /** By a worker; RUNNING: the worker before lost its lease. */
  claim: { from: ACTIVE_STATES, to: 'RUNNING', backup: unchanged },
  wait: { from: ['RUNNING'], to: 'WAITING', backup: unchanged },
  /** Only of restores and rehearsals, whose next tick rolls back. */
  stop: { from: ACTIVE_STATES, to: 'QUEUED', backup: unchanged },
  /** A deletion leaves the state of its backup, unless that is still IN_PROGRESS and no other deletion takes its place. */
  cancel: { from: OPEN_STATES, to: 'CANCELLED', backup: { ...unchanged, create: 'INCOMPLETE', delete: 'INCOMPLETE' } },
  suspend: { from: ACTIVE_STATES, to: 'SUSPENDED', backup: { ...unchanged, create: 'FAILED' } },
  release: { from: ['SUSPENDED'], to: 'QUEUED', backup: { ...unchanged, create: 'IN_PROGRESS' } },
  retry: { from: ['FAILED'], to: 'QUEUED', backup: { ...unchanged, create: 'IN_PROGRESS' } },
  /** SUSPENDED: its snapshots were found, complete. */
  succeed: { from: ['RUNNING', 'SUSPENDED'], to: 'SUCCEEDED', backup: { ...unchanged, create: 'COMPLETED' } },
  fail: { from: ['RUNNING', 'SUSPENDED'], to: 'FAILED', backup: { ...unchanged, create: 'FAILED' } },
} as const satisfies Readonly<Record<string, Transition>>;

export type TransitionName = keyof typeof transitions;

const byName: Readonly<Record<TransitionName, Transition>> = transitions;

/** Whether an operation in that state may make the transition. */
export const mayMove = (name: TransitionName, state: OperationState): boolean => byName[name].from.includes(state);

/** The state of the backup after a transition of its operation. Undefined: it stays as it is. */
export const backupAfter = (name: TransitionName, kind: OperationKind): BackupState | undefined =>
  byName[name].backup[kind];

/** The state in which a worker ends an operation, and the state of its backup then. */
export const endOf = <Name extends 'succeed' | 'fail'>(
  name: Name,
  kind: OperationKind,
): { readonly state: (typeof transitions)[Name]['to']; readonly backup?: BackupState } => {
  const backup = backupAfter(name, kind);
  return { state: transitions[name].to, ...omitUndefined({ backup }) };
};
