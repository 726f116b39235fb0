import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { startEngine } from '@tandem/local-stack/engine/start-engine.ts';
import { beforeAll, expect, it } from 'vitest';
import { backup, create, operation, send, untilOperation } from '../harness/requests/v1.ts';
import { type Engine, engineAt } from '../harness/services/engine.ts';
import { createOfPart, openEngineGate } from '../harness/services/engine-gate.ts';
import { putSmallOptimize } from '../harness/services/small-optimize.ts';
import { openTcpProxy } from '../harness/services/tcp-proxy.ts';
import { useWorld } from '../harness/world.ts';
import { endsWith, ownFolder } from './own-servers.ts';

const world = useWorld({ apps: false });
let other: Engine & { readonly url: string; readonly repositories: string };

/** A second cluster with the same index names, and a copy of the repository under its name. */
beforeAll(async () => {
  const part = endsWith(world, await startEngine({ directory: ownFolder(world), durable: false, heapMb: 512 }));
  other = { ...engineAt(part.url), url: part.url, repositories: part.repositoriesPath };
  Object.assign(world, { api: await world.startApi() });
  await putSmallOptimize(other, world.prefix);
});

const copyRepository = async (): Promise<void> => {
  const found = await world.engine.call<Record<string, { settings: { location: string } }>>(
    'GET',
    `_snapshot/${world.name}`,
  );
  const location = found[world.name]?.settings.location ?? '';
  const copy = join(other.repositories, basename(location));
  cpSync(location, copy, { recursive: true });
  await other.putRepository(world.name, copy);
};

/** Part 1 is taken, its worker dies, and the next one's address leads to the other cluster. */
const diesAfterPart1 = async (backupId: string): Promise<string> => {
  const gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const worker = await world.startWorker({
    ELASTICSEARCH_URL: gate.url,
    LEASE_DURATION: '1s',
    JOB_LOCK_DURATION: '1s',
  });
  const part2 = gate.hold(createOfPart(backupId, 2));
  const operationId = await create(world.api, backupId);
  await part2.arrived;
  await worker.kill();
  part2.decide({ do: 'lose' });
  await copyRepository();
  await world.startWorker({ ELASTICSEARCH_URL: other.url, LEASE_DURATION: '1s', JOB_LOCK_DURATION: '1s' });
  return operationId;
};

const partsIn = async (backupId: string): Promise<readonly string[]> =>
  (await other.snapshots(world.name)).map(({ snapshot }) => snapshot).filter((name) => name.includes(`_${backupId}_`));

it.each(['api', 'worker'] as const)(
  'starts no %s with addresses of two clusters while none is recorded',
  async (program) => {
    const split = world.startProgram(
      program,
      world.environment({ ELASTICSEARCH_URL: `${world.engineUrl},${other.url}` }),
    );
    expect(await split.exited).toEqual({ code: 1, signal: null });
    const named = `${new URL(world.engineUrl).host} leads to cluster`;
    expect(split.output()).toContain("The engine's addresses lead to several clusters, and none is recorded");
    expect(split.output()).toContain(named);
    expect(split.output()).toContain(`${other.url} leads to cluster`);
  },
);

it('takes no part of a set from another cluster, and a cancel says what is left where', async () => {
  const operationId = await diesAfterPart1('b');
  const waiting = await world.until(
    'a try has failed',
    () => operation(world.api, operationId),
    ({ attempts }) => attempts.some(({ failureClass: is }) => is === 'operator'),
  );
  expect(waiting.attempts.at(-1)).toMatchObject({
    failureClass: 'operator',
    reason: { code: 'CLUSTER_CHANGED', message: expect.stringContaining('leads to another cluster') },
  });
  const [first] = (await backup(world.api, 'b')).parts;
  expect(await partsIn('b')).toEqual([first?.snapshotName]);

  const answer = await send(world.api, 'POST', `/operations/${operationId}/cancel`, { reason: 'wrong cluster' });
  expect(answer.status, answer.text).toBe(202);
  const [deletion] = await world.sql(`SELECT id FROM operation WHERE kind = 'delete'`);
  const ended = await untilOperation(world, String(deletion?.id), 'FAILED');
  expect(ended).toMatchObject({
    failure: {
      code: 'CLUSTER_CHANGED',
      message: expect.stringContaining('Nothing was sent to the engine'),
      data: { left: expect.arrayContaining([first?.snapshotName]) },
    },
  });
  expect(await partsIn('b')).toEqual([first?.snapshotName]);
  expect(await backup(world.api, 'b')).toMatchObject({ state: 'INCOMPLETE' });
});

it('uses the addresses of the recorded cluster in turn, without a dead one and one of another cluster', async () => {
  const proxy = await openTcpProxy(world.engineUrl);
  world.onEnd(proxy.shut);
  const list = { ELASTICSEARCH_URL: [proxy.url, other.url, world.engineUrl].join(', ') };
  const [api, worker] = await Promise.all([world.startApi(list), world.startWorker(list)]);
  const engineHealth = async () => {
    const { json } = await api.call('/actuator/health/readiness');
    return (json?.components as Record<string, { status: string; reason?: string }> | undefined)?.engine;
  };
  const notUsed = `${other.url} is not used: leads to cluster`;
  expect(await engineHealth()).toMatchObject({ status: 'WARN', reason: expect.stringContaining(notUsed) });
  expect(worker.output()).toContain(notUsed);

  await untilOperation(world, await create(api, 'c'), 'SUCCEEDED');
  await proxy.shut();
  await untilOperation(world, await create(api, 'd'), 'SUCCEEDED');
  for (const id of ['c', 'd']) {
    expect(await backup(api, id)).toMatchObject({ state: 'COMPLETED' });
    expect(await partsIn(id)).toEqual([]);
    expect(await world.snapshotsOf(id)).toHaveLength(2);
  }
  const dead = `${new URL(proxy.url).host} is not used: connect ECONNREFUSED`;
  await world.until('the dead one is named', engineHealth, (health) => health?.reason?.includes(dead) === true);

  await proxy.open();
  await world.until('it is used again', engineHealth, (health) => health?.reason?.includes('ECONNREFUSED') === false);
});
