import { describe, expect, it } from 'vitest';
import { isFailure } from './failure.ts';
import { checkRename, renamed } from './rename.ts';

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
});
