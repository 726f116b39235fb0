import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Reconciliation } from '@tandem/shared/contract/reconciliation.ts';
import { beforeAll, expect, it } from 'vitest';
import type { AppProcess } from './harness/app-process.ts';
import { programs } from './harness/paths.ts';
import type { Api } from './harness/requests/api.ts';
import { reconcile } from './harness/requests/reconcile.ts';
import { backup, create, read, send } from './harness/requests/v1.ts';
import { type Dump, dumpDatabase, emptyDatabase } from './harness/services/dump.ts';
import { flushPrefix } from './harness/services/redis.ts';
import { useWorld } from './harness/world.ts';

/* The steps of docs/disaster-recovery.md. */

const world = useWorld({ apps: false });
let api: Api;
let worker: AppProcess;

const start = async (changes = {}) => {
  [api, worker] = await Promise.all([world.startApi(changes), world.startWorker(changes)]);
};
const stop = () => Promise.all([api.kill(), worker.kill()]);
const completed = async (id: string) => {
  await create(api, id);
  await api.untilState(id, 'COMPLETED');
};
const deleted = async (id: string) => {
  const answer = await send(api, 'DELETE', `/backups/${id}`, { reason: 'test', confirm: id });
  expect(answer.status, answer.text).toBe(202);
  await world.untilEvent(id, 'backup.deleted');
};
const kindsOf = async (id: string) => (await world.events(id)).map(({ kind }) => String(kind));

type PartBody = { readonly indices: readonly string[] } & Record<string, unknown>;
/** What of a backup comes from the repository. */
const factsOf = async (id: string) => {
  const { backupId, optimizeVersion, state, repository, repositoryUuid, clusterUuid, requestedAt, parts } =
    await backup(api, id);
  return {
    ...{ backupId, optimizeVersion, state, repository, repositoryUuid, clusterUuid, requestedAt },
    parts: (parts as unknown as readonly PartBody[]).map(
      ({ number, of, snapshotName, uuid, state: is, indices, startedAt, endedAt, engineVersion, shards }) => ({
        ...{ number, of, snapshotName, uuid, state: is, startedAt, endedAt, engineVersion, shards },
        indices: [...indices].sort(),
      }),
    ),
  };
};

/** As `npm run audit:verify`; rejects where it finds something. */
const verify = () =>
  promisify(execFile)(process.execPath, [programs['audit-verify']], {
    env: { PATH: process.env.PATH, DATABASE_URL: world.databaseUrl },
  });

beforeAll(async () => {
  await start();
});

it('goes on from an older dump: what came since is discovered, what was deleted since has vanished', async () => {
  for (const id of ['kept', 'deleted-since', 'used-again']) await completed(id);
  await worker.kill();
  await create(api, 'begun');
  await api.kill();
  const dump: Dump = await dumpDatabase(world.name);
  world.onEnd(dump.remove);

  await start();
  await api.untilState('begun', 'COMPLETED');
  await completed('made-since');
  await deleted('deleted-since');
  await deleted('used-again');
  await completed('used-again');
  const before = await factsOf('made-since');
  const begun = await world.snapshotsOf('begun');
  const { requestedBy } =
    (await world.sql('select requested_by as "requestedBy" from backup where backup_id = \'made-since\''))[0] ?? {};
  const operationId = (await backup(api, 'made-since')).create?.operationId;
  await stop();

  await dump.bringBack();
  await start();
  expect(await read(api, '/history')).toMatchObject({ rollback: { suspends: 'deletions' } });
  // open in the dump, done since: its snapshots are adopted, not made again
  await api.untilState('begun', 'COMPLETED');
  expect((await world.snapshotsOf('begun')).map(({ uuid }) => uuid)).toEqual(begun.map(({ uuid }) => uuid));
  const { figures, complete } = await reconcile(api);

  expect(complete).toBe(true);
  expect(figures.discovered).toEqual([
    { backupId: 'made-since', optimizeVersion: '3.9.0', state: 'COMPLETED', repository: world.repository },
  ]);
  expect(figures.changed.map(({ backupId, state, parts }) => [backupId, state, parts.map(({ is }) => is)])).toEqual([
    ['deleted-since', 'INCOMPLETE', ['vanished', 'vanished']],
    ['used-again', 'INCOMPLETE', ['replaced', 'replaced']],
  ]);
  expect(await factsOf('made-since')).toEqual(before);
  const [discovered, ...more] = await world.events('made-since');
  expect(more).toEqual([]);
  expect(discovered).toMatchObject({
    kind: 'backup.discovered',
    after: {
      state: 'COMPLETED',
      metadata: {
        ...{ operationIds: [operationId], requestedAt: before.requestedAt },
        requestedBy: (requestedBy as { address: string }).address,
        manifests: [{ part: 1 }, { part: 2 }],
      },
    },
  });
  expect(await api.state('kept')).toBe('COMPLETED');
  expect(await kindsOf('kept')).not.toContain('backup.state-changed');
  expect((await reconcile(api)).figures).toMatchObject({ changedCount: 0, discoveredCount: 0 });
  expect(await kindsOf('deleted-since')).toEqual(
    expect.arrayContaining(['backup.completed', 'drift.vanished', 'backup.state-changed']),
  );

  // a record whose snapshots are others: once it is deleted, those that are there are taken in
  await deleted('used-again');
  expect((await world.snapshotsOf('used-again')).map(({ state }) => state)).toEqual(['SUCCESS', 'SUCCESS']);
  expect((await reconcile(api)).figures.discovered).toMatchObject([{ backupId: 'used-again', state: 'COMPLETED' }]);
  expect(await api.state('used-again')).toBe('COMPLETED');

  await completed('after');
  const acknowledged = await send(api, 'POST', '/history/acknowledge-rollback', { reason: 'restored from a dump' });
  expect(acknowledged.json, acknowledged.text).toMatchObject({ rollback: null });
  await verify();
});

it('rebuilds an empty history from the repository, without being told any id', async () => {
  await deleted('deleted-since');
  const ids = ['kept', 'begun', 'made-since', 'used-again', 'after'];
  const states = await Promise.all(ids.map((id) => api.state(id)));
  const facts = await Promise.all(ids.map(factsOf));
  await stop();
  await emptyDatabase(world.name);
  await flushPrefix(world.redisUrl, world.redisPrefix);

  await start({ RECONCILE_INTERVAL: '1s' });
  await world.until(
    'a comparison has ended',
    () => send(api, 'GET', '/history/reconcile').then(({ json }) => json as Partial<Reconciliation> | undefined),
    (seen) => seen?.state === 'ENDED',
  );
  const { items } = await read<{ items: readonly { backupId: string; origin: string }[] }>(api, '/backups?limit=100');
  expect(items.map(({ backupId }) => backupId).sort()).toEqual([...ids].sort());
  expect(new Set(items.map(({ origin }) => origin))).toEqual(new Set(['discovered']));
  expect(await Promise.all(ids.map((id) => api.state(id)))).toEqual(states);
  expect(await Promise.all(ids.map(factsOf))).toEqual(facts);
  for (const id of ids) expect(await kindsOf(id)).toEqual(['backup.discovered']);

  const plan = await send(api, 'POST', '/restores/plan', {
    backupId: 'kept',
    target: { renamePattern: '(.+)', renameReplacement: 'beside-$1' },
  });
  expect(plan.status, plan.text).toBe(200);
  expect(plan.json).toMatchObject({ blockers: [], parts: [{ number: 1 }, { number: 2 }] });
  expect(plan.text).toMatch(/manifest/);
  expect((await api.post('kept')).status).toBe(409);
  await completed('next');
  expect((await reconcile(api)).figures).toMatchObject({ changedCount: 0, discoveredCount: 0 });
  await verify();
});
