import { OPERATION_STATES, type OperationState } from './operation.ts';

/** active: workers carry it out. suspended: open, and no worker touches it. ended: for good, unless an operator retries it. */
export type OperationPhase = 'active' | 'suspended' | 'ended';

const phases = {
  QUEUED: 'active',
  RUNNING: 'active',
  WAITING: 'active',
  SUSPENDED: 'suspended',
  SUCCEEDED: 'ended',
  FAILED: 'ended',
  CANCELLED: 'ended',
} as const satisfies Readonly<Record<OperationState, OperationPhase>>;

/** The phase that a state belongs to. */
export const phaseOf = (state: OperationState): OperationPhase => phases[state];

/** Whether workers carry it out: it takes slots, stays in the queue and blocks others. */
export const isActive = (state: OperationState): boolean => phases[state] === 'active';

/** Whether it has not ended: no other operation of its backup may be opened. */
export const isOpen = (state: OperationState): boolean => phases[state] !== 'ended';

export const ACTIVE_STATES: readonly OperationState[] = OPERATION_STATES.filter(isActive);
export const OPEN_STATES: readonly OperationState[] = OPERATION_STATES.filter(isOpen);
export const END_STATES: readonly OperationState[] = OPERATION_STATES.filter((state) => !isOpen(state));
