import { beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, restoreOfPart, untilEnded } from './faults/restore-promise.ts';
import type { AppProcess } from './harness/app-process.ts';
import { allDocuments, type Json, planRestore, restore, untilStarted } from './harness/requests/restores.ts';
import { create, expectProblem, read, send } from './harness/requests/v1.ts';
import { type EngineGate, openEngineGate } from './harness/services/engine-gate.ts';
import { importIndices, otherIndices } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

/* Some indices of a backup are restored, and the others keep their uuids and their documents. */

const world = useWorld({ apps: false, environment: { LEASE_DURATION: '1s' } });
let gate: EngineGate;
let worker: AppProcess;

const named = (...names: readonly string[]) => names.map((name) => `${world.prefix}-${name}`);
const reports = () => named('combined-report_v4', 'single-process-report_v10');
const [rolled, next] = [1, 2].map((at) => () => `${world.prefix}-variable-update-instance_v2-00000${at}`) as [
  () => string,
  () => string,
];
const alias = () => `${world.prefix}-variable-update-instance`;
const ours = () => `${world.prefix}-*`;
const startGatedWorker = () => world.startWorker({ ELASTICSEARCH_URL: gate.url });
const remove = async (names: readonly string[]) => {
  for (const name of names) await world.engine.call('DELETE', name);
};

/** Uuid and documents of every index of this Optimize but those. */
const lookAtOthers = async (names: readonly string[]) => {
  const path = `${ours()}/_settings/index.uuid?expand_wildcards=all&flat_settings=true`;
  const found = await world.engine.call<Record<string, { settings: Json }>>('GET', path);
  const isOther = ([name]: readonly [string, unknown]) => !names.some((one) => name.startsWith(one));
  return {
    uuids: Object.fromEntries(Object.entries(found).filter(isOther)),
    documents: Object.fromEntries(Object.entries(await allDocuments(world.engine, ours())).filter(isOther)),
  };
};

const documentsOf = async (name: string) => {
  const found = await allDocuments(world.engine, name);
  return Object.values(found);
};

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const api = await world.startApi();
  worker = await startGatedWorker();
  Object.assign(world, { api });
  for (const name of reports()) {
    await world.engine.createIndex(name, { aliases: { [name.replace(/_v\d+$/, '')]: {} } });
    await world.engine.putDocuments(name, [{ of: name }, { and: 'another' }]);
  }
  await world.engine.createIndex(rolled(), { aliases: { [alias()]: { is_write_index: true } } });
  await world.engine.putDocuments(rolled(), [{ value: 1 }]);
  await create(world.api, 'b');
  await world.api.untilState('b', 'COMPLETED');
});

describe('two lost report indices', () => {
  it('come back, and all the others keep their uuids and documents', async () => {
    const others = await lookAtOthers(reports());
    await remove(reports());
    const plan = await planRestore(world.api, { backupId: 'b', indices: reports() });
    expect(plan).toMatchObject({
      blockers: [],
      deletes: [],
      aliasesLeftOff: [],
      parts: [{ skipped: true }, { skipped: false }],
    });
    expect(plan.restores.map(({ index }) => index)).toEqual(reports());

    const id = await restore(world.api, { backupId: 'b', indices: reports() });

    expect(await untilEnded(world, id)).toMatchObject({
      ...{ state: 'SUCCEEDED', safetyBackupId: null, chosenIndices: reports(), skippedParts: [1], indices: 2 },
      report: {
        ...{ indices: 2, documents: 4, differing: 0 },
        selection: { indices: reports(), count: 2, skippedParts: [1], aliasesLeftOff: [] },
      },
    });
    expect(await lookAtOthers(reports())).toEqual(others);
    for (const name of reports()) expect(await documentsOf(name)).toEqual([{ of: name }, { and: 'another' }]);
    expect(await world.engine.count(reports()[0]?.replace(/_v\d+$/, '') ?? '')).toBe(2);
    const events = await eventsOf(world, id);
    const isAbout = { indices: reports(), count: 2 };
    expect(events[0]).toMatchObject({ kind: 'restore.requested', after: { chosen: isAbout } });
    expect(events.at(-1)).toMatchObject({ kind: 'restore.completed', after: { selection: isAbout } });
  });

  it('are alone in what deleteExisting deletes and saves, also where an unknown index is there; and undoing it touches no other', async () => {
    const [first = '', second = ''] = reports();
    const unknown = `${world.prefix}-report-archive_v1`;
    await world.engine.createIndex(unknown);
    await untilStarted(world.engine, unknown);
    await world.engine.putDocuments(first, [{ broken: true }]);
    const others = await lookAtOthers(reports());
    const broken = await documentsOf(first);

    const wish = { backupId: 'b', indices: reports(), deleteExisting: true };
    const plan = await planRestore(world.api, wish);
    expect(plan.deletes.map(({ index }) => index)).toEqual(reports());
    const id = await restore(world.api, wish, { confirm: 'b' });

    expect(await untilEnded(world, id)).toMatchObject({ state: 'SUCCEEDED', deletes: 2 });
    expect(await documentsOf(first)).toEqual([{ of: first }, { and: 'another' }]);
    expect(await lookAtOthers(reports())).toEqual(others);
    const backupId = `before-restore-${id}`;
    const saved = (await read(world.api, `/backups/${backupId}`)) as {
      parts: readonly { indices: readonly string[] }[];
    };
    expect(saved.parts.flatMap(({ indices }) => indices)).toEqual(reports());

    const undo = { backupId, deleteExisting: true };
    const back = await planRestore(world.api, undo);
    expect(back.deletes.map(({ index }) => index)).toEqual(reports());
    expect(back.warnings.map(({ code }) => code)).toContain('SELECTION_ASSUMED');
    const undone = await restore(world.api, undo, { confirm: backupId });
    expect(await untilEnded(world, undone)).toMatchObject({ state: 'SUCCEEDED', chosenIndices: reports() });
    expect(await documentsOf(first)).toEqual(broken);
    expect(await documentsOf(second)).toHaveLength(2);
    expect(await lookAtOthers(reports())).toEqual(others);
    await remove([unknown]);
  });

  it('come back where the worker is killed after it deleted them, and nothing else is touched', async () => {
    const others = await lookAtOthers(reports());
    const sending = gate.hold(restoreOfPart(2));
    const id = await restore(world.api, { backupId: 'b', indices: reports(), deleteExisting: true }, { confirm: 'b' });
    await sending.arrived;
    await worker.kill();
    sending.decide({ do: 'lose the answer' });
    worker = await startGatedWorker();

    expect(await untilEnded(world, id)).toMatchObject({ state: 'SUCCEEDED', report: { differing: 0 } });
    for (const name of reports()) expect(await documentsOf(name)).toEqual([{ of: name }, { and: 'another' }]);
    expect(await lookAtOthers(reports())).toEqual(others);
    expect(gate.seen.filter(({ method, path }) => method === 'DELETE' && path.includes('dashboard'))).toEqual([]);
  });
});

describe('an inconsistent selection', () => {
  const instances = () => named('process-instance-invoice_v8');

  it('is blocked with what it would lead to and what to add, and runs where it is accepted', async () => {
    const others = await lookAtOthers(instances());
    const wish = { backupId: 'b', indices: instances(), deleteExisting: true };
    const { blockers, planHash } = await planRestore(world.api, wish);
    const add = [...importIndices(world.prefix), rolled()].sort();
    expect(blockers).toEqual([
      {
        ...{ code: 'INCONSISTENT_SELECTION', found: instances(), data: { add } },
        message: expect.stringContaining('Imported data would have gaps'),
        remedy: expect.stringContaining(JSON.stringify(add)),
      },
    ]);
    const run = { ...wish, planHash, reason: 'drill', confirm: 'b' };
    expectProblem(await send(world.api, 'POST', '/restores', run), 409, 'RESTORE_BLOCKED');
    expectProblem(
      await send(world.api, 'POST', '/restores', { ...run, acceptInconsistent: true }),
      409,
      'PLAN_CHANGED',
    );

    const id = await restore(world.api, { ...wish, acceptInconsistent: true }, { confirm: 'b' });

    expect(await untilEnded(world, id)).toMatchObject({ state: 'SUCCEEDED', acceptInconsistent: true });
    expect(await lookAtOthers(instances())).toEqual(others);
  });

  it('is also all that the backup holds of positions and imported data, where a process was deployed since', async () => {
    const newer = `${world.prefix}-process-instance-new_v8`;
    const pair = [...importIndices(world.prefix), ...instances(), rolled()];
    const wish = { backupId: 'b', indices: pair, deleteExisting: true };
    expect((await planRestore(world.api, wish)).blockers).toEqual([]);
    await world.engine.createIndex(newer);
    const { blockers } = await planRestore(world.api, wish);
    expect(blockers).toMatchObject([{ code: 'INCONSISTENT_SELECTION', data: { add: [], stay: [newer] } }]);
    const complete = await planRestore(world.api, { backupId: 'b', deleteExisting: true });
    expect(complete.deletes.map(({ index }) => index)).toContain(newer);
    await remove([newer]);
  });

  it('is also metadata, whatever is chosen with it; the complete backup is consistent', async () => {
    const { blockers } = await planRestore(world.api, {
      backupId: 'b',
      indices: named('metadata_v7'),
      deleteExisting: true,
    });
    expect(blockers.map(({ code }) => code)).toEqual(['INCONSISTENT_SELECTION']);
    const all = [...importIndices(world.prefix), ...otherIndices(world.prefix), ...reports(), rolled()];
    const plan = await planRestore(world.api, { backupId: 'b', indices: all, deleteExisting: true });
    expect(plan.blockers).toEqual([]);
    const turned = await planRestore(world.api, { backupId: 'b', indices: all.toReversed(), deleteExisting: true });
    expect(turned.planHash).toBe(plan.planHash);
  });
});

it('an alias that another index writes to since a rollover is left off, and the report has the call that adds it for reading', async () => {
  await world.engine.createIndex(next());
  const actions = [
    { add: { index: rolled(), alias: alias(), is_write_index: false } },
    { add: { index: next(), alias: alias(), is_write_index: true } },
  ];
  await world.engine.call('POST', '_aliases', { actions });
  await world.engine.putDocuments(next(), [{ value: 2 }]);
  await remove([rolled()]);
  const others = await lookAtOthers([rolled()]);
  const wish = { backupId: 'b', indices: [rolled()], acceptInconsistent: true };
  const plan = await planRestore(world.api, wish);
  const add = `POST /_aliases ${JSON.stringify({ actions: [{ add: { index: rolled(), alias: alias(), is_write_index: false } }] })}`;
  const leftOff = { index: rolled(), alias: alias(), writeIndices: [next()], add };
  expect(plan.aliasesLeftOff).toEqual([leftOff]);
  expect(plan.warnings.map(({ code }) => code)).toContain('ALIASES_LEFT_OFF');

  const id = await restore(world.api, wish);

  const { report, state } = (await untilEnded(world, id)) as { state: string; report: Json };
  expect(state).toBe('SUCCEEDED');
  expect(report).toMatchObject({ differing: 0, selection: { aliasesLeftOff: [leftOff] } });
  expect(await lookAtOthers([rolled()])).toEqual(others);
  expect(await world.engine.call('GET', `${rolled()}/_alias`)).toEqual({ [rolled()]: { aliases: {} } });
  expect(await world.engine.count(alias())).toBe(1);
  await world.engine.call('POST', '_aliases', JSON.parse(add.replace('POST /_aliases ', '')) as object);
  expect(await world.engine.count(alias())).toBe(2);
  await world.engine.call('POST', `${alias()}/_doc?refresh=true`, { value: 3 });
  expect(await world.engine.count(next())).toBe(2);
});

describe('names that are no indices of the backup are refused', () => {
  it.each<[string, () => unknown, RegExp]>([
    [
      'a pattern',
      () => [`${world.prefix}-*`],
      /indices\.0 must be the exact name of an index of the backup, without wildcards/,
    ],
    ['none', () => [], /indices must be a list of one or more names/],
    ['a text', () => reports()[0], /indices must be a list of one or more names/],
    ['_all', () => ['_all'], /indices\.0 must be the exact name/],
    ['an index that it does not hold', () => [`${world.prefix}-alert_v4`], /does not hold: \S+-alert_v4\. Its indices/],
    ['an alias', () => [`${world.prefix}-dashboard`], /-dashboard \(an alias of \S+-dashboard_v6\)/],
  ])('%s', async (_what, indices, message) => {
    const answer = await send(world.api, 'POST', '/restores/plan', { backupId: 'b', indices: indices() });
    expect(expectProblem(answer, 400, 'REQUEST_INVALID')).toMatch(message);
  });

  it('and a name that is there twice counts once', async () => {
    const { restores } = await planRestore(world.api, { backupId: 'b', indices: [...reports(), ...reports()] });
    expect(restores.map(({ index }) => index)).toEqual(reports());
  });
});
