import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { indexNames, planRestore, rehearse, removeIndices, restore } from '../harness/requests/restores.ts';
import { create, read } from '../harness/requests/v1.ts';
import { type EngineGate, openEngineGate } from '../harness/services/engine-gate.ts';
import { otherIndices } from '../harness/services/small-optimize.ts';
import { sharedStack } from '../harness/stack.ts';
import { useWorld } from '../harness/world.ts';
import { expectEnded, lookAround, putForeign, restoreOfPart, type Sight, withoutOptimize } from './restore-promise.ts';

const world = useWorld({ apps: false });
let gate: EngineGate;
let before: Sight;

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const quick = { LEASE_DURATION: '1s' };
  const [api, worker] = await Promise.all([
    world.startApi(quick),
    world.startWorker({ ...quick, ELASTICSEARCH_URL: gate.url }),
  ]);
  Object.assign(world, { api, worker });
  await putForeign(world);
  await create(world.api, 'b');
  await world.api.untilState('b', 'COMPLETED');
  before = await lookAround(world);
});

const beside = { backupId: 'b', target: { renamePattern: '(.+)', renameReplacement: 'beside-$1' } };

const configure = (settings: object) => world.engine.call('PUT', '_cluster/settings', { persistent: settings });
const EXCLUDED = 'cluster.routing.allocation.exclude._name';

it('every node excluded from allocation: blocked beforehand; once part 1 is sent FAILED and rolled back', async () => {
  world.onEnd(() => configure({ [EXCLUDED]: null }));
  await configure({ [EXCLUDED]: '*' });
  const { blockers } = await planRestore(world.api, beside);
  await configure({ [EXCLUDED]: null });
  expect(blockers).toMatchObject([{ code: 'ALLOCATION_FILTERED', found: [`${EXCLUDED}: *`] }]);

  const part1 = gate.hold(restoreOfPart(1));
  const id = await restore(world.api, beside);
  await part1.arrived;
  await configure({ [EXCLUDED]: '*' });
  part1.decide({ do: 'forward' });
  const { failure } = await expectEnded(world, id, 'FAILED', before);
  expect(failure).toMatchObject({ code: 'RESTORE_SHARDS_FAILED', data: { rollback: true } });

  await configure({ [EXCLUDED]: null });
  const after = await restore(world.api, beside);
  await world.until(
    'it is there',
    () => read(world.api, `/restores/${after}`),
    ({ state }) => state === 'SUCCEEDED',
  );
  await removeIndices(world.engine, `beside-${world.prefix}-*`);
  expect(await lookAround(world)).toEqual(before);
});

/** The files of the one shard of an index, below the world's repository. Their names are the repository's own. */
const shardFolder = (index: string): string => {
  const root = join(sharedStack().repositoriesPath, world.repository);
  const newest = Math.max(
    ...readdirSync(root)
      .flatMap((name) => /^index-(\d+)$/.exec(name)?.[1] ?? [])
      .map(Number),
  );
  const { indices } = JSON.parse(readFileSync(join(root, `index-${newest}`), 'utf8')) as {
    indices: Record<string, { id: string }>;
  };
  return join(root, 'indices', String(indices[index]?.id), '0');
};

it('a file of part 2 that rotted away: an in-place restore is taken back, and a rehearsal tells of it', async () => {
  const victim = otherIndices(world.prefix)[2] ?? '';
  const proof = await rehearse(world.api, 'b');
  await expectEnded(world, proof, 'SUCCEEDED', before);
  const folder = shardFolder(victim);
  const blob = join(folder, readdirSync(folder).find((name) => name.startsWith('__')) ?? '');
  renameSync(blob, `${blob}-away`);
  await removeIndices(world.engine, `${world.prefix}-*`);
  const nothing = withoutOptimize(world, before);

  const id = await restore(world.api, { backupId: 'b' });
  const { failure } = await expectEnded(world, id, 'FAILED', nothing);
  expect(failure).toMatchObject({
    code: 'RESTORE_SHARDS_FAILED',
    message: expect.stringContaining(`${victim}[0]`),
    data: { part: 2, rollback: true },
  });
  // all that it lists is whole: only reading it tells
  expect(await read(world.api, '/backups/b')).toMatchObject({
    ...{ state: 'COMPLETED', failedRehearsal: null },
    lastFullProof: { operationId: proof },
  });

  const doubt = await rehearse(world.api, 'b');
  await expectEnded(world, doubt, 'FAILED', nothing);
  expect(await read(world.api, '/backups/b')).toMatchObject({
    state: 'COMPLETED',
    lastFullProof: { operationId: proof },
    failedRehearsal: {
      operationId: doubt,
      reason: { code: 'RESTORE_SHARDS_FAILED' },
      unreadable: { operationId: doubt },
    },
  });
  expect(await indexNames(world.engine, 'tandem-rehearsal-*')).toEqual([]);

  renameSync(`${blob}-away`, blob);
  await expectEnded(world, await restore(world.api, { backupId: 'b' }), 'SUCCEEDED', before);
});
