import type { ExportSpan } from '@tandem/history/ports/exports.ts';
import { assert, asyncProperty, integer, option } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportPages } from './export-pages.ts';

/** Every third id is there; a page tells `most` of them. */
const table = (most: number) => {
  let reading = 0;
  let mostAtOnce = 0;
  const read = async ({ after, upTo }: ExportSpan) => {
    reading += 1;
    mostAtOnce = Math.max(mostAtOnce, reading);
    await Promise.resolve();
    reading -= 1;
    const ids = Array.from({ length: Number(upTo) - Number(after) }, (_, nth) => Number(after) + nth + 1);
    const fitting = ids.filter((id) => id % 3 === 0);
    const page = fitting.slice(0, most);
    return { text: page.join(' '), next: fitting.length > page.length ? String(page.at(-1)) : undefined };
  };
  return { read, mostAtOnce: () => mostAtOnce };
};

const all = async (pages: AsyncIterable<string>): Promise<number[]> => {
  const ids: number[] = [];
  for await (const text of pages) ids.push(...text.split(' ').map(Number));
  return ids;
};

describe('the pages of an export', () => {
  it('tell each row once and in order, whatever the windows, pages and reads at once', () =>
    assert(
      asyncProperty(
        integer({ min: 0, max: 50 }),
        integer({ min: 0, max: 100 }),
        option(integer({ min: 1, max: 30 }), { nil: undefined }),
        integer({ min: 1, max: 5 }),
        integer({ min: 1, max: 4 }),
        async (after, length, window, most, atOnce) => {
          const { read, mostAtOnce } = table(most);
          const span = { after: String(after), upTo: String(after + length) };
          const expected = Array.from({ length }, (_, nth) => after + nth + 1).filter((id) => id % 3 === 0);
          expect(await all(exportPages({ read, window, atOnce }, span))).toEqual(expected);
          expect(mostAtOnce()).toBeLessThanOrEqual(atOnce + 1);
        },
      ),
    ));

  it('are read ahead by so many and no more, however long nobody takes one', async () => {
    const asked: string[] = [];
    const read = async ({ after }: ExportSpan) => {
      asked.push(after);
      return { text: after, next: undefined };
    };
    const pages = exportPages({ read, window: 10, atOnce: 2 }, { after: '0', upTo: '1000' });
    expect(asked).toEqual([]);
    await pages.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual(['0', '10', '20']);
    await pages.next();
    expect(asked).toEqual(['0', '10', '20', '30']);
  });

  it('end with what a read rejects with, and are no further read then', async () => {
    let reads = 0;
    const read = async () => {
      reads += 1;
      if (reads === 3) throw new Error('away');
      return { text: 'x', next: undefined };
    };
    await expect(all(exportPages({ read, window: 1, atOnce: 2 }, { after: '0', upTo: '100' }))).rejects.toThrow('away');
    expect(reads).toBeLessThanOrEqual(5);
  });
});
