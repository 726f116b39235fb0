import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rehearsalPrefix, rehearsalRename } from './rehearsal.ts';
import { isIndexName, renamed } from './rename.ts';

const ID = '0198c0de-7000-7000-8000-0123456789ab';
const prefix = `${rehearsalPrefix(ID)}-`;
const long = (middle: string, end: string) =>
  `optimize-process-instance-${middle.padEnd(250 - 26 - end.length, 'x')}${end}`;
const copies = (names: readonly string[]) => names.map((name) => renamed(name, rehearsalRename(ID, names)));

describe('the names of a rehearsal', () => {
  it('are those of the indices behind the prefix, as long as there is room', () => {
    const names = ['optimize-alert_v4', `optimize-${'x'.repeat(225 - 9)}`];
    expect(rehearsalRename(ID, names)).toEqual({ pattern: '^(.+)$', replacement: `${prefix}$1` });
    expect(copies(names)).toEqual(names.map((name) => `${prefix}${name}`));
  });

  it('keep beginning and end where they are too long, and short ones stay as they are', () => {
    const [short = '', cut = ''] = copies(['optimize-alert_v4', long('invoice', '_v8-000001')]);
    expect(short).toBe(`${prefix}optimize-alert_v4`);
    expect(cut).toHaveLength(255);
    expect(cut).toMatch(/^tandem-rehearsal-[0-9a-f]{12}-optimize-process-instance-invoicex+_v8-000001$/);
  });

  it('differ where the indices differ in the middle alone', () => {
    const end = `${'y'.repeat(40)}_v8`;
    const names = ['a', 'b'].map(
      (middle) => `optimize-process-instance-${'x'.repeat(250 - 26 - 1 - end.length)}${middle}${end}`,
    );
    expect(new Set(copies(names)).size).toBe(2);
  });

  it('are valid, distinct and the same each time', () => {
    const key = fc.stringMatching(/^[a-z0-9-]{1,221}$/);
    const names = fc.uniqueArray(
      key.map((middle) => `optimize-process-instance-${middle}_v8`),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(names, (indices) => {
        const made = copies(indices);
        expect(made).toEqual(copies(indices));
        expect(made.every((name) => isIndexName(name) && name.startsWith(prefix))).toBe(true);
        expect(new Set(made).size).toBe(indices.length);
      }),
    );
  });
});
