import { describe, expect, it } from 'vitest';
import type { Doubt } from './backup.ts';
import { addedDoubt, remainingDoubt, unreadableIn } from './doubt.ts';

const doubt = (code: string, only?: readonly string[]): Doubt => ({
  ...{
    operationId: `${code} ${only ?? 'all'}`,
    at: '2026-03-01T12:00:00.000Z',
    reason: { code, message: 'It failed.', data: {} },
  },
  ...(only === undefined ? {} : { only }),
});
const unreadable = (...only: readonly string[]) => doubt('RESTORE_SHARDS_FAILED', only.length === 0 ? undefined : only);
const different = (...only: readonly string[]) => doubt('RESTORE_DIFFERS', only.length === 0 ? undefined : only);

describe('what a rehearsal that failed leaves', () => {
  it.each<[string, Doubt | undefined, readonly string[] | undefined | 'none']>([
    ['none failed', undefined, 'none'],
    ['it found something else', different('a'), 'none'],
    ['it could not read files', unreadable('a'), ['a']],
    ['it could not read files of all', unreadable(), undefined],
    ['then another found something else', addedDoubt(unreadable('a'), different('b')), ['a']],
    ['then another could not read others', addedDoubt(unreadable('a'), unreadable('b')), ['a', 'b']],
    ['then another could not read all', addedDoubt(unreadable('a'), unreadable()), undefined],
    ['all, then another could not read some', addedDoubt(unreadable(), unreadable('a')), undefined],
    ['three in a row', addedDoubt(addedDoubt(unreadable('a'), different('b')), unreadable('c')), ['a', 'c']],
  ])('names the indices that may be unreadable: %s', (_, found, only) => {
    const seen = unreadableIn(found);
    expect(seen === undefined ? 'none' : seen.only).toEqual(only);
  });

  it('is the last one, whatever is kept of earlier ones', () => {
    expect(addedDoubt(unreadable('a'), different('b'))).toMatchObject({
      reason: { code: 'RESTORE_DIFFERS' },
      only: ['b'],
    });
    expect(addedDoubt(different('a'), unreadable('b'))).toEqual(unreadable('b'));
  });

  it.each<[string, Doubt, readonly string[] | undefined, Doubt | undefined]>([
    ['of the same indices', unreadable('a'), ['a'], undefined],
    ['of more', unreadable('a'), ['a', 'b'], undefined],
    ['of all', addedDoubt(unreadable('a'), different('b')), undefined, undefined],
    ['of others', unreadable('a'), ['b'], unreadable('a')],
    ['of some, where all were in doubt', unreadable(), ['a'], unreadable()],
    ['of what could not be read', addedDoubt(unreadable('a'), different('b')), ['a'], different('b')],
    ['of what was different', addedDoubt(unreadable('a'), different('b')), ['b'], unreadable('a')],
  ])('ends with a rehearsal that goes well: %s', (_, found, only, left) => {
    expect(remainingDoubt(found, only)).toEqual(left);
  });
});
