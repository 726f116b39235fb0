import { describe, expect, it } from 'vitest';
import { checkBackupId, checkLookupId } from './backup-id.ts';

describe('an id that may be asked for', () => {
  it.each(['backup1', '123', '1', 'nightly-2022.10.11', 'a.b-c', '0'])('%j may', (id) => {
    expect(checkBackupId(id)).toEqual({ ok: true });
  });

  it.each([
    ['', 'must not be empty', '""'],
    [' ', 'may hold only', 'a space (U+0020)'],
    ['a b', 'may hold only', 'a space'],
    ['\t', 'may hold only', 'U+0009'],
    ['a\nb', 'may hold only', 'U+000A'],
    ['a\u0000', 'may hold only', 'U+0000'],
    ['Backup', 'may hold only', '"B" (U+0042)'],
    ['a_b', 'may hold only', '"_" (U+005F)'],
    ['a*', 'may hold only', '"*"'],
    ['a"b', 'may hold only', '"\\""'],
    ['a\\b', 'may hold only', '"\\\\"'],
    ['a/b', 'may hold only', '"/"'],
    ['a:b', 'may hold only', '":"'],
    ['a,b', 'may hold only', '","'],
    ['<s-{now/d}>', 'may hold only', '"<"'],
    ['ä', 'may hold only', 'U+00E4'],
    ['１', 'may hold only', 'U+FF11'],
    ['😀', 'may hold only', 'U+1F600'],
    ['\ud800', 'may hold only', 'U+D800'],
    ['\u202eabc', 'may hold only', 'U+202E'],
    ['a..b', 'must not contain ".."', '".."'],
    ['-x', 'must begin with', '"-"'],
    ['.x', 'must begin with', '"."'],
  ])('%j may not: %s', (id, rule, found) => {
    expect(checkBackupId(id)).toMatchObject({
      ok: false,
      rule: expect.stringContaining(rule),
      found: expect.stringContaining(found),
    });
  });
});

describe('an id that may be looked up', () => {
  it.each(['a_b', '_x', 'backup1', '-x', 'a.b'])('%j may', (id) => {
    expect(checkLookupId(id)).toEqual({ ok: true });
  });

  it.each(['', '*', 'a*', 'a?', 'a,b', 'A', '..', 'a/../b', '%2e', 'a\u0000'])('%j may not', (id) => {
    expect(checkLookupId(id).ok).toBe(false);
  });
});
