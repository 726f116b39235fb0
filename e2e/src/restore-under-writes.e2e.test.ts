import { gunzipSync } from 'node:zlib';
import { type DocumentRange, documentRange } from '@tandem/shared/domain/restore/manifest/saved-documents.ts';
import { beforeAll, expect, it } from 'vitest';
import { expectEnded, lookAround, putForeign } from './faults/restore-promise.ts';
import { rehearse, removeIndices, restore, untilRestoreEnded } from './harness/requests/restores.ts';
import { create } from './harness/requests/v1.ts';
import { importIndices, otherIndices } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ environment: { LEASE_DURATION: '1s' } });

beforeAll(() => putForeign(world));

const written = () => [importIndices(world.prefix)[1], otherIndices(world.prefix)[2]].map(String);

/** Adds, changes and removes documents without a pause until it is stopped; answers how often it has. */
const writeAllTheTime = () => {
  let rounds = 0;
  let stopped = false;
  const round = async (at: number) => {
    const lines = written().flatMap((_index) => [
      { index: { _index, _id: `w${at}` } },
      { of: 'the writer' },
      { index: { _index, _id: 'same' } },
      { of: `round ${at}` },
      { delete: { _index, _id: `w${at - (at % 3)}` } },
    ]);
    await world.engine.call('POST', '_bulk', `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  };
  const done = (async () => {
    while (!stopped) await round(rounds++);
  })();
  return {
    rounds: () => rounds,
    stop: () => {
      stopped = true;
      return done;
    },
  };
};

type Figures = {
  readonly name: string;
  readonly documents: number;
  readonly operations: number;
  readonly primaryBytes: number;
};

const RANGES = `
  SELECT b.body AS before, a.body AS after
  FROM part p JOIN backup ON backup.key = p.backup_key
  JOIN content b ON b.digest = p.manifest_before JOIN content a ON a.digest = p.manifest_after
  WHERE backup.backup_id = $1`;

const figuresIn = (packed: unknown): readonly Figures[] =>
  (JSON.parse(gunzipSync(packed as Buffer).toString('utf8')) as { readonly figures: readonly Figures[] }).figures;

/** What the manifests say of each index. */
const rangesOf = async (backupId: string): Promise<ReadonlyMap<string, DocumentRange>> => {
  const rows = await world.sql(RANGES, backupId);
  return new Map(
    rows.flatMap(({ before, after }) =>
      figuresIn(before).flatMap((figures) => {
        const later = figuresIn(after).find(({ name }) => name === figures.name);
        return later === undefined ? [] : [[figures.name, documentRange(figures, later)] as const];
      }),
    ),
  );
};

const target = { renamePattern: '(.+)', renameReplacement: 'beside-$1' };

it.each(['busy-1', 'busy-2', 'busy-3'])(
  '%s, taken while Optimize writes, restores and is proven, within what was written down',
  async (id) => {
    const writer = writeAllTheTime();
    await world.until('it writes', writer.rounds, (rounds) => rounds > 5);
    await create(world.api, id);
    await world.api.untilState(id, 'COMPLETED');
    const restoring = await restore(world.api, { backupId: id, target });
    expect(await untilRestoreEnded(world, restoring)).toMatchObject({ state: 'SUCCEEDED', report: { differing: 0 } });
    await writer.stop();

    const ranges = await rangesOf(id);
    expect(ranges.size).toBe(6);
    for (const [index, { min, max }] of ranges) {
      const restored = await world.engine.count(`beside-${index}`);
      expect(restored, index).toBeGreaterThanOrEqual(min);
      expect(restored, index).toBeLessThanOrEqual(max);
      if (!written().includes(index)) expect([min, max], index).toEqual([1, 1]);
    }
    expect(written().some((index) => ranges.get(index)?.min !== ranges.get(index)?.max)).toBe(true);
    await removeIndices(world.engine, `beside-${world.prefix}-*`);

    const before = await lookAround(world);
    const { report } = await expectEnded(world, await rehearse(world.api, id), 'SUCCEEDED', before);
    expect(report).toMatchObject({ indices: 6, differing: 0 });
  },
);

it('with nothing written the number is exact', async () => {
  await create(world.api, 'quiet');
  await world.api.untilState('quiet', 'COMPLETED');
  const before = await lookAround(world);
  const ranges = await rangesOf('quiet');
  const counted = await Promise.all([...ranges.keys()].map(async (index) => [index, await world.engine.count(index)]));
  expect([...ranges].map(([index, { min, max }]) => [index, min, max])).toEqual(
    counted.map(([index, count]) => [index, count, count]),
  );
  const { report } = await expectEnded(world, await rehearse(world.api, 'quiet'), 'SUCCEEDED', before);
  const total = counted.reduce((sum, [, count]) => sum + Number(count), 0);
  expect(report).toMatchObject({ documents: total, differing: 0 });
});
