import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIndexName, type Rename, renamed } from './plan/rename.ts';
import { rehearsalPrefix, rehearsalRename } from './rehearsal.ts';

const ID = '0198c0de-7000-7000-8000-0123456789ab';
const prefix = `${rehearsalPrefix(ID)}-`;
const long = (middle: string, end: string) =>
  `optimize-process-instance-${middle.padEnd(250 - 26 - end.length, 'x')}${end}`;
const copies = (names: readonly string[]) => {
  const rename = rehearsalRename(ID, names);
  return names.map((name) => renamed(name, rename));
};

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

  const room = 255 - prefix.length;
  /** As long as names get, each other than the first in one character. */
  const differingAt = (...positions: readonly number[]) => {
    const same = 'x'.repeat(255);
    return [same, ...positions.map((at) => `${same.slice(0, at)}y${same.slice(at + 1)}`)];
  };
  /** Each leaves fewer positions at which names can be cut, the last one none but the end. */
  const positions = [29, 59, 89, 119, 149, 179, 209, room - 1];

  it('are cut at the end where only that leaves each one its own', () => {
    const names = differingAt(...positions);
    const made = copies(names);
    expect(new Set(made).size).toBe(names.length);
    expect(made).toEqual(names.map((name) => `${prefix}${name.slice(0, room)}`));
  });

  it('keep beginning and end where no position leaves each one its own', () => {
    const names = differingAt(...positions, 254);
    const made = copies(names);
    expect(new Set(made).size).toBeLessThan(names.length);
    expect(made).toEqual(names.map((name) => `${prefix}${name.slice(0, room - 32)}${name.slice(-32)}`));
  });

  it('are cut at the first position where the pattern itself leaves each one its own', () => {
    const name = fc
      .tuple(fc.integer({ min: room - 2, max: 255 }), fc.integer({ min: 0, max: 254 }))
      .map(([length, at]) => differingAt(at)[1]?.slice(-length) ?? '');
    const heads = [room - 32, ...Array.from({ length: room + 1 }, (_, head) => head)];
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 5 }), (names) => {
        fc.pre(names.some(({ length }) => length > room));
        const cut = heads.map((head) => ({
          pattern: `^(.{0,${head}}).*?(.{0,${room - head}})$`,
          replacement: `${prefix}$1$2`,
        }));
        const isDistinct = (rename: Rename) => new Set(names.map((one) => renamed(one, rename))).size === names.length;
        expect(rehearsalRename(ID, names)).toEqual(cut.find(isDistinct) ?? cut[0]);
      }),
      { numRuns: 50 },
    );
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
