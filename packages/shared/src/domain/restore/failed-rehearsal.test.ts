import { describe, expect, it } from 'vitest';
import type { FailedRehearsal } from '../backup/backup.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { addedFailedRehearsal, covers, remainingFailedRehearsal, unreadableIn } from './failed-rehearsal.ts';

const failedRehearsal = (code: string, only?: readonly string[]): FailedRehearsal => ({
  ...{
    operationId: `${code} ${only ?? 'all'}`,
    at: '2026-03-01T12:00:00.000Z',
    reason: { code, message: 'It failed.', data: {} },
  },
  ...omitUndefined({ only }),
});
const unreadable = (...only: readonly string[]) =>
  failedRehearsal('RESTORE_SHARDS_FAILED', only.length === 0 ? undefined : only);
const different = (...only: readonly string[]) =>
  failedRehearsal('RESTORE_DIFFERS', only.length === 0 ? undefined : only);

it.each<[readonly string[] | undefined, readonly string[] | undefined, boolean]>([
  [['a', 'b'], ['a'], true],
  [['a'], ['a', 'b'], false],
  [['a'], ['b'], false],
  [undefined, ['a'], true],
  [undefined, undefined, true],
  [['a'], undefined, false],
])('knows whether a rehearsal of %j restored everything that one of %j was about: %s', (only, others, expected) => {
  expect(covers(only, others)).toBe(expected);
});

describe('what a rehearsal that failed leaves', () => {
  it.each<[string, FailedRehearsal | undefined, readonly string[] | undefined | 'none']>([
    ['none failed', undefined, 'none'],
    ['it found something else', different('a'), 'none'],
    ['it could not read files', unreadable('a'), ['a']],
    ['it could not read files of all', unreadable(), undefined],
    ['then another found something else', addedFailedRehearsal(unreadable('a'), different('b')), ['a']],
    ['then another could not read others', addedFailedRehearsal(unreadable('a'), unreadable('b')), ['a', 'b']],
    ['then another could not read all', addedFailedRehearsal(unreadable('a'), unreadable()), undefined],
    ['all, then another could not read some', addedFailedRehearsal(unreadable(), unreadable('a')), undefined],
    [
      'three in a row',
      addedFailedRehearsal(addedFailedRehearsal(unreadable('a'), different('b')), unreadable('c')),
      ['a', 'c'],
    ],
  ])('names the indices that may be unreadable: %s', (_, found, only) => {
    const seen = unreadableIn(found);
    expect(seen === undefined ? 'none' : seen.only).toEqual(only);
  });

  it('is not ended by one that failed of fewer indices, nor by one that found something else', () => {
    expect(unreadableIn(addedFailedRehearsal(unreadable('a', 'b'), unreadable('a')))?.only).toEqual(['a', 'b']);
    expect(unreadableIn(addedFailedRehearsal(unreadable('a'), different('a')))?.only).toEqual(['a']);
    expect(unreadableIn(addedFailedRehearsal(unreadable('a'), different()))?.only).toEqual(['a']);
  });

  it('is the last one alone where that could not read any of the earlier ones', () => {
    expect(addedFailedRehearsal(unreadable('a'), unreadable('a', 'b'))).toEqual(unreadable('a', 'b'));
  });

  it('stays as it was where a rehearsal of other indices goes well', () => {
    const both = addedFailedRehearsal(unreadable('a'), different('b'));
    expect(remainingFailedRehearsal(both, ['c'])).toEqual(both);
    expect(remainingFailedRehearsal(both, ['a'])).toEqual(different('b'));
    expect(remainingFailedRehearsal(both, ['b'])).toEqual(unreadable('a'));
    expect(remainingFailedRehearsal(both, ['a', 'b'])).toBeUndefined();
  });

  it('is the last one, whatever is kept of earlier ones', () => {
    expect(addedFailedRehearsal(unreadable('a'), different('b'))).toMatchObject({
      reason: { code: 'RESTORE_DIFFERS' },
      only: ['b'],
    });
    expect(addedFailedRehearsal(different('a'), unreadable('b'))).toEqual(unreadable('b'));
  });

  it.each<[string, FailedRehearsal, readonly string[] | undefined, FailedRehearsal | undefined]>([
    ['of the same indices', unreadable('a'), ['a'], undefined],
    ['of more', unreadable('a'), ['a', 'b'], undefined],
    ['of all', addedFailedRehearsal(unreadable('a'), different('b')), undefined, undefined],
    ['of others', unreadable('a'), ['b'], unreadable('a')],
    ['of some, where all were in doubt', unreadable(), ['a'], unreadable()],
    ['of what could not be read', addedFailedRehearsal(unreadable('a'), different('b')), ['a'], different('b')],
    ['of what was different', addedFailedRehearsal(unreadable('a'), different('b')), ['b'], unreadable('a')],
  ])('ends with a rehearsal that goes well: %s', (_, found, only, left) => {
    expect(remainingFailedRehearsal(found, only)).toEqual(left);
  });
});
