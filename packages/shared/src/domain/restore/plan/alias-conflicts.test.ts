import { describe, expect, it } from 'vitest';
import { writeConflicts, writeOwners } from './alias-conflicts.ts';
import type { AliasOwner } from './cluster-facts.ts';

const owner = (index: string, isWriteIndex?: boolean, alias = 'a'): AliasOwner => ({ alias, index, isWriteIndex });

describe('the write index of an alias', () => {
  it.each([
    ['the one that is marked', [owner('one'), owner('two', true)], ['two']],
    ['each that is marked', [owner('one', true), owner('two', true), owner('three')], ['one', 'two']],
    ['the only owner', [owner('one')], ['one']],
    ['none where the only owner is marked not to', [owner('one', false)], []],
    ['none where several own it and none is marked', [owner('one'), owner('two', false)], []],
    ['none where nothing owns it', [], []],
  ])('is %s', (_, owners, expected) => {
    expect(writeOwners(owners)).toEqual(expected);
  });
});

describe('a restore that brings aliases', () => {
  it.each([
    [
      'two write indices of its own',
      [owner('one', true), owner('two', true)],
      [],
      ['a: one (restored), two (restored)'],
    ],
    ['one beside one that stays', [owner('one', true)], [owner('live')], ['a: one (restored), live']],
    ['one where none stays', [owner('one', true)], [], []],
    ['one where another alias has its own', [owner('one', true)], [owner('live', true, 'b')], []],
    ['none beside one that stays', [owner('one', false)], [owner('live')], []],
  ])('conflicts or does not: %s', (_, restored, stay, conflicts) => {
    expect(writeConflicts(restored, stay)).toEqual(conflicts);
  });

  it('names each alias once, in one order', () => {
    const restored = [owner('one', true, 'b'), owner('two', true, 'b'), owner('three', true, 'a')];
    expect(writeConflicts(restored, [owner('live', true, 'a')])).toEqual([
      'a: three (restored), live',
      'b: one (restored), two (restored)',
    ]);
  });
});
