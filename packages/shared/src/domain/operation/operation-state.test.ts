import { describe, expect, it } from 'vitest';
import { OPERATION_STATES, type OperationState } from './operation.ts';
import {
  ACTIVE_STATES,
  END_STATES,
  isActive,
  isOpen,
  OPEN_STATES,
  type OperationPhase,
  phaseOf,
} from './operation-state.ts';

const cases: readonly (readonly [OperationState, OperationPhase])[] = [
  ['QUEUED', 'active'],
  ['RUNNING', 'active'],
  ['WAITING', 'active'],
  ['SUSPENDED', 'suspended'],
  ['SUCCEEDED', 'ended'],
  ['FAILED', 'ended'],
  ['CANCELLED', 'ended'],
];

describe('the phase of an operation', () => {
  it.each(cases)('%s -> %s', (state, phase) => {
    expect(phaseOf(state)).toBe(phase);
    expect({ active: isActive(state), open: isOpen(state) }).toEqual({
      active: phase === 'active',
      open: phase !== 'ended',
    });
  });

  it('lists the states of a phase', () => {
    expect(cases.map(([state]) => state)).toEqual(OPERATION_STATES);
    expect(ACTIVE_STATES).toEqual(['QUEUED', 'RUNNING', 'WAITING']);
    expect(OPEN_STATES).toEqual(['QUEUED', 'RUNNING', 'WAITING', 'SUSPENDED']);
    expect(END_STATES).toEqual(['SUCCEEDED', 'FAILED', 'CANCELLED']);
  });
});
