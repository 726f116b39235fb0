import { beforeAll, expect, it } from 'vitest';
import { reconcile } from './harness/requests/reconcile.ts';
import { indexNames, planRestore, removeIndices, restore, untilRestoreEnded } from './harness/requests/restores.ts';
import { backup, create, expectProblem, send } from './harness/requests/v1.ts';
import { importIndices, otherIndices, putSmallOptimize } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

/** A second Optimize and other components share the engine, under names that begin with our prefix. */
const world = useWorld({ environment: { LEASE_DURATION: '1s' } });
const ours = () => [...importIndices(world.prefix), ...otherIndices(world.prefix)].sort();
const staging = () => `${world.prefix}-staging`;
const components = () =>
  [
    'operate-list-view-8.3.0_',
    'tasklist-task-8.3.0_',
    'zeebe-record_process_8.3.0_2024-01-01',
    'camunda-web-session',
  ].map((name) => `${world.prefix}-${name}`);
const foreign = () => [...importIndices(staging()), ...otherIndices(staging()), ...components()].sort();

const uuids = async (names: readonly string[]): Promise<Readonly<Record<string, string>>> => {
  type Found = Record<string, { settings: { index: { uuid: string } } }>;
  const found = await world.engine.call<Found>('GET', `${world.prefix}-*?expand_wildcards=all`);
  return Object.fromEntries(names.map((name) => [name, found[name]?.settings.index.uuid ?? 'missing']));
};

const inPlace = (backupId: string, more: object = {}) => ({ backupId, deleteExisting: true, ...more });
const restored = async (request: { readonly backupId: string }) => {
  const id = await restore(world.api, request, { confirm: request.backupId });
  return untilRestoreEnded(world, id);
};

/** As `replicas` of the settings: one for our alerts, one for all of the other installation. */
const putTemplates = async (replicas: number): Promise<void> => {
  for (const [name, pattern] of Object.entries(templates()))
    await world.engine.call('PUT', `_index_template/${name}`, {
      ...{ index_patterns: [pattern], priority: 7 },
      template: { settings: { number_of_replicas: replicas } },
    });
};
const templates = () => ({
  [`${world.prefix}-alerts`]: `${world.prefix}-alert_v*`,
  [`${staging()}-all`]: `${staging()}-*`,
});
const replicasOf = async (name: string) => {
  type Found = {
    index_templates: { index_template: { template: { settings: { index: { number_of_replicas: string } } } } }[];
  };
  const { index_templates } = await world.engine.call<Found>('GET', `_index_template/${name}`);
  return index_templates[0]?.index_template.template.settings.index.number_of_replicas;
};

beforeAll(async () => {
  await putTemplates(0);
  world.onEnd(() => world.engine.call('DELETE', `_index_template/${Object.keys(templates()).join()}`));
  await putSmallOptimize(world.engine, staging());
  for (const name of components()) await world.engine.createIndex(name);
  await create(world.api, 'mine');
  await world.api.untilState('mine', 'COMPLETED');
});

it('backs up its own indices alone, and shows what it leaves out', async () => {
  const saved = (await world.snapshotsOf('mine')).flatMap(({ indices }) => indices);
  expect(saved.toSorted()).toEqual(ours());
  const otherInstallation = foreign().filter((name) => name.startsWith(staging()));
  const leftOut = { unknown: [], otherInstallation, otherComponent: components().toSorted(), forms: ['plain'] };
  expect(await backup(world.api, 'mine')).toMatchObject({ ownership: leftOut });
  const events = await world.events('mine');
  expect(events[0]).toMatchObject({ kind: 'backup.requested', after: { ownership: leftOut } });
  expect(events.map(({ kind }) => kind)).not.toContain('ownership.changed');
});

it('takes an index that it does not know, and says that the list has changed', async () => {
  const unknown = `${world.prefix}-brand-new-feature_v0`;
  await world.engine.createIndex(unknown);
  await create(world.api, 'second');
  await world.api.untilState('second', 'COMPLETED');
  await world.engine.call('DELETE', unknown);
  expect((await world.snapshotsOf('second'))[1]?.indices).toContain(unknown);
  expect(await backup(world.api, 'second')).toMatchObject({ ownership: { unknown: [unknown] } });
  expect((await world.events('second')).filter(({ kind }) => kind === 'ownership.changed')).toMatchObject([
    {
      before: { backupId: 'mine', unknown: { names: [], more: 0 } },
      after: { part: 1, unknown: { names: [unknown], more: 0 } },
    },
  ]);
});

it('restores in place and leaves another installation and other components alone', async () => {
  const before = await uuids(foreign());
  await world.engine.putDocuments(`${staging()}-dashboard_v6`, [{ of: 'staging' }]);
  const plan = await planRestore(world.api, inPlace('mine'));
  expect(plan.blockers).toEqual([]);
  expect(plan.deletes.map(({ index }) => index).toSorted()).toEqual(ours());
  expect(plan).toMatchObject({
    ownership: {
      otherInstallation: foreign().filter((name) => name.startsWith(staging())),
      otherComponent: components().toSorted(),
    },
  });

  expect(await restored(inPlace('mine'))).toMatchObject({ state: 'SUCCEEDED', report: { differing: 0 } });

  expect(await uuids(foreign())).toEqual(before);
  expect(await world.engine.count(`${staging()}-dashboard_v6`)).toBe(2);
  expect(Object.values(await uuids(ours()))).not.toContain('missing');
});

it('puts back its own templates alone', async () => {
  const [ours, theirs] = [`${world.prefix}-alerts`, `${staging()}-all`];
  await putTemplates(1);
  const leftOut = [{ template: `indexTemplates/${theirs}`, why: 'otherInstallation' }];
  expect((await planRestore(world.api, inPlace('mine'))).templates).toEqual({
    missing: [],
    changed: [`indexTemplates/${ours}`],
    leftOut,
  });
  const id = await restore(world.api, inPlace('mine'), { confirm: 'mine', restoreTemplates: true });
  expect(await untilRestoreEnded(world, id)).toMatchObject({
    state: 'SUCCEEDED',
    report: { templates: { restored: [`indexTemplates/${ours}`], leftOut } },
  });
  expect(await replicasOf(ours)).toBe('0');
  expect(await replicasOf(theirs)).toBe('1');
});

it('neither deletes nor keeps an unknown index without being told which', async () => {
  const unknown = `${world.prefix}-brand-new-feature_v1`;
  await world.engine.createIndex(unknown);
  const { blockers } = await planRestore(world.api, inPlace('mine'));
  expect(blockers).toMatchObject([{ code: 'UNKNOWN_INDICES', found: [unknown] }]);
  expect(blockers[0]?.remedy).toContain(`"keepUnknown": ["${unknown}"]`);
  const before = await uuids([unknown]);

  expect(await restored(inPlace('mine', { keepUnknown: [unknown] }))).toMatchObject({ state: 'SUCCEEDED' });
  expect(await uuids([unknown])).toEqual(before);

  expect(await restored(inPlace('mine', { deleteUnknown: [unknown] }))).toMatchObject({ state: 'SUCCEEDED' });
  expect(await indexNames(world.engine, `${unknown}*`)).toEqual([]);
});

it('leaves out in place what an older backup holds of another installation, and restores it under other names', async () => {
  const saved = { 1: [...importIndices(world.prefix)], 2: [...otherIndices(world.prefix), ...foreign()] };
  for (const [part, indices] of Object.entries(saved))
    await world.engine.takeSnapshot(world.repository, `camunda_optimize_old_3.9.0_part_${part}_of_2`, {
      indices: indices.join(),
    });
  const before = await uuids(foreign());

  const plan = await planRestore(world.api, inPlace('old'));
  expect((plan.notRestored as { index: string }[]).map(({ index }) => index).toSorted()).toEqual(foreign());
  expect(await restored(inPlace('old'))).toMatchObject({ state: 'SUCCEEDED' });
  expect(await uuids(foreign())).toEqual(before);

  const target = { renamePattern: '(.+)', renameReplacement: 'aside-$1' };
  expect(await untilRestoreEnded(world, await restore(world.api, { backupId: 'old', target }))).toMatchObject({
    state: 'SUCCEEDED',
  });
  const aside = [...ours(), ...foreign()].map((name) => `aside-${name}`).toSorted();
  expect(await indexNames(world.engine, `aside-${world.prefix}-*`)).toEqual(aside);
  await removeIndices(world.engine, `aside-${world.prefix}-*`);
});

it('takes no backup of another installation in the same repository for its own', async () => {
  const nameOf = (part: number) => `camunda_optimize_theirs_3.9.0_part_${part}_of_2`;
  await world.engine.takeSnapshot(world.repository, nameOf(1), { indices: importIndices(staging()).join() });
  await world.engine.takeSnapshot(world.repository, nameOf(2), { indices: otherIndices(staging()).join() });

  const seen = await send(world.api, 'GET', '/backups/theirs');
  expect(expectProblem(seen, 404, 'BACKUP_NOT_FOUND')).toContain(`the index prefix of this one is ${world.prefix}`);
  const { figures } = await reconcile(world.api);
  expect(figures).toMatchObject({
    discoveredCount: 0,
    changedCount: 0,
    parts: { vanished: 0, replaced: 0, foreign: 0 },
  });
  expect(await world.sql("select key from backup where backup_id = 'theirs'")).toEqual([]);
  const asked = await send(world.api, 'POST', '/backups', { backupId: 'theirs' });
  expect(expectProblem(asked, 409, 'SNAPSHOT_EXISTS')).toContain(nameOf(1));
  expect(await world.snapshotsOf('theirs')).toHaveLength(2);
});
