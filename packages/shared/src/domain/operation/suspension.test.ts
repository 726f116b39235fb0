import { describe, expect, it } from 'vitest';
import { OPERATION_KINDS } from './operation.ts';
import { endsSuspension, isReleasable, rolledBackReason, unclaimedReason } from './suspension.ts';

describe('a suspended operation', () => {
  it.each([
    ['create', true],
    ['delete', true],
    ['restore', false],
    ['rehearse', false],
  ] as const)('%s can be released: %s', (kind, releasable) => {
    expect(isReleasable(kind)).toBe(releasable);
  });

  it.each(OPERATION_KINDS)('names the calls that end it: %s', (kind) => {
    const words = endsSuspension({ operationId: 'x', kind });
    expect(words).toContain('POST /api/v1/operations/x/cancel');
    expect(words.includes('POST /api/v1/operations/x/release')).toBe(isReleasable(kind));
  });

  it.each([
    [43_200_000, '12 h'],
    [5_400_000, '90 min'],
    [60_000, '1 min'],
    [2_000, '2 s'],
  ])('unclaimed for %i ms reads %s', (forMs, words) => {
    const { code, message, data } = unclaimedReason(forMs);
    expect({ code, data }).toEqual({ code: 'OPERATION_UNCLAIMED', data: { unclaimedForMs: forMs } });
    expect(message).toContain(`more than ${words} after`);
  });

  it('after a rollback of the database states how much of the history may be lost', () => {
    const { code, message, data } = rolledBackReason(5_400_000);
    expect({ code, data }).toEqual({ code: 'HISTORY_ROLLED_BACK', data: { lossMs: 5_400_000 } });
    expect(message).toContain('up to 90 min of the history');
  });
});
