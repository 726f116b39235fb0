import { describe, expect, it } from 'vitest';
import { ignoredSettings, restoredAs } from './restored-settings.ts';

const rename = { pattern: '(.+)', replacement: 'x-$1' };
const BLOCKS = 'index.blocks.*';
const ALLOCATION = 'index.routing.allocation.*';

describe('what a restore leaves out', () => {
  it.each([
    [{ copy: false, rename: undefined, dropAllocation: undefined }, 'saved', [BLOCKS]],
    [{ copy: false, rename: undefined, dropAllocation: true }, 'saved', [BLOCKS, ALLOCATION]],
    [{ copy: false, rename, dropAllocation: undefined }, 'withoutAliases', [BLOCKS]],
    [{ copy: false, rename, dropAllocation: true }, 'withoutAliases', [BLOCKS, ALLOCATION]],
    [{ copy: true, rename, dropAllocation: undefined }, 'copy', [BLOCKS, ALLOCATION]],
  ] as const)('%j: as %s without %j', (request, as, ignored) => {
    expect(restoredAs(request)).toBe(as);
    expect(ignoredSettings(request)).toEqual(ignored);
  });
});
