import { beforeAll, expect, it } from 'vitest';
import { backup, create, expectProblem, send } from './harness/requests/v1.ts';
import { createOfPart, type EngineGate, openEngineGate } from './harness/services/engine-gate.ts';
import { fatIndexOfPart2, fatten, limitRepository } from './harness/services/slow-repository.ts';
import { importIndices, otherIndices } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });
let gate: EngineGate;

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const [api, worker] = await Promise.all([world.startApi({ ELASTICSEARCH_URL: gate.url }), world.startWorker()]);
  Object.assign(world, { api, worker });
});

it('shows a backup whole: parts, what is in them, how long they took, and who made it', async () => {
  const operationId = await create(world.api, 'whole');
  await world.api.untilState('whole', 'COMPLETED');

  const seen = await backup(world.api, 'whole');
  const snapshots = await world.snapshotsOf('whole');

  expect(seen).toMatchObject({
    backupId: 'whole',
    state: 'COMPLETED',
    origin: 'requested',
    optimizeVersion: '3.9.0',
    component: 'optimize',
    repository: world.repository,
    deletedAt: null,
    failure: null,
    progress: null,
    create: { operationId, state: 'SUCCEEDED' },
  });
  const lists = [importIndices(world.prefix), otherIndices(world.prefix)];
  for (const [at, snapshot] of snapshots.entries()) {
    expect(seen.parts[at]).toMatchObject({
      number: at + 1,
      of: 2,
      snapshotName: snapshot.snapshot,
      state: 'SUCCESS',
      uuid: snapshot.uuid,
      startCount: 1,
      shards: { total: 3, successful: 3, failed: 0 },
      durationMs: snapshot.end_time_in_millis - snapshot.start_time_in_millis,
      failures: [],
    });
    expect(new Set(seen.parts[at]?.indices as string[])).toEqual(new Set(lists[at]));
  }
  expect(Date.parse(String(seen.endedAt))).toBeGreaterThanOrEqual(Date.parse(String(seen.requestedAt)));
});

it('shows a set that somebody else made', async () => {
  const nameOf = (part: number) => `camunda_optimize_found_3.9.0_part_${part}_of_2`;
  await world.engine.takeSnapshot(world.repository, nameOf(1), { indices: importIndices(world.prefix) });
  expect(await backup(world.api, 'found')).toMatchObject({ origin: 'discovered', state: 'INCOMPLETE', create: null });
  await world.engine.takeSnapshot(world.repository, nameOf(2), { indices: otherIndices(world.prefix) });

  const seen = await backup(world.api, 'found');

  expect(seen).toMatchObject({ origin: 'discovered', state: 'COMPLETED' });
  expect(seen.parts.map(({ uuid }) => uuid)).toEqual((await world.snapshotsOf('found')).map(({ uuid }) => uuid));
});

it('answers the last known state while the engine is away, and when that was seen', async () => {
  await gate.shut();

  const seen = await backup(world.api, 'whole');

  expect(seen).toMatchObject({ state: 'COMPLETED', stateSeenAt: expect.stringMatching(/^\d{4}-.*Z$/) });
  expectProblem(await send(world.api, 'GET', '/backups/perhaps'), 502, 'ENGINE_UNREACHABLE');
  await gate.open();
  expectProblem(await send(world.api, 'GET', '/backups/perhaps'), 404, 'BACKUP_NOT_FOUND');
});

it('shows how far a running backup is, and when it may end', async () => {
  await fatten(world, fatIndexOfPart2(world), 8);
  await limitRepository(world, '1mb');
  await create(world.api, 'slow');

  const running = await world.until(
    'some of part 2 is done',
    () => backup(world.api, 'slow'),
    ({ progress }) => progress?.partsDone === 1 && Number(progress.bytesDone) > 0 && progress.estimatedEndAt !== null,
  );

  expect(running).toMatchObject({ state: 'IN_PROGRESS', progress: { parts: 2, shards: 6 } });
  const { shardsDone = 0, shards = 0, bytesDone = 0, bytes = 0, bytesPerSecond = 0 } = running.progress ?? {};
  expect(shardsDone).toBeLessThan(shards);
  expect(bytesDone).toBeLessThan(bytes);
  expect(bytes).toBeGreaterThan(6_000_000);
  expect(bytesPerSecond).toBeGreaterThan(0);
  await limitRepository(world, '40mb');
  await world.api.untilState('slow', 'COMPLETED');
  expect((await backup(world.api, 'slow')).progress).toBeNull();
});

it('shows a running backup also while the engine is away, without progress', async () => {
  await world.worker.kill();
  Object.assign(world, { worker: await world.startWorker({ ELASTICSEARCH_URL: gate.url }) });
  const part = gate.hold(createOfPart('blind', 1));
  await create(world.api, 'blind');
  await part.arrived;
  await gate.shut();

  expect(await backup(world.api, 'blind')).toMatchObject({ state: 'IN_PROGRESS', progress: null });

  await gate.open();
  part.decide({ do: 'lose' });
  await world.api.untilState('blind', 'COMPLETED');
});
