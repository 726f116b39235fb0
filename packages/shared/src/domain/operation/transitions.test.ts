import { describe, expect, it } from 'vitest';
import { OPERATION_KINDS, OPERATION_STATES, type OperationState } from './operation.ts';
import { isActive, isOpen } from './operation-state.ts';
import { backupAfter, mayMove, type TransitionName, transitions } from './transitions.ts';

const names = Object.keys(transitions) as TransitionName[];

const allowed: Readonly<Record<OperationState, readonly TransitionName[]>> = {
  QUEUED: ['claim', 'stop', 'cancel', 'suspend'],
  RUNNING: ['claim', 'wait', 'stop', 'cancel', 'suspend', 'succeed', 'fail'],
  WAITING: ['claim', 'stop', 'cancel', 'suspend'],
  SUSPENDED: ['cancel', 'release', 'succeed', 'fail'],
  SUCCEEDED: [],
  FAILED: ['retry'],
  CANCELLED: [],
};

describe('the transitions of an operation', () => {
  it.each(OPERATION_STATES)('from %s', (state) => {
    expect(names.filter((name) => mayMove(name, state))).toEqual(allowed[state]);
  });

  it('reach every state', () => {
    expect(new Set(names.map((name) => transitions[name].to))).toEqual(new Set(OPERATION_STATES));
  });

  it.each(names)('%s changes the backup of a create exactly where that gets to work or stops', (name) => {
    const { from, to } = transitions[name];
    const getsToWork = !from.some(isActive) && isActive(to);
    const stops = from.some(isOpen) && !isActive(to);
    const state = backupAfter(name, 'create');
    expect(state !== undefined && state !== 'IN_PROGRESS').toBe(stops);
    expect(state === 'IN_PROGRESS').toBe(getsToWork);
  });

  it('leave the backup of a restore or rehearsal as it is', () => {
    const kinds = OPERATION_KINDS.filter((kind) => kind === 'restore' || kind === 'rehearse');
    expect(names.flatMap((name) => kinds.map((kind) => backupAfter(name, kind)))).toEqual(
      names.flatMap(() => [undefined, undefined]),
    );
  });
});
