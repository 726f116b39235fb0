import { describe, expect, it } from 'vitest';
import { isFailure } from '../../failure/failure.ts';
import { checkRename, isIndexName, renamed } from './rename.ts';

describe('a rename', () => {
  it.each([
    ['(.+)', 'copy-$1', 'optimize-alert_v4', 'copy-optimize-alert_v4'],
    ['^optimize-(.+)$', 'restored-$1', 'optimize-alert_v4', 'restored-alert_v4'],
    ['optimize', 'other', 'optimize-optimize-x', 'other-other-x'],
    ['^other$', 'x', 'optimize-alert_v4', 'optimize-alert_v4'],
  ])('of %s to %s makes %s %s', (pattern, replacement, name, expected) => {
    expect(renamed(name, checkRename({ pattern, replacement }))).toBe(expected);
  });

  it.each([
    ['', 'x', 'target.renamePattern'],
    ['(?<name>x)', 'x', 'target.renamePattern'],
    ['[a-z]', 'x', 'target.renamePattern'],
    ['a|b', 'x', 'target.renamePattern'],
    ['x'.repeat(256), 'x', 'target.renamePattern'],
    ['(.+)', 'UPPER-$1', 'target.renameReplacement'],
    ['(.+)', 'x'.repeat(256), 'target.renameReplacement'],
    ['(.+)', '$2', 'target.renameReplacement'],
    ['optimize', '$1', 'target.renameReplacement'],
    ['(.+)', '$&', 'target.renameReplacement'],
  ])('of %j to %j is refused for %s: engines might read it otherwise', (pattern, replacement, field) => {
    const refused = (() => {
      try {
        return checkRename({ pattern, replacement });
      } catch (error) {
        return error;
      }
    })();
    expect(isFailure(refused, 'REQUEST_INVALID') ? refused.data.field : refused).toBe(field);
  });

  it('may be 255 characters long, and 300 of a longer one are shown', () => {
    const [longest, longer] = ['x'.repeat(255), 'x'.repeat(400)];
    const rename = { pattern: longest, replacement: longest };
    expect(checkRename(rename)).toEqual(rename);
    expect(() => checkRename({ pattern: longer, replacement: 'x' })).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/^target.renamePattern "x{300}" may hold/),
        data: { field: 'target.renamePattern', found: 'x'.repeat(300) },
      }),
    );
  });
});

it.each([
  ['optimize-alert_v4', true],
  ['.tasks', true],
  ['9', true],
  ['a.b-c_d', true],
  ['x'.repeat(255), true],
  ['x'.repeat(256), false],
  ['', false],
  ['.', false],
  ['..', false],
  ['_a', false],
  ['-a', false],
  ['aB', false],
  ['Ba', false],
  ['a*', false],
  ['a b', false],
])('%s is a name that engines take for an index: %s', (name, is) => {
  expect(isIndexName(name)).toBe(is);
});
