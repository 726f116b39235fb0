import { describe, expect, it } from 'vitest';
import { fail } from './failure.ts';
import { INTERRUPTED_MS, INTERRUPTED_TRIES } from './interruption.ts';
import { type LimitedTries, limitedTry, readLimitedTries } from './limited-tries.ts';

const create = (data: object = {}) => fail('ENGINE_FAILED', 'no', { call: 'startSnapshot', ...data });
const interrupted = create({ reason: "Indices don't have primary shards [a]" });

describe('a failure that has fewer tries', () => {
  it.each([
    ['a create that the engine failed at', create(), { 'create-failed': 1 }, { tries: 5, inMs: undefined }],
    [
      'one with other words',
      create({ reason: 'no space left' }),
      { 'create-failed': 1 },
      { tries: 5, inMs: undefined },
    ],
    [
      'one that a state of the engine interrupted, which passes by itself',
      interrupted,
      { interrupted: 1 },
      { tries: INTERRUPTED_TRIES, inMs: INTERRUPTED_MS },
    ],
    ['an error that is no failure', undefined, { unexpected: 1 }, { tries: 5, inMs: undefined }],
  ])('is %s', (_, failure, counted, limit) => {
    expect(limitedTry(failure, {})).toEqual({ counted, times: 1, limit });
  });

  it.each([
    ['another call that the engine failed at', fail('ENGINE_FAILED', 'no', { call: 'deleteSnapshot' })],
    ['a create that did not reach the engine', fail('ENGINE_UNREACHABLE', 'no', { call: 'startSnapshot' })],
    ['another failure of another call', fail('ENGINE_BUSY', 'no', { call: 'getSnapshots' })],
  ])('is not %s', (_, failure) => {
    expect(limitedTry(failure, {})).toBeUndefined();
  });

  it('is counted apart from those of other kinds', () => {
    const before: LimitedTries = { interrupted: 2, unexpected: 1 };
    expect(limitedTry(interrupted, before)).toMatchObject({ counted: { interrupted: 3, unexpected: 1 }, times: 3 });
    expect(limitedTry(create(), before)).toMatchObject({ counted: { ...before, 'create-failed': 1 }, times: 1 });
  });

  it('waits as long as the setting says where the engine was interrupted, and there alone', () => {
    expect(limitedTry(interrupted, {}, 5)?.limit.inMs).toBe(5);
    expect(limitedTry(create(), {}, 5)?.limit.inMs).toBeUndefined();
  });
});

it.each([
  [{ limited: { interrupted: 2 }, failing: 1 }, { interrupted: 2 }],
  [{ limited: null }, {}],
  [{ limited: 'interrupted' }, {}],
  [{}, {}],
])('reads the counts from the detail of an operation: %j -> %j', (detail, counted) => {
  expect(readLimitedTries(detail)).toEqual(counted);
});
