import { expect, it } from 'vitest';
import { expectRefusal } from './harness/requests/expect-refusal.ts';
import { reconcile } from './harness/requests/reconcile.ts';
import { planRestore } from './harness/requests/restores.ts';
import { backup, create, expectProblem, send } from './harness/requests/v1.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld();
const SENTENCE = 'The repository does not match the recorded one';

type Registered = Readonly<
  Record<string, { readonly uuid?: string; readonly settings: { readonly location: string } }>
>;

const registered = async () => {
  const found = await world.engine.call<Registered>('GET', `_snapshot/${world.repository}`);
  const { uuid, settings } = found[world.repository] ?? { settings: { location: '' } };
  return { uuid, location: settings.location };
};
/** The same name at another place, as an operator does by mistake: nothing is removed first. */
const register = (location: string) => world.engine.putRepository(world.repository, location);
const completed = async (id: string) => {
  await create(world.api, id);
  await world.api.untilState(id, 'COMPLETED');
};
const driftOf = async (id: string) => (await world.events(id)).filter(({ kind }) => String(kind).startsWith('drift.'));
const told = async () => {
  const rows = await world.sql("select kind, reason from event where kind like 'repository.%' order by id");
  return rows.map(({ kind, reason }) => (reason === null ? kind : `${kind}: ${reason}`));
};
const metric = async () => {
  const { text } = await world.api.call('/actuator/prometheus');
  return /^tandem_changed_repositories (\d+)$/m.exec(text)?.[1];
};
const repositoryHealth = async () => {
  const { text } = await world.api.call('/actuator/health/readiness');
  return JSON.parse(text).components.repository as { status: string; reason?: string };
};

let home = '';

it('says nothing new of a backup whose parts are all gone from a place with the same uuid', async () => {
  for (const id of ['first', 'second']) await completed(id);
  expect((await reconcile(world.api)).complete).toBe(true);
  const { uuid, location } = await registered();
  home = location;
  await register(`${home}-empty`);
  expect((await registered()).uuid).toBe(uuid);

  const seen = await backup(world.api, 'first');
  expect(seen).toMatchObject({ state: 'COMPLETED', asOf: seen.stateSeenAt });
  expect(await world.api.state('first')).toBe('COMPLETED');
  await backup(world.api, 'first');
  expect(await driftOf('first')).toEqual([]);
});

it('records only that the repository is another one, and answers with what was last known', async () => {
  const { figures, complete } = await reconcile(world.api);
  expect(complete).toBe(false);
  expect(figures).toMatchObject({ changedCount: 0, discoveredCount: 0, parts: { vanished: 0 } });
  expect(figures.repositories).toMatchObject([{ backups: 2, unread: { code: 'REPOSITORY_CHANGED' } }]);
  expect(await told()).toEqual(['repository.changed']);
  for (const id of ['first', 'second']) {
    const seen = await backup(world.api, id);
    expect(seen).toMatchObject({ state: 'COMPLETED', asOf: seen.stateSeenAt });
    expect(await driftOf(id)).toEqual([]);
    const refused = await world.api.get(id);
    expectRefusal(refused, 500, 'serverError');
    expect(refused.text).toContain(SENTENCE);
  }
});

it('refuses backups meanwhile, and shows why', async () => {
  const refused = await send(world.api, 'POST', '/backups', { backupId: 'third' });
  expectProblem(refused, 409, 'REPOSITORY_CHANGED');
  expect(refused.text).toContain(SENTENCE);
  expectRefusal(await world.api.post('third'), 500, 'serverError');
  expect(await world.snapshotsOf('third')).toEqual([]);
  expect(await repositoryHealth()).toMatchObject({ status: 'WARN', reason: expect.stringContaining(SENTENCE) });
  expect(await metric()).toBe('1');
});

it('goes on once the old place is registered again and was compared', async () => {
  await register(home);
  // its snapshots are there again, and no safety backup is accepted beside them before the comparison
  const wish = { backupId: 'first', deleteExisting: true };
  const { blockers } = await planRestore(world.api, wish);
  expect(blockers.map(({ code }) => code)).toEqual(['INDICES_UNSAVABLE']);
  expect(blockers[0]).toMatchObject({
    message: expect.stringContaining(SENTENCE),
    remedy: expect.stringContaining('Register its old location again and reconcile'),
  });
  expect((await reconcile(world.api)).complete).toBe(true);
  expect((await planRestore(world.api, wish)).blockers).toEqual([]);
  expect(await told()).toEqual(['repository.changed', 'repository.returned']);
  expect(await backup(world.api, 'first')).toMatchObject({ state: 'COMPLETED', asOf: null });
  expect(await world.api.state('second')).toBe('COMPLETED');
  expect(await repositoryHealth()).toEqual({ status: 'UP' });
  expect(await metric()).toBe('0');
  await completed('third');
});

it('goes on in the other place once an operator has accepted it, and records then what is gone', async () => {
  const path = `/repositories/${world.repository}/accept`;
  expectProblem(await send(world.api, 'POST', path, { reason: 'early' }), 404, 'REPOSITORY_NOT_CHANGED');
  await register(`${home}-empty`);
  await reconcile(world.api);
  expectProblem(await send(world.api, 'POST', path, {}), 400, 'REQUEST_INVALID');
  const accepted = await send(world.api, 'POST', path, { reason: 'the disk is lost' });
  expect(accepted.status, accepted.text).toBe(200);
  expect(accepted.json).toMatchObject({ repository: world.repository, missing: 3, settings: 'changed' });
  expectProblem(await send(world.api, 'POST', path, { reason: 'again' }), 404, 'REPOSITORY_NOT_CHANGED');

  await completed('fourth');
  expect((await reconcile(world.api)).complete).toBe(true);
  for (const id of ['first', 'second', 'third']) {
    expect(await backup(world.api, id)).toMatchObject({ state: 'INCOMPLETE' });
    expect((await driftOf(id)).map(({ kind }) => kind)).toEqual(['drift.vanished', 'drift.vanished']);
  }
  expect(await world.api.state('fourth')).toBe('COMPLETED');
  expect((await told()).slice(2)).toEqual(['repository.changed', 'repository.accepted: the disk is lost']);
  const again = await reconcile(world.api);
  expect(again).toMatchObject({ complete: true, figures: { changedCount: 0, parts: { present: 2, vanished: 6 } } });
  expect(await metric()).toBe('0');
});
