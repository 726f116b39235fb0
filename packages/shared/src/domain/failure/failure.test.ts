import { expect, it } from 'vitest';
import { type FailureCode, fail, isFailure } from './failure.ts';

it.each<[unknown, readonly FailureCode[], boolean]>([
  [fail('ENGINE_BUSY', 'no'), [], true],
  [fail('ENGINE_BUSY', 'no'), ['ENGINE_BUSY'], true],
  [fail('ENGINE_BUSY', 'no'), ['ENGINE_TIMEOUT', 'ENGINE_BUSY'], true],
  [fail('ENGINE_BUSY', 'no'), ['ENGINE_TIMEOUT'], false],
  [new Error('no'), [], false],
  [{ code: 'ENGINE_BUSY' }, ['ENGINE_BUSY'], false],
  [undefined, [], false],
])('knows a failure, of any of the given codes: %s, %j -> %s', (error, codes, expected) => {
  expect(isFailure(error, ...codes)).toBe(expected);
});

it('has a cause only where it wraps another error', () => {
  const cause = new Error('refused');
  expect(fail('ENGINE_BUSY', 'no', {}, cause).cause).toBe(cause);
  expect('cause' in fail('ENGINE_BUSY', 'no')).toBe(false);
});
