import { BackupCompatibility, UpgradeCheck } from '@tandem/shared/contract/compatibility.ts';
import { beforeAll, expect, it } from 'vitest';
import { backup, create, expectProblem, read, send } from './harness/requests/v1.ts';
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

/** Of the majors that can be the shared engine: what restores what it took, with its indices recorded or not. */
const RESTORED_BY = {
  8: { recorded: { 'elasticsearch 8': 'yes', 'elasticsearch 9': 'yes' }, found: { 'elasticsearch 9': 'not-known' } },
  9: { recorded: { 'elasticsearch 9': 'yes' }, found: {} },
} as const;
const NONE = Object.fromEntries(
  ['elasticsearch 7', 'elasticsearch 8', 'elasticsearch 9', 'opensearch 2', 'opensearch 3'].map((name) => [name, 'no']),
);

const runningEngine = async () => {
  const { nodes } = await world.engine.call<{ nodes: Record<string, { version: string }> }>('GET', '_nodes/_local');
  const version = Object.values(nodes)[0]?.version ?? '';
  const major = Number.parseInt(version, 10) as keyof typeof RESTORED_BY;
  return { version, major, restoredBy: { ...NONE, ...RESTORED_BY[major].recorded } };
};

const compatibility = async (id: string) =>
  BackupCompatibility.parse(await read(world.api, `/backups/${id}/compatibility`));
const checkUpgrade = async (query: string) => UpgradeCheck.parse(await read(world.api, `/upgrade-check?${query}`));
const verdicts = (engines: BackupCompatibility['engines']) =>
  Object.fromEntries(engines.map(({ engine, major, restores }) => [`${engine} ${major}`, restores]));

it('shows which engines can restore a backup, each part and the indices in it', async () => {
  const { version, major, restoredBy } = await runningEngine();
  const snapshots = await world.snapshotsOf('whole');
  const lists = [importIndices(world.prefix), otherIndices(world.prefix)];

  const answer = await compatibility('whole');

  expect(answer).toMatchObject({ backupId: 'whole', optimizeVersion: '3.9.0', runningUnknown: null });
  expect(answer.running).toEqual({ engine: 'elasticsearch', version, restores: 'yes' });
  expect(verdicts(answer.engines)).toEqual(restoredBy);
  for (const { engine, major: other, restores, fromVersion, why } of answer.engines) {
    expect(fromVersion, `${engine} ${other}`).toEqual(
      restores === 'yes' ? expect.stringMatching(`^${other}\\.\\d+\\.\\d+$`) : null,
    );
    const refusal = engine === 'opensearch' ? 'other-kind' : 'newer';
    expect(why, `${engine} ${other}`).toBe(restores === 'yes' ? null : refusal);
  }
  const takenBy = expect.stringMatching(`^Elasticsearch ${major}\\.`);
  for (const [at, { number, snapshotName, engines, ...part }] of answer.parts.entries()) {
    const [snapshot, indices = []] = [snapshots[at], lists[at]];
    expect([number, snapshotName, verdicts(engines)]).toEqual([at + 1, snapshot?.snapshot, restoredBy]);
    expect(part).toMatchObject({ takenBy, versionId: snapshot?.version_id, indexCount: 3, unrecordedCount: 0 });
    const created = { createdBy: takenBy, count: 3, indices: indices.toSorted() };
    expect(part.created).toEqual([expect.objectContaining(created)]);
    expect(verdicts(part.created[0]?.engines ?? [])).toEqual(restoredBy);
  }
  expect(answer.parts).toHaveLength(2);
});

it('finds nothing that an upgrade to Elasticsearch 9 makes unusable', async () => {
  const { version } = await runningEngine();

  expect(await checkUpgrade('engine=elasticsearch&version=9')).toEqual({
    ...{ engine: 'elasticsearch', version: '9', running: { engine: 'elasticsearch', version } },
    backups: {
      ...{ unusable: { count: 0, isMinimum: false }, undecided: { count: 0, isMinimum: false } },
      ...{ items: [], nextCursor: null },
    },
    indices: { known: true, unknownReason: null, checked: 6, unreadableCount: 0, unreadable: [] },
  });
});

it.each([
  ['a downgrade', 'engine=elasticsearch&version=7.17', 'newer'],
  ['a change to OpenSearch', 'engine=opensearch&version=3', 'other-kind'],
])('finds every backup and index unusable after %s', async (_, query, why) => {
  const { backups, indices } = await checkUpgrade(query);

  expect(backups).toMatchObject({ unusable: { count: 1, isMinimum: false }, undecided: { count: 0 } });
  const [snapshots, [item]] = [await world.snapshotsOf('whole'), backups.items];
  expect(item).toMatchObject({ backupId: 'whole', repository: world.repository, safetyOf: null });
  expect(item?.parts).toEqual(
    snapshots.map(({ snapshot, version_id }, at) => ({
      ...{ number: at + 1, snapshotName: snapshot, index: null, versionId: version_id, why },
      version: expect.stringMatching('^Elasticsearch [89]\\.'),
    })),
  );
  const all = [...importIndices(world.prefix), ...otherIndices(world.prefix)].sort();
  expect(indices).toMatchObject({ known: true, checked: 6, unreadableCount: 6 });
  expect(indices.unreadable.map((one) => [one.index, one.why])).toEqual(all.map((index) => [index, why]));
});

it.each([
  ['engine=solr&version=9', 'engine must be one of elasticsearch, opensearch, found "solr"'],
  ['version=9', 'engine must be one of elasticsearch, opensearch'],
  ['engine=elasticsearch', 'version must be given once'],
  ...['7.16.3', '10', 'nine'].map((version) => [
    `engine=elasticsearch&version=${version}`,
    `version must be a version of a supported engine (elasticsearch 7.17, elasticsearch 8, elasticsearch 9, opensearch 2, opensearch 3), such as 9, 9.5 or 9.5.3, found "${version}" for elasticsearch`,
  ]),
])('refuses the upgrade check %s, and names what it accepts', async (query, message) => {
  const refused = await send(world.api, 'GET', `/upgrade-check?${query}`);
  expect(expectProblem(refused, 400, 'REQUEST_INVALID')).toContain(message);
});

it('has no engines for a backup that is not there', async () => {
  expectProblem(await send(world.api, 'GET', '/backups/nowhere/compatibility'), 404, 'BACKUP_NOT_FOUND');
});

it('shows a set that another tool made', async () => {
  const nameOf = (part: number) => `camunda_optimize_found_3.9.0_part_${part}_of_2`;
  await world.engine.takeSnapshot(world.repository, nameOf(1), { indices: importIndices(world.prefix) });
  expect(await backup(world.api, 'found')).toMatchObject({ origin: 'discovered', state: 'INCOMPLETE', create: null });
  await world.engine.takeSnapshot(world.repository, nameOf(2), { indices: otherIndices(world.prefix) });

  const seen = await backup(world.api, 'found');

  expect(seen).toMatchObject({ origin: 'discovered', state: 'COMPLETED' });
  expect(seen.parts.map(({ uuid }) => uuid)).toEqual((await world.snapshotsOf('found')).map(({ uuid }) => uuid));
  const { major, restoredBy } = await runningEngine();
  expect(verdicts((await compatibility('found')).engines)).toEqual({ ...restoredBy, ...RESTORED_BY[major].found });
});

it('answers the last known state while the engine is away, and when that was seen', async () => {
  const { restoredBy } = await runningEngine();
  await gate.shut();

  const seen = await backup(world.api, 'whole');

  expect(seen).toMatchObject({ state: 'COMPLETED', stateSeenAt: expect.stringMatching(/^\d{4}-.*Z$/) });
  expectProblem(await send(world.api, 'GET', '/backups/perhaps'), 502, 'ENGINE_UNREACHABLE');
  expect(verdicts((await compatibility('whole')).engines)).toEqual(restoredBy);
  const { running, backups, indices } = await checkUpgrade('engine=opensearch&version=3');
  expect(running).toBeNull();
  expect(backups.items.map(({ backupId }) => backupId)).toContain('whole');
  expect(indices).toMatchObject({ known: false, checked: null, unreadableCount: null, unreadable: [] });
  expect(indices.unknownReason).toMatch(/^The engine at http:\/\/\S+ cannot be reached/);
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
