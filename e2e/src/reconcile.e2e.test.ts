import { cpSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Reconciliation } from '@tandem/shared/contract/reconciliation.ts';
import { expect, it } from 'vitest';
import { reconcile } from './harness/requests/reconcile.ts';
import { backup, create, expectProblem, read, send, untilOperation } from './harness/requests/v1.ts';
import { importIndices } from './harness/services/small-optimize.ts';
import { sharedStack } from './harness/stack.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld();

const completed = async (id: string) => {
  await create(world.api, id);
  await world.api.untilState(id, 'COMPLETED');
  return world.snapshotsOf(id);
};
const remove = (name: string, repository = world.repository) =>
  world.engine.call('DELETE', `_snapshot/${repository}/${name}`);
const takeByHand = (name: string) =>
  world.engine.takeSnapshot(world.repository, name, { indices: importIndices(world.prefix) });
const driftOf = async (id: string) => (await world.events(id)).filter(({ kind }) => String(kind).startsWith('drift.'));
const partsOf = async (id: string) => (await backup(world.api, id)).parts;

it('has nothing to tell before the first comparison, and of one that is not known', async () => {
  expectProblem(await send(world.api, 'GET', '/history/reconcile'), 404, 'RECONCILIATION_NOT_FOUND');
  const unknown = '/history/reconcile/019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44';
  expectProblem(await send(world.api, 'GET', unknown), 404, 'RECONCILIATION_NOT_FOUND');
  expectProblem(await send(world.api, 'GET', '/history/reconcile/latest'), 400, 'REQUEST_INVALID');
  expectProblem(await send(world.api, 'POST', '/history/reconcile', { wait: 'long' }), 400, 'REQUEST_INVALID');
});

it('tells what vanished, what was replaced and what another tool made, each once, and when it was noticed', async () => {
  const [vanished] = await completed('vanished');
  const [, replaced] = await completed('replaced');
  await completed('fine');
  await remove(vanished?.snapshot ?? '');
  await remove(replaced?.snapshot ?? '');
  await takeByHand(replaced?.snapshot ?? '');
  await takeByHand('camunda_optimize_theirs_3.9.0_part_1_of_2');

  const { figures, complete, endedAt } = await reconcile(world.api);

  expect(complete).toBe(true);
  expect(figures).toMatchObject({
    ...{ backups: 3, skipped: 0, changedCount: 2, discoveredCount: 1, unverifiedCount: 0 },
    parts: { present: 4, vanished: 1, replaced: 1, foreign: 0, unread: 0 },
    discovered: [{ backupId: 'theirs', optimizeVersion: '3.9.0', state: 'INCOMPLETE', repository: world.repository }],
    repositories: [{ repository: world.repository, backups: 3, snapshots: 6, unread: null }],
  });
  expect(figures.changed).toEqual([
    {
      ...{ backupId: 'replaced', optimizeVersion: '3.9.0', before: 'COMPLETED', state: 'INCOMPLETE' },
      parts: [{ number: 2, is: 'replaced' }],
    },
    {
      ...{ backupId: 'vanished', optimizeVersion: '3.9.0', before: 'COMPLETED', state: 'INCOMPLETE' },
      parts: [{ number: 1, is: 'vanished' }],
    },
  ]);
  const again = [await reconcile(world.api), await reconcile(world.api)];
  for (const { figures: now } of again) {
    expect(now).toMatchObject({ backups: 4, changedCount: 0, discoveredCount: 0 });
    expect(now.parts).toEqual({ present: 5, vanished: 1, replaced: 1, foreign: 0, unread: 0 });
  }

  const [event, ...more] = await driftOf('vanished');
  expect(more).toEqual([]);
  expect(event).toMatchObject({
    ...{ kind: 'drift.vanished', source: 'worker', actor: { kind: 'system', name: 'reconcile' } },
    before: { part: 1, snapshot: vanished?.snapshot, uuid: vanished?.uuid, state: 'SUCCESS', drift: null },
    after: { part: 1, snapshot: vanished?.snapshot, uuid: null },
  });
  const { state, parts } = await backup(world.api, 'vanished');
  expect(state).toBe('INCOMPLETE');
  expect(parts[0]).toMatchObject({ uuid: vanished?.uuid, state: 'SUCCESS', drift: { is: 'vanished', uuid: null } });
  const { noticedAt = '' } = (parts[0]?.drift ?? {}) as { noticedAt?: string };
  expect(Date.parse(noticedAt)).toBeLessThanOrEqual(Date.parse(endedAt ?? ''));
  expect(event?.at).toEqual(new Date(noticedAt));
  const [, other] = await world.snapshotsOf('replaced');
  expect((await partsOf('replaced'))[1]).toMatchObject({ drift: { is: 'replaced', uuid: other?.uuid } });
  expect(await driftOf('replaced')).toMatchObject([{ kind: 'drift.replaced', after: { uuid: other?.uuid } }]);
  for (const id of ['vanished', 'replaced']) {
    const changes = (await world.events(id)).filter(({ kind }) => kind === 'backup.state-changed');
    expect(changes).toMatchObject([{ before: { state: 'COMPLETED' }, after: { state: 'INCOMPLETE' } }]);
  }
  expect(await driftOf('fine')).toEqual([]);
  const theirs = await backup(world.api, 'theirs');
  const [made] = await world.snapshotsOf('theirs');
  expect(theirs).toMatchObject({
    ...{ origin: 'discovered', requestedAt: new Date(made?.start_time_in_millis ?? 0).toISOString() },
    parts: [{ uuid: made?.uuid, endedAt: new Date(made?.end_time_in_millis ?? 0).toISOString() }, { uuid: null }],
  });
});

it('has figures of it for whoever watches', async () => {
  const { text } = await world.api.call('/actuator/prometheus');
  expect(text).toContain('tandem_drifted_parts{drift="vanished"} 1\n');
  expect(text).toContain('tandem_drifted_parts{drift="replaced"} 1\n');
  expect(text).toContain('tandem_unread_repositories 0\n');
  expect(text).toMatch(/^tandem_last_complete_reconciliation_age_seconds [\d.]+$/m);
});

it('says when a read noticed it first, and tells it no second time', async () => {
  const [, second] = await completed('read-first');
  await remove(second?.snapshot ?? '');
  expect(await world.api.state('read-first')).toBe('INCOMPLETE');
  await world.untilEvent('read-first', 'drift.vanished');
  await reconcile(world.api);
  expect(await driftOf('read-first')).toMatchObject([{ kind: 'drift.vanished', source: 'api' }]);
});

it('tells a snapshot of somebody else under the name of a part that was never made', async () => {
  await world.stopWorker();
  const operationId = await create(world.api, 'foreign');
  const cancel = await send(world.api, 'POST', `/operations/${operationId}/cancel`, { reason: 'not needed' });
  expect(cancel.status, cancel.text).toBeLessThan(300);
  Object.assign(world, { worker: await world.startWorker() });
  const { snapshotName } = (await partsOf('foreign'))[0] as unknown as { snapshotName: string };
  await untilOperation(world, operationId, 'CANCELLED');
  await world.until(
    'nothing is open',
    () =>
      world.sql(
        "select 1 from operation o join backup b on b.key = o.backup_key where b.backup_id = 'foreign' and o.ended_at is null",
      ),
    (open) => open.length === 0,
  );
  await takeByHand(snapshotName);
  const { figures } = await reconcile(world.api);
  expect(figures).toMatchObject({ parts: { foreign: 1 }, discoveredCount: 0 });
  expect((await partsOf('foreign'))[0]).toMatchObject({ uuid: null, drift: { is: 'foreign' } });
  await remove(snapshotName);
  await reconcile(world.api);
  expect((await driftOf('foreign')).map(({ kind }) => kind)).toEqual(['drift.foreign', 'drift.returned']);
});

it('answers what is queued or runs to whoever asks meanwhile, and its end to whoever waits', async () => {
  await reconcile(world.api);
  const bodies = await Promise.all(Array.from({ length: 8 }, () => send(world.api, 'POST', '/history/reconcile', {})));
  const asked = bodies.map(({ json }) => json as unknown as Reconciliation);
  for (const { status, headers } of bodies) {
    expect(status).toBe(202);
    expect(headers.get('location')).toMatch(/^\/api\/v1\/history\/reconcile\/[0-9a-f-]{36}$/);
  }
  const ids = new Set(asked.map(({ reconciliationId }) => reconciliationId));
  const events = await world.sql(
    "select after ->> 'reconciliationId' as id from event where kind = 'reconcile.requested'",
  );
  expect([...ids].every((id) => events.some((event) => event.id === id))).toBe(true);
  const [id] = ids;
  const ended = await read<Reconciliation>(world.api, `/history/reconcile/${id}?wait=20s`);
  expect(ended).toMatchObject({ state: 'ENDED', reconciliationId: id, complete: true });
});

it('concludes nothing from a repository that is not registered, or that is another one under its name', async () => {
  const repository = await world.newRepository('moved');
  const changes = { CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: repository };
  const api = await world.startApi(changes);
  await create(api, 'in-moved');
  await api.untilState('in-moved', 'COMPLETED');
  const location = join(sharedStack().repositoriesPath, repository);
  const copy = `${location}-copy`;
  cpSync(location, copy, { recursive: true });
  const state = async () => (await backup(world.api, 'in-moved')).state;
  const reading = async () => {
    const { figures, complete } = await reconcile(world.api);
    expect(complete).toBe(figures.repositories.every(({ unread }) => unread === null));
    return figures.repositories.find((one) => one.repository === repository);
  };
  expect(await reading()).toMatchObject({ backups: 1, parts: { present: 2 }, unread: null });

  await world.engine.call('DELETE', `_snapshot/${repository}`);
  expect(await reading()).toMatchObject({ backups: 1, unread: { code: 'REPOSITORY_UNKNOWN' } });
  await world.engine.putRepository(repository, `${location}-other`);
  expect(await reading()).toMatchObject({ backups: 1, unread: { code: 'REPOSITORY_CHANGED' } });
  expect(await driftOf('in-moved')).toEqual([]);
  expect(await state()).toBe('COMPLETED');

  // what was deleted behind our back comes back with the copy of the repository
  await world.engine.call('DELETE', `_snapshot/${repository}`);
  await world.engine.putRepository(repository, location);
  for (const { snapshot } of await world.snapshotsOf('in-moved', repository)) await remove(snapshot, repository);
  expect(await reading()).toMatchObject({ unread: null, parts: { present: 0, vanished: 2 } });
  expect(await state()).toBe('INCOMPLETE');
  await world.engine.call('DELETE', `_snapshot/${repository}`);
  renameSync(location, `${location}-emptied`);
  renameSync(copy, location);
  await world.engine.putRepository(repository, location);
  expect(await reading()).toMatchObject({ unread: null, parts: { present: 2, vanished: 0 } });
  expect(await state()).toBe('COMPLETED');
  expect((await driftOf('in-moved')).map(({ kind }) => kind)).toEqual([
    ...['drift.vanished', 'drift.vanished'],
    ...['drift.returned', 'drift.returned'],
  ]);
  expect((await partsOf('in-moved')).map(({ drift }) => drift)).toEqual([null, null]);
  await api.kill();
});

it('sees no drift in backups that are made and deleted while it compares', async () => {
  const ids = Array.from({ length: 6 }, (_, nth) => `busy-${nth}`);
  let working = true;
  const comparing = async () => {
    let rounds = 0;
    for (; working; rounds += 1) await reconcile(world.api);
    return rounds;
  };
  const rounds = comparing();
  for (const id of ids) await create(world.api, id);
  for (const id of ids.slice(0, 4)) {
    await world.api.untilState(id, 'COMPLETED');
    const deleted = await send(world.api, 'DELETE', `/backups/${id}`, { reason: 'test', confirm: id });
    expect(deleted.status, deleted.text).toBe(202);
  }
  for (const id of ids.slice(4)) await world.api.untilState(id, 'COMPLETED');
  for (const id of ids.slice(0, 4)) await world.untilEvent(id, 'backup.deleted');
  working = false;
  expect(await rounds).toBeGreaterThan(2);
  for (const id of ids) {
    const kinds = (await world.events(id)).map(({ kind }) => String(kind));
    expect(kinds.filter((kind) => /^drift\.|discovered|state-changed/.test(kind))).toEqual([]);
  }
});

it('goes through hundreds of long names, whose details do not fit one request', async () => {
  const long = 'x'.repeat(150);
  // more than a page of 200 backups; a request has room for about 15 such names
  const names = Array.from({ length: 210 }, (_, nth) => `camunda_optimize_${long}.${nth}_3.9.0_part_1_of_2`);
  const [index] = importIndices(world.prefix);
  const waiting = names.values();
  const takeNext = async () => {
    for (const name of waiting) await world.engine.takeSnapshot(world.repository, name, { indices: index });
  };
  await Promise.all(Array.from({ length: 8 }, takeNext));

  const { figures } = await reconcile(world.api);
  expect(figures).toMatchObject({ discoveredCount: 210, unverifiedCount: 0 });
  await world.engine.call('DELETE', `_snapshot/${world.repository}/camunda_optimize_${long}.1*`);
  const after = (await reconcile(world.api)).figures;
  expect(after).toMatchObject({ discoveredCount: 0, unverifiedCount: 0 });
  expect(after.changedCount).toBe(names.filter((name) => name.includes(`${long}.1`)).length);
  expect((await reconcile(world.api)).figures).toMatchObject({ changedCount: 0, discoveredCount: 0 });
}, 300_000);

it('compares by itself', async () => {
  // one worker compares, by its own settings
  await world.stopWorker();
  Object.assign(world, { worker: await world.startWorker({ RECONCILE_INTERVAL: '1s' }) });
  const first = await world.until(
    'a comparison by the schedule has ended',
    () => read<Reconciliation>(world.api, '/history/reconcile'),
    ({ trigger, state }) => trigger === 'schedule' && state === 'ENDED',
  );
  const second = await world.until(
    'another one has',
    () => read<Reconciliation>(world.api, '/history/reconcile'),
    ({ reconciliationId, state }) => reconciliationId !== first.reconciliationId && state === 'ENDED',
  );
  expect(second).toMatchObject({ trigger: 'schedule', state: 'ENDED' });
});
