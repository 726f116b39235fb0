import { describe, expect, it } from 'vitest';
import { fail } from './failure.ts';
import { ENGINE_FAILURE_CODES } from './failures.ts';
import { readRefusal, refusalOf, refusedAgain } from './refusal.ts';

const data = {
  call: 'startRestore',
  status: 500,
  type: 'illegal_state_exception',
  reason: 'more than one write index',
};
const refusal = refusalOf(fail('ENGINE_FAILED', 'no', data));

describe('a refusal', () => {
  it('is what the engine said of which call', () => {
    expect(refusalOf(fail('ENGINE_FAILED', 'no', data))).toEqual({ code: 'ENGINE_FAILED', ...data });
  });

  it('has nothing in the place of what is not of its kind', () => {
    expect(refusalOf(fail('ENGINE_FAILED', 'no', { call: 1, status: '500', type: {}, reason: ['x'] }))).toEqual({
      ...{ code: 'ENGINE_FAILED', call: '', status: null, type: null, reason: null },
    });
  });

  it.each(ENGINE_FAILURE_CODES)(
    '%s is one, unless the engine is away, busy, not understood or not supported',
    (code) => {
      const isAway = ['ENGINE_UNREACHABLE', 'ENGINE_TIMEOUT', 'ENGINE_BUSY'].includes(code);
      const isNone = isAway || ['ENGINE_ANSWER_INVALID', 'ENGINE_UNSUPPORTED'].includes(code);
      expect(refusalOf(fail(code, 'no', data)) === undefined).toBe(isNone);
    },
  );

  it.each([
    'IOException: No space left on device',
    'java.io.IOException: There is not enough space on the disk',
    'index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, …]',
  ])('is none where the disk is full: %s', (reason) => {
    expect(refusalOf(fail('ENGINE_FAILED', 'no', { ...data, reason }))).toBeUndefined();
  });

  it('is none where it is not of the engine', () => {
    expect(refusalOf(fail('REPOSITORY_CHANGED', 'no', data))).toBeUndefined();
  });

  it('is counted while it stays the same in every field', () => {
    if (refusal === undefined) throw new Error('no refusal');
    const first = refusedAgain(refusal, undefined);
    const second = refusedAgain(refusal, first);
    expect([first.times, second.times]).toEqual([1, 2]);
    for (const other of [{ call: 'deleteIndices' }, { type: 'x' }, { reason: 'x' }, { status: 400 }]) {
      expect(refusedAgain({ ...refusal, ...other }, second).times).toBe(1);
    }
  });

  it('is read back from the detail of an operation, and absent in those of before', () => {
    if (refusal === undefined) throw new Error('no refusal');
    const kept = refusedAgain(refusal, undefined);
    expect(readRefusal({ refused: JSON.parse(JSON.stringify(kept)) })).toEqual(kept);
    for (const detail of [{}, { refused: null }, { refused: 'ENGINE_FAILED' }])
      expect(readRefusal(detail)).toBeUndefined();
  });
});
