import type { HistoryStatus } from '@tandem/shared/contract/history.ts';
import { beforeAll, expect, it } from 'vitest';
import { restore } from './harness/requests/restores.ts';
import { backup, create, expectProblem, read, send, untilOperation } from './harness/requests/v1.ts';
import { type Dump, dumpDatabase } from './harness/services/dump.ts';
import { flushPrefix, withRedis } from './harness/services/redis.ts';
import { useWorld } from './harness/world.ts';

/* PostgreSQL is put back from a dump while Redis and the engine are as they were. */

const world = useWorld({ apps: false });
const reason = 'restored from the dump of this test';

const start = async (changes = {}) => {
  const [api, worker] = await Promise.all([world.startApi(changes), world.startWorker(changes)]);
  Object.assign(world, { api, worker });
};
const stop = () => Promise.all([world.api.kill(), world.worker.kill()]);
const completed = async (id: string) => {
  await create(world.api, id);
  await world.api.untilState(id, 'COMPLETED');
};
/** As it is now; the processes are gone meanwhile. */
const dumped = async (): Promise<Dump> => {
  await stop();
  const dump = await dumpDatabase(world.name);
  world.onEnd(dump.remove);
  return dump;
};
const status = () => read<HistoryStatus>(world.api, '/history');
const readiness = async () => (await world.api.call('/actuator/health/readiness')).json;
const rolledBackFigure = async () => {
  const { text } = await world.api.call('/actuator/prometheus');
  return /^tandem_history_rolled_back (\d)$/m.exec(text)?.[1];
};
const acknowledge = () => send(world.api, 'POST', '/history/acknowledge-rollback', { reason });
const eventsOf = (kind: string) => world.sql('select * from event where kind = $1 order by id', kind);
const newestEvent = async () => String((await world.sql('select max(id)::text as id from event'))[0]?.id);
/** Until Redis has a mark of an event that is not older. */
const untilMarked = async () => {
  const newest = await newestEvent();
  await world.until(
    `event ${newest} is marked in Redis`,
    () => withRedis(world.redisUrl, (redis) => redis.hvals(`${world.redisPrefix}:history-marks`)),
    (marks) => marks.some((mark) => Number(mark.split('/')[2]) >= Number(newest)),
  );
};
const liveIndex = () => `${world.prefix}-dashboard_v6`;
const count = async () => {
  await world.engine.call('POST', `${liveIndex()}/_refresh`);
  return (await world.engine.call<{ count: number }>('GET', `${liveIndex()}/_count`)).count;
};

beforeAll(async () => {
  await start();
  await completed('kept');
});

it('is one line of history while nothing is rolled back', async () => {
  await untilMarked();
  expect(await status()).toMatchObject({ rollback: null, redis: { read: true, marks: 1 }, snapshots: { read: true } });
  expect(await readiness()).toMatchObject({ status: 'UP', components: { history: { status: 'UP' } } });
  expect(await rolledBackFigure()).toBe('0');
  expectProblem(await acknowledge(), 409, 'HISTORY_NOT_ROLLED_BACK');
  const [part] = await world.snapshotsOf('kept');
  const { snapshots } = await world.engine.call<{
    snapshots: { uuid: string; metadata: { tandem: { mark: string } } }[];
  }>('GET', `_snapshot/${world.repository}/*`);
  const { historyId, epoch } = await status();
  expect(snapshots.find((one) => one.uuid === part?.uuid)?.metadata.tandem.mark).toMatch(`${historyId}/${epoch}/`);
});

it('writes a heartbeat', async () => {
  const { heartbeatAt } = await status();
  const later = await world.until('the heartbeat moves', status, (seen) => seen.heartbeatAt > heartbeatAt);
  expect(Date.parse(later.heartbeatAt)).toBeGreaterThan(Date.parse(heartbeatAt));
});

it('does not run a restore that was cancelled after the dump', async () => {
  await world.worker.kill();
  const id = await restore(world.api, { backupId: 'kept', deleteExisting: true }, { confirm: 'kept' });
  const dump = await dumped();
  await start();
  expect((await send(world.api, 'POST', `/restores/${id}/cancel`, { reason: 'not today' })).status).toBe(202);
  await untilOperation(world, id, 'CANCELLED');
  await untilMarked();
  await stop();
  const before = await count();
  await world.engine.call('PUT', `${liveIndex()}/_doc/since?refresh=true`, { text: 'written after the dump' });

  await dump.bringBack();
  await start();

  await untilOperation(world, id, 'SUSPENDED');
  expect(await status()).toMatchObject({ rollback: { suspends: 'deletions', mark: { source: 'redis' } } });
  expect(await readiness()).toMatchObject({
    status: 'DEGRADED',
    components: { history: { status: 'WARN', reason: expect.stringMatching(/acknowledge-rollback/) } },
  });
  expect(await rolledBackFigure()).toBe('1');
  const [detected, ...more] = await eventsOf('history.rolled-back');
  expect([detected?.after, more]).toMatchObject([{ scope: 'deletions', mark: { source: 'redis' } }, []]);

  // accepted after the detection: it runs
  await completed('after');
  expect(await count()).toBe(before + 1);

  const old = await status();
  expect((await acknowledge()).json).toMatchObject({ historyId: old.historyId, rollback: null });
  expect((await status()).epoch).not.toBe(old.epoch);
  expect(await eventsOf('history.rollback-acknowledged')).toMatchObject([{ reason, before: { epoch: old.epoch } }]);
  expect(await readiness()).toMatchObject({ status: 'UP' });
  expect(await rolledBackFigure()).toBe('0');
  await untilOperation(world, id, 'SUSPENDED');

  // an operator ends it: nothing is touched
  expect((await send(world.api, 'POST', `/restores/${id}/cancel`, { reason: 'not today' })).status).toBe(202);
  await untilOperation(world, id, 'CANCELLED');
  expect(await count()).toBe(before + 1);
});

it('does not take a backup again that was deleted after the dump, until it is released', async () => {
  await world.worker.kill();
  const operationId = await create(world.api, 'doomed');
  const dump = await dumped();
  await start();
  await world.api.untilState('doomed', 'COMPLETED');
  expect((await send(world.api, 'DELETE', '/backups/doomed', { reason: 'test', confirm: 'doomed' })).status).toBe(202);
  await world.untilEvent('doomed', 'backup.deleted');
  await untilMarked();
  await stop();

  await dump.bringBack();
  await start({ HISTORY_ROLLBACK_TOLERANCE: '0ms' });

  await untilOperation(world, operationId, 'SUSPENDED');
  expect(await status()).toMatchObject({ rollback: { suspends: 'everything', mark: { source: 'redis' } } });
  await completed('after-it');
  expect(await world.snapshotsOf('doomed')).toEqual([]);
  expect(await backup(world.api, 'doomed')).toMatchObject({ state: 'FAILED' });

  const released = await send(world.api, 'POST', `/operations/${operationId}/release`, { reason });
  expect(released.status, released.text).toBe(202);
  await world.api.untilState('doomed', 'COMPLETED');
  expect((await world.snapshotsOf('doomed')).map(({ state }) => state)).toEqual(['SUCCESS', 'SUCCESS']);
  expect((await acknowledge()).status).toBe(200);
});

it('is seen by the metadata of snapshots where Redis is empty, and by an API before its first write', async () => {
  const dump = await dumped();
  await start();
  await completed('made-since');
  await stop();
  await dump.bringBack();
  await flushPrefix(world.redisUrl, world.redisPrefix);

  const api = await world.startApi();
  await create(api, 'first-write');
  const [detected] = (await eventsOf('history.rolled-back')).slice(-1);
  expect(detected).toMatchObject({ source: 'api', after: { mark: { source: 'snapshot' } } });
  const events = await world.sql('select kind from event order by id');
  const kinds = events.map(({ kind }) => kind);
  expect(kinds.lastIndexOf('history.rolled-back')).toBeLessThan(kinds.lastIndexOf('backup.requested'));
  Object.assign(world, { api, worker: await world.startWorker() });
  await api.untilState('first-write', 'COMPLETED');
  expect((await acknowledge()).status).toBe(200);
});

it('is seen again where the same dump is brought back a second time, after the first was acknowledged', async () => {
  const dump = await dumped();
  await start();
  await completed('lost');
  await untilMarked();
  await stop();
  for (const round of ['first', 'second']) {
    await dump.bringBack();
    await start();
    await world.until('the rollback is detected', status, (seen) => seen.rollback !== null);
    expect((await acknowledge()).json).toMatchObject({ rollback: null });
    await completed(`acknowledged-${round}`);
    expect((await status()).rollback).toBeNull();
    await stop();
  }
});

it('notices a failover under processes that run', async () => {
  await start();
  await completed('before-failover');
  // as if the newest events had not reached the replica that took over
  await untilMarked();
  await world.sql(
    `do $$ begin set local session_replication_role = replica; delete from event where id = (select max(id) from event); end $$`,
  );
  await world.until('the sweep detects it', status, (seen) => seen.rollback !== null);
  expect(await eventsOf('history.rolled-back').then((all) => all.at(-1)?.after)).toMatchObject({ scope: 'deletions' });
});
