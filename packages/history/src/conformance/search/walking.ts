import type { BackupFilter, BackupSort } from '@tandem/shared/domain/history/backup-search.ts';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { DiscoveredSet } from '../../ports/backups.ts';
import type { History } from '../../ports/history.ts';
import type { BackupSummary, WithCursor } from '../../ports/search.ts';

type Row = WithCursor<BackupSummary>;

/** Every page to the end, each after the last of the one before; `between` goes on beside each of them. */
export const walk = async (
  history: History,
  filter: BackupFilter,
  sort: BackupSort,
  limit: number,
  after?: string,
  between: () => Promise<unknown> = async () => undefined,
): Promise<readonly Row[]> => {
  const seen: Row[] = [];
  for (let cursor = after; ; cursor = seen.at(-1)?.cursor) {
    const [page] = await Promise.all([history.searchBackups(filter, sort, cursor, limit), between()]);
    seen.push(...page);
    if (page.length < limit) return seen;
  }
};

const PAIRS: readonly (readonly [BackupFilter, BackupSort['by']])[] = [
  [{}, 'requested'],
  [{}, 'ended'],
  [{ states: ['COMPLETED', 'FAILED'] }, 'requested'],
  [{ actor: 'sweep' }, 'requested'],
  [{ deleted: false }, 'requested'],
];

const runs = fc.record({
  pair: fc.constantFrom(...PAIRS),
  newestFirst: fc.boolean(),
  limit: fc.integer({ min: 1, max: 5 }),
  /** The days on which those that are there, and those that come meanwhile, were requested. */
  before: fc.array(fc.integer({ min: 1, max: 28 }), { maxLength: 12 }),
  meanwhile: fc.array(fc.integer({ min: 1, max: 28 }), { maxLength: 8 }),
});

const key = ({ key: of }: Row): number => Number(of);

/** Walked there and back while sets are found: each that was there once, none twice, all in order. */
export const expectOnceInOrder = async (
  history: History,
  found: (nth: number, backupId: string) => DiscoveredSet,
): Promise<void> => {
  let nth = 0;
  const add = async (day: number | undefined) => {
    if (day === undefined) return undefined;
    nth += 1;
    return (await history.discover(found(day, `walk-${nth}`))).key;
  };
  const property = fc.asyncProperty(runs, async ({ pair, newestFirst, limit, before, meanwhile }) => {
    const [filter, by] = pair;
    for (const day of before) await add(day);
    const there = await history.searchBackups(filter, { by, newestFirst }, undefined, 1_000);
    const coming = [...meanwhile];
    const between = () => add(coming.pop());
    const forth = await walk(history, filter, { by, newestFirst }, limit, undefined, between);
    const back = await walk(history, filter, { by, newestFirst: !newestFirst }, limit, forth.at(-1)?.cursor, between);
    for (const [walked, forward, all] of [
      [forth, newestFirst, there],
      [back, !newestFirst, there.filter((row) => key(row) !== Number(forth.at(-1)?.key))],
    ] as const) {
      expect(new Set(walked.map(key)).size).toBe(walked.length);
      expect(walked.map(key)).toEqual(expect.arrayContaining(all.map(key)));
      expect(walked).toEqual([...walked].sort((one, other) => (forward ? -1 : 1) * inTime(by, one, other)));
    }
  });
  await fc.assert(property, { numRuns: 12 });
};

const inTime = (by: BackupSort['by'], one: Row, other: Row): number => {
  const at = (row: Row) => (by === 'requested' ? row.requestedAt : row.endedAt)?.getTime() ?? 0;
  return at(one) - at(other) || key(one) - key(other);
};
