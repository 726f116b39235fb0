import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { createOfPart, type EngineGate, openEngineGate } from '../harness/services/engine-gate.ts';
import { useWorld } from '../harness/world.ts';
import { type OwnEngine, useOwnEngine } from './own-servers.ts';
import { expectPromise } from './promise.ts';
import { putBulk, slowDown } from './slow-repository.ts';

const world = useWorld({ apps: false, data: 'none' });
let engine: OwnEngine;
let gate: EngineGate;

beforeAll(async () => {
  engine = await useOwnEngine(world);
  gate = await openEngineGate(engine.url);
  world.onEnd(gate.shut);
  await putBulk(world.engine, `${world.prefix}-process-instance-invoice_v8`, 400);
  await slowDown(world.engine, world.repository, join(engine.repositoriesPath, world.repository), '100kb');
  const changes = { ELASTICSEARCH_URL: gate.url, ENGINE_REQUEST_TIMEOUT: '1500ms' };
  const [api, worker] = await Promise.all([world.startApi(changes), world.startWorker(changes)]);
  Object.assign(world, { api, worker });
});

const untilRunning = (id: string) =>
  world.until(
    'part 2 runs',
    () => world.snapshotsOf(id),
    ([, second]) => second?.state === 'IN_PROGRESS',
  );

it('kill -9 of the engine in the middle of a snapshot, which it forgets: the part is made again', async () => {
  expect((await world.api.post('forgotten')).status).toBe(200);
  await untilRunning('forgotten');
  await world.untilEvent('forgotten', 'part.succeeded');

  await engine.kill();
  await world.untilEvent('forgotten', 'attempt.failed');
  await engine.start();

  await world.api.untilState('forgotten', 'COMPLETED', 60_000);
  expect((await world.events('forgotten')).map(({ kind }) => kind)).toContain('part.vanished');
  expect(gate.seen.filter(createOfPart('forgotten', 1))).toHaveLength(1);
  expect(gate.seen.filter(createOfPart('forgotten', 2)).length).toBeGreaterThanOrEqual(2);
  await expectPromise(world, ['forgotten']);
});

it('SIGSTOP of the engine for longer than the time-out of a request: nothing is lost, no part made twice', async () => {
  // the data of the backup before is in the repository already: something new to copy
  await putBulk(world.engine, `${world.prefix}-process-instance-invoice_v8`, 300);
  const timeouts = () => world.worker.output().split('ENGINE_TIMEOUT').length;
  const before = timeouts();
  expect((await world.api.post('slept')).status).toBe(200);
  await untilRunning('slept');

  engine.signal('SIGSTOP');
  await world.until('a call has timed out', timeouts, (seen) => seen > before);
  const row = await world.sql("select state from backup where backup_id = 'slept'");
  expect(row).toEqual([{ state: 'IN_PROGRESS' }]);
  engine.signal('SIGCONT');

  await world.api.untilState('slept', 'COMPLETED', 60_000);
  for (const part of [1, 2]) expect(gate.seen.filter(createOfPart('slept', part))).toHaveLength(1);
  await expectPromise(world, ['slept']);
});

it('SIGSTOP of the engine with the create on its way: whether it took effect is found out', async () => {
  const create = gate.hold(createOfPart('in-doubt', 2));
  expect((await world.api.post('in-doubt')).status).toBe(200);
  await create.arrived;
  engine.signal('SIGSTOP');
  create.decide({ do: 'forward' });
  const failed = await world.untilEvent('in-doubt', 'attempt.failed');
  expect(failed.after).toMatchObject({ code: 'ENGINE_TIMEOUT' });
  engine.signal('SIGCONT');

  await world.api.untilState('in-doubt', 'COMPLETED', 60_000);
  await expectPromise(world, ['in-doubt']);
});

it('a snapshot deleted by hand while it runs is made again', async () => {
  await putBulk(world.engine, `${world.prefix}-process-instance-invoice_v8`, 300);
  expect((await world.api.post('aborted')).status).toBe(200);
  const [, running] = await untilRunning('aborted');

  await world.engine.call('DELETE', `_snapshot/${world.repository}/${running?.snapshot}`);

  // the engine may show it FAILED for a moment, aborted, before it is gone
  await world.until(
    'it has ended',
    () => world.api.state('aborted'),
    (state) => state !== 'IN_PROGRESS',
  );
  const state = await world.api.state('aborted');
  if (state === 'COMPLETED') expect((await world.events('aborted')).map(({ kind }) => kind)).toContain('part.vanished');
  await expectPromise(world, ['aborted'], state === 'COMPLETED' ? 'COMPLETED' : 'FAILED');
});

it('part 1 deleted by hand after it had ended: the backup ends FAILED and says so', async () => {
  const create = gate.hold(createOfPart('deleted', 2));
  expect((await world.api.post('deleted')).status).toBe(200);
  await create.arrived;
  const [first] = await world.snapshotsOf('deleted');
  await world.engine.call('DELETE', `_snapshot/${world.repository}/${first?.snapshot}`);
  create.decide({ do: 'forward' });

  await world.api.untilState('deleted', 'FAILED');

  const failed = await world.untilEvent('deleted', 'backup.failed');
  expect(failed.reason).toMatch(/had ended with SUCCESS and is no longer in the repository/);
  expect(gate.seen.filter(createOfPart('deleted', 1))).toHaveLength(1);
  await expectPromise(world, ['deleted'], 'FAILED');
});
