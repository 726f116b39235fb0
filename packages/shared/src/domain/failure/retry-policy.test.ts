import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHopeless, policyFor, type RetryPolicy, retryDecision } from './retry-policy.ts';

const limits = { initialBackoffMs: 100, maxBackoffMs: 5_000, maxAttempts: 10, maxElapsedMs: 60_000 };
const policy: RetryPolicy = { transient: limits, operator: { ...limits, initialBackoffMs: 1_000, maxAttempts: 3 } };
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
    ['the error is permanent', { ...failed, errorClass: 'terminal' }, 0.5, { retry: false }],
  ] as const)('%s', (_, attempt, jitter, decision) => {
    expect(retryDecision(policy, attempt, jitter)).toMatchObject(decision);
  });

  it.each([
    ['tries left', 3, { retry: true, inMs: 30_000 }],
    ['the last one spent', 4, { retry: false, why: 'it failed 4 times in the same way' }],
    ['more than it has', 5, { retry: false, why: 'it failed 5 times in the same way' }],
  ] as const)('counts a limited failure by itself, %s', (_, times, decision) => {
    const attempt = { ...failed, limited: { times, limit: { tries: 4, inMs: 30_000 } } };
    expect(retryDecision(policy, attempt, 0.5)).toEqual(decision);
    expect(isHopeless(attempt)).toBe(!decision.retry);
  });

  it('waits as long as a limited failure says, and longer where the engine asked for more', () => {
    const attempt = { ...failed, limited: { times: 1, limit: { tries: 4, inMs: 30_000 } } };
    expect(retryDecision(policy, { ...attempt, retryAfterMs: 10 }, 0)).toEqual({ retry: true, inMs: 30_000 });
    expect(retryDecision(policy, { ...attempt, retryAfterMs: 40_000 }, 0)).toEqual({ retry: true, inMs: 40_000 });
    const asOthers = { ...failed, limited: { times: 1, limit: { tries: 4, inMs: undefined } } };
    expect(retryDecision(policy, asOthers, 0.5)).toEqual({ retry: true, inMs: 50 });
  });

  it('says what it counted', () => {
    const why = (more: object) => retryDecision(policy, { ...failed, ...more }, 0.5);
    expect(why({ failingForMs: 61_400 })).toEqual({ retry: false, why: 'it has been failing for 61 s' });
    expect(why({ tries: 5, equalRefusals: 5 })).toEqual({
      ...{ retry: false, why: 'the engine refused it 5 times in a row for the same reason' },
    });
  });

  it('is that of the kind of operation where it has one', () => {
    const own = { transient: { ...limits, maxAttempts: 2 }, operator: limits };
    const policies = { ...policy, ofKind: { delete: own } };
    expect(policyFor(policies, 'delete')).toBe(own);
    expect(policyFor(policies, 'create')).toBe(policies);
    expect(policyFor(policy, 'delete')).toBe(policy);
  });

  it('stays within its bounds for any number of tries', () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), chance, (tries, jitter) => {
        const patient = { ...policy, transient: { ...limits, maxAttempts: 1_000_000 } };
        const decision = retryDecision(patient, { ...failed, tries }, jitter);
        expect(decision.retry && decision.inMs >= 1 && decision.inMs <= limits.maxBackoffMs).toBe(true);
      }),
    );
  });
});
