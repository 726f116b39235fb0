import { describe, expect, it } from 'vitest';
import { restoreTargets } from './restore-targets.ts';

const targets = (indices: readonly string[], pattern?: string, replacement = '') => {
  const rename = pattern === undefined ? undefined : { pattern, replacement };
  return [...restoreTargets({ repository: 'r', snapshot: 's', indices, rename, as: 'copy' })];
};

describe('The names that restored indices get', () => {
  it('are those as saved', () =>
    expect(targets(['a', 'b'])).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ]));

  it.each([
    ['^', 'copy-', 'copy-aba'],
    ['$', '-copy', 'aba-copy'],
    ['a', 'x', 'xbx'],
    ['(a)(b)', '$2$1', 'baa'],
    ['c', 'x', 'aba'],
  ])('aba with %s as %s -> %s', (pattern, replacement, name) =>
    expect(targets(['aba'], pattern, replacement)).toEqual([['aba', name]]),
  );

  it('need an expression', () => expect(() => targets(['a'], '(')).toThrow(/regular expression/));
});
