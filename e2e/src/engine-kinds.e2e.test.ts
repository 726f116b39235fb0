import { join } from 'node:path';
import { findJdks, missingJdk } from '@tandem/local-stack/engine/java.ts';
import { startEngine } from '@tandem/local-stack/engine/start-engine.ts';
import { expect, it } from 'vitest';
import { endsWith, ownFolder } from './faults/own-servers.ts';
import { create, expectProblem, read, send, untilOperation } from './harness/requests/v1.ts';
import { type Engine, engineAt } from './harness/services/engine.ts';
import { engineHealth, openEngineMask, unsupportedProducts } from './harness/services/engine-mask.ts';
import { putSmallOptimize } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });

const useApps = async (settings: Readonly<Record<string, string | undefined>>) => {
  const [api, worker] = await Promise.all([world.startApi(settings), world.startWorker(settings)]);
  Object.assign(world, { api, worker });
  return { api, worker };
};

const onlyIn = (name: 'ELASTICSEARCH_URL' | 'OPENSEARCH_URL', url: string) => ({
  ELASTICSEARCH_URL: undefined,
  OPENSEARCH_URL: undefined,
  [name]: url,
});

const stop = ({ api, worker }: Awaited<ReturnType<typeof useApps>>) => Promise.all([api.kill(), worker.kill()]);

const removed = async (backupId: string) => {
  const answer = await send(world.api, 'DELETE', `/backups/${backupId}`, { reason: 'test', confirm: backupId });
  expect(answer.status, answer.text).toBe(202);
  await untilOperation(world, String(answer.json?.operationId), 'SUCCEEDED');
};

const takesAndDeletes = async (backupId: string, engine: Engine) => {
  await untilOperation(world, await create(world.api, backupId), 'SUCCEEDED');
  const names = async () => (await engine.snapshots(world.name)).filter(({ snapshot }) => snapshot.includes(backupId));
  expect(await names()).toHaveLength(2);
  expect(await read(world.api, `/backups/${backupId}`)).toMatchObject({ state: 'COMPLETED' });
  expect(await engineHealth(world.api)).toEqual({ status: 'UP' });
  await removed(backupId);
  expect(await names()).toEqual([]);
};

it('works with OpenSearch, whichever setting has its URL', { timeout: 300_000 }, async ({ skip }) => {
  const missing = missingJdk(await findJdks(), 'opensearch@2');
  skip(missing !== undefined, missing);
  const kind = 'opensearch@2';
  const part = endsWith(world, await startEngine({ directory: ownFolder(world), kind, durable: false, heapMb: 512 }));
  const engine = engineAt(part.url);
  await engine.putRepository(world.name, join(part.repositoriesPath, world.name));
  await putSmallOptimize(engine, world.prefix);
  const first = await useApps(onlyIn('ELASTICSEARCH_URL', part.url));
  await takesAndDeletes('in-the-other-setting', engine);
  await stop(first);
  const second = await useApps(onlyIn('OPENSEARCH_URL', part.url));
  await takesAndDeletes('in-its-own-setting', engine);
  await stop(second);
});

it('works with Elasticsearch, also where OPENSEARCH_URL has its URL', async () => {
  const apps = await useApps(onlyIn('OPENSEARCH_URL', world.engineUrl));
  await takesAndDeletes('elasticsearch', world.engine);
  await stop(apps);
});

it.each(unsupportedProducts)('starts neither API nor worker with $found', async (product) => {
  const mask = await openEngineMask(world);
  mask.product = product;
  for (const program of ['api', 'worker'] as const) {
    const process = world.startProgram(program, world.environment({ ELASTICSEARCH_URL: mask.url }));
    expect(await process.exited).toEqual({ code: 1, signal: null });
    expect(process.output()).toContain(`found ${product.found}`);
    expect(process.output()).toContain('Tandem works with Elasticsearch 7.17, 8 and 9, and OpenSearch 2 and 3');
  }
  expect(mask.writes).toEqual([]);
});

it('sends nothing to an engine that turns out to be unsupported, names it, and resumes once it is upgraded', async () => {
  const mask = await openEngineMask(world);
  mask.product = 'away';
  const { api, worker } = await useApps({ ELASTICSEARCH_URL: mask.url });
  expect(await engineHealth(api)).toMatchObject({ status: 'DOWN' });

  mask.product = undefined;
  await untilOperation(world, await create(api, 'before'), 'SUCCEEDED');
  await removed('before');
  expect(mask.writes).not.toEqual([]);
  await worker.kill();
  const operationId = await create(api, 'waits');

  const [product] = unsupportedProducts;
  mask.product = product;
  mask.writes.splice(0);
  const refusedWorker = world.startProgram('worker', world.environment({ ELASTICSEARCH_URL: mask.url }));
  expect(await refusedWorker.exited).toEqual({ code: 1, signal: null });
  const named = await world.until(
    'readiness names it',
    () => engineHealth(api),
    (health) => health?.reason?.includes('found') === true,
  );
  expect(named).toMatchObject({ status: 'DOWN', reason: expect.stringContaining(`found ${product?.found}`) });
  const refused = await send(api, 'POST', '/backups', { backupId: 'refused' });
  expect(expectProblem(refused, 502, 'ENGINE_UNSUPPORTED')).toContain(`found ${product?.found}`);
  expect(mask.writes).toEqual([]);

  mask.product = undefined;
  await world.startWorker({ ELASTICSEARCH_URL: mask.url });
  await untilOperation(world, operationId, 'SUCCEEDED');
});

it('keeps an operation that is under way waiting, while the engine is not a supported one', async () => {
  const mask = await openEngineMask(world);
  const { api } = await useApps({ ELASTICSEARCH_URL: mask.url });
  const [product] = unsupportedProducts;
  mask.holdWrites();
  const operationId = await create(api, 'under-way');
  await world.until(
    'part 1 is about to be created',
    () => mask.held,
    (held) => held > 0,
  );
  mask.product = product;
  mask.loseWrites();
  const waiting = await world.until(
    'a try failed',
    () => read(api, `/operations/${operationId}`),
    ({ state, lastError }) =>
      state === 'WAITING' && (lastError as { code?: string } | null)?.code === 'ENGINE_UNSUPPORTED',
  );
  expect(waiting).toMatchObject({ lastError: { message: expect.stringContaining(`found ${product?.found}`) } });
  expect(mask.writes).toEqual([]);
  mask.product = undefined;
  await untilOperation(world, operationId, 'SUCCEEDED');
});
