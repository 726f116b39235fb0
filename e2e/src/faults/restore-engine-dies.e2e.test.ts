import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readRestore, rehearse, removeIndices, restore } from '../harness/requests/restores.ts';
import { create } from '../harness/requests/v1.ts';
import { type EngineGate, openEngineGate } from '../harness/services/engine-gate.ts';
import { useWorld } from '../harness/world.ts';
import { type OwnEngine, useOwnEngine } from './own-servers.ts';
import { eventsOf, expectEnded, lookAround, putForeign, restoreOfPart, type Sight } from './restore-promise.ts';
import { putBulk } from './slow-repository.ts';

const world = useWorld({ apps: false, data: 'none' });
let engine: OwnEngine;
let gate: EngineGate;
let before: Sight;

beforeAll(async () => {
  engine = await useOwnEngine(world);
  gate = await openEngineGate(engine.url);
  world.onEnd(gate.shut);
  await Promise.all([putForeign(world), putBulk(world.engine, `${world.prefix}-process-instance-invoice_v8`, 400)]);
  const changes = {
    ELASTICSEARCH_URL: gate.url,
    ENGINE_REQUEST_TIMEOUT: '1500ms',
    ENGINE_MASTER_TIMEOUT: '1s',
    LEASE_DURATION: '1s',
    RETRY_TRANSIENT_MAX_ATTEMPTS: '1000',
  };
  const [api, worker] = await Promise.all([world.startApi(changes), world.startWorker(changes)]);
  Object.assign(world, { api, worker });
  await create(world.api, 'b');
  await world.api.untilState('b', 'COMPLETED');
  before = await lookAround(world);
  // what is in flight by then is lost with the engine
  await world.engine.call('POST', '*/_flush?expand_wildcards=all');
  await world.engine.call('PUT', `_snapshot/${world.repository}`, {
    type: 'fs',
    settings: { location: join(engine.repositoriesPath, world.repository), max_restore_bytes_per_sec: '100kb' },
  });
});

/** Part 2 is being copied. */
const untilCopying = (id: string) =>
  world.until(
    'part 2 is being restored',
    () => readRestore(world.api, id),
    ({ progress }) => {
      const { shards, shardsDone } = progress as { readonly shards: number; readonly shardsDone: number };
      return shards === 6 && shardsDone < shards;
    },
  );

const restart = async () => {
  await engine.kill();
  await engine.start();
};

it('kill -9 of the engine in the middle of a restore in place: the part that it lost is sent again', async () => {
  await removeIndices(world.engine, `${world.prefix}-*`);
  const id = await restore(world.api, { backupId: 'b' });
  await untilCopying(id);
  await restart();

  await expectEnded(world, id, 'SUCCEEDED', before);
  expect(gate.seen.filter(restoreOfPart(2)).length).toBeGreaterThanOrEqual(2);
  const removed = (await eventsOf(world, id)).filter(({ kind }) => kind === 'index.removed');
  expect(removed.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('restarted'));
});

it('kill -9 of the engine in the middle of a rehearsal: it proves the backup all the same, and leaves nothing', async () => {
  const id = await rehearse(world.api, 'b');
  await untilCopying(id);
  await restart();
  await expectEnded(world, id, 'SUCCEEDED', before);
});

it('SIGSTOP of the engine with the restore on its way: whether it took effect is found out', async () => {
  await removeIndices(world.engine, `${world.prefix}-*`);
  const call = gate.hold(restoreOfPart(2));
  const id = await restore(world.api, { backupId: 'b' });
  await call.arrived;
  engine.signal('SIGSTOP');
  call.decide({ do: 'forward' });
  const failed = await world.until(
    'a call has timed out',
    () => eventsOf(world, id),
    (events) => events.some(({ kind }) => kind === 'attempt.failed'),
  );
  engine.signal('SIGCONT');
  expect(failed.at(-1)).toMatchObject({ after: { code: 'ENGINE_TIMEOUT' } });

  await expectEnded(world, id, 'SUCCEEDED', before);
});
