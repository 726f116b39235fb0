import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RetryPolicy, retryDecision } from './retry-policy.ts';

const limits = { firstMs: 100, mostMs: 5_000, attempts: 10, withinMs: 60_000 };
const policy: RetryPolicy = { transient: limits, operator: { ...limits, firstMs: 1_000, attempts: 3 } };
const failed = {
  errorClass: 'transient',
  tries: 1,
  failingForMs: 0,
  equalRefusals: 0,
  retryAfterMs: undefined,
} as const;

describe('the retry policy', () => {
  it.each([
    ['the first backoff, all of it', failed, 0.999, { retry: true, inMs: 100 }],
    ['the first backoff, half of it', failed, 0.5, { retry: true, inMs: 50 }],
    ['doubled each time', { ...failed, tries: 4 }, 0.5, { retry: true, inMs: 400 }],
    ['up to the most', { ...failed, tries: 9 }, 0.5, { retry: true, inMs: 2_500 }],
    ['at least what the engine asked for', { ...failed, retryAfterMs: 7_000 }, 0.5, { retry: true, inMs: 7_000 }],
    ['never at once', failed, 0, { retry: true, inMs: 1 }],
    ['tries spent', { ...failed, tries: 10 }, 0.5, { retry: false }],
    ['time spent', { ...failed, failingForMs: 60_000 }, 0.5, { retry: false }],
    [
      'its own limits for what a person must mend',
      { ...failed, errorClass: 'operator', tries: 3 },
      0.5,
      { retry: false },
    ],
    ['the same refusal for the fourth time', { ...failed, tries: 4, equalRefusals: 4 }, 0.5, { retry: true }],
    ['the same refusal for the fifth time', { ...failed, tries: 5, equalRefusals: 5 }, 0.5, { retry: false }],
    [
      'the same refusal, which an operator may lift',
      { ...failed, errorClass: 'operator', tries: 2, equalRefusals: 9 },
      0.5,
      { retry: true },
    ],
    ['the engine says no for good', { ...failed, errorClass: 'terminal' }, 0.5, { retry: false }],
  ] as const)('%s', (_, attempt, jitter, decision) => {
    expect(retryDecision(policy, attempt, jitter)).toMatchObject(decision);
  });

  it('stays within its bounds for any number of tries', () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), chance, (tries, jitter) => {
        const patient = { ...policy, transient: { ...limits, attempts: 1_000_000 } };
        const decision = retryDecision(patient, { ...failed, tries }, jitter);
        expect(decision.retry && decision.inMs >= 1 && decision.inMs <= limits.mostMs).toBe(true);
      }),
    );
  });
});
