import { beforeAll, expect, it } from 'vitest';
import { planRestore, rehearse, untilRestoreEnded } from './harness/requests/restores.ts';
import { backup, create } from './harness/requests/v1.ts';
import { openEngineGate } from './harness/services/engine-gate.ts';
import { otherIndices } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });

beforeAll(async () => {
  const gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const [api, worker] = await Promise.all([
    world.startApi(),
    world.startWorker({ LEASE_DURATION: '1s', ELASTICSEARCH_URL: gate.url }),
  ]);
  Object.assign(world, { api, worker });
  // documents are counted before and after each of two parts
  const counts = [1, 2, 3, 4].map(() => gate.hold(({ path }) => path.includes('/_search')));
  await create(world.api, 'b');
  for (const [at, count] of counts.entries()) {
    await count.arrived;
    count.decide(at === 3 ? { do: 'lose' } : { do: 'forward' });
  }
  await world.api.untilState('b', 'COMPLETED');
});

it('does not call a backup proven when the documents of a part were not measured after it', async () => {
  expect(await backup(world.api, 'b')).toMatchObject({ parts: [{ hasManifest: true }, { hasManifest: false }] });
  const names = otherIndices(world.prefix);
  const succeeded = (await world.events('b')).filter(({ kind }) => kind === 'part.succeeded');
  expect(succeeded).toMatchObject([
    { after: { part: 1 } },
    { after: { part: 2, unmeasured: { count: names.length } } },
  ]);
  const { warnings } = await planRestore(world.api, {
    backupId: 'b',
    target: { renamePattern: '(.+)', renameReplacement: 'x-$1' },
  });
  expect(warnings).toMatchObject([
    { code: 'NOT_COMPARABLE', message: expect.stringContaining(`${names[0]} (documents)`) },
  ]);

  const ended = await untilRestoreEnded(world, await rehearse(world.api, 'b'));

  expect(ended).toMatchObject({ state: 'SUCCEEDED', report: { unmeasuredIndices: names.length, differing: 0 } });
  const unmeasured = names.map((index) => ({ index, aspects: ['documents'], why: 'saved' }));
  expect(await backup(world.api, 'b')).toMatchObject({
    lastFullProof: null,
    lastPartialProof: { complete: false, indices: 6, unmeasured: expect.arrayContaining(unmeasured) },
  });
});
