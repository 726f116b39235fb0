import { foreignIndices, optimizeIndices } from '@tandem/local-stack/sample/catalogue.ts';
import { beforeAll, expect, it } from 'vitest';
import {
  allDocuments,
  indexNames,
  indexShapes,
  planRestore,
  removeIndices,
  restore,
  untilRestoreEnded,
  untilStarted,
} from './harness/requests/restores.ts';
import { backup, create } from './harness/requests/v1.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ data: 'sample' });
const ours = () => `${world.prefix}-*`;

/** As Optimize's reports ask: by state, over nested flow nodes and variables, by month. */
const QUERIES = [
  { aggs: { states: { terms: { field: 'state' } } } },
  {
    aggs: {
      nodes: {
        nested: { path: 'flowNodeInstances' },
        aggs: {
          byNode: {
            terms: { field: 'flowNodeInstances.flowNodeId.keyword', order: { _key: 'asc' } },
            aggs: { duration: { avg: { field: 'flowNodeInstances.totalDurationInMs' } } },
          },
        },
      },
    },
  },
  {
    query: {
      nested: {
        path: 'variables',
        query: {
          bool: { must: [{ term: { 'variables.name': 'approved' } }, { term: { 'variables.value': 'true' } }] },
        },
      },
    },
  },
  { aggs: { months: { date_histogram: { field: 'startDate', calendar_interval: 'month' } } } },
];

/** Through the alias, as Optimize does. */
const answers = () =>
  Promise.all(
    QUERIES.map(async (query) => {
      const path = `${world.prefix}-process-instance-*/_search?size=0&track_total_hits=true`;
      const { hits, aggregations } = await world.engine.call<Record<string, unknown>>('POST', path, query);
      return { hits, aggregations };
    }),
  );

const look = async () => ({
  documents: await allDocuments(world.engine, ours()),
  shapes: await indexShapes(world.engine, ours()),
  answers: await answers(),
  foreign: await allDocuments(world.engine, foreignIndices().join()),
  foreignShapes: await indexShapes(world.engine, foreignIndices().join()),
  template: (await world.engine.call<{ index_templates: unknown }>('GET', `_index_template/${world.name}`))
    .index_templates,
});

let before: Awaited<ReturnType<typeof look>>;

beforeAll(async () => {
  await world.engine.call('PUT', `_index_template/${world.name}`, {
    index_patterns: [`${world.prefix}-process-instance-*`],
    priority: 7,
    template: { settings: { 'index.number_of_replicas': '0' }, mappings: { dynamic: false } },
  });
  world.onEnd(() => world.engine.call('DELETE', `_index_template/${world.name}`));
  before = await look();
  await create(world.api, 'whole');
  await world.api.untilState('whole', 'COMPLETED');
});

it('brings back every document, alias, mapping, setting and template, and what Optimize asks is answered the same', async () => {
  expect(Object.keys(before.documents).length).toBeGreaterThan(200);
  expect(JSON.stringify(before.answers)).toContain('approveInvoice');
  await removeIndices(world.engine, ours());
  await world.engine.call('DELETE', `_index_template/${world.name}`);
  const plan = await planRestore(world.api, { backupId: 'whole' });
  expect(plan).toMatchObject({
    blockers: [],
    deletes: [],
    documents: Object.keys(before.documents).length,
    templates: { missing: [`indexTemplates/${world.name}`], changed: [], leftOut: [] },
  });
  expect(plan.restores.map(({ index }) => index).sort()).toEqual(
    optimizeIndices(world.prefix)
      .map(({ index }) => index)
      .sort(),
  );

  const id = await restore(world.api, { backupId: 'whole' }, { restoreTemplates: true });
  const ended = await untilRestoreEnded(world, id);

  expect(ended).toMatchObject({ state: 'SUCCEEDED', failure: null, report: { differing: 0 } });
  const after = await look();
  expect(after.documents).toEqual(before.documents);
  expect(after.shapes).toEqual(before.shapes);
  expect(after.answers).toEqual(before.answers);
  expect(after.template).toEqual(before.template);
  expect(after.foreign).toEqual(before.foreign);
  expect(after.foreignShapes).toEqual(before.foreignShapes);
});

it('with deleteExisting saves what is there first, deletes exactly that, and there is a way back', async () => {
  const [victim] = await indexNames(world.engine, `${world.prefix}-process-instance-*`);
  await world.engine.putDocuments(String(victim), [{ state: 'written later' }]);
  await world.engine.createIndex(`${world.prefix}-process-instance-born-later_v8`);
  await untilStarted(world.engine, `${world.prefix}-process-instance-born-later_v8`);
  const wish = { backupId: 'whole', deleteExisting: true };
  const { deletes } = await planRestore(world.api, wish);
  expect(deletes.map(({ index }) => index).sort()).toEqual(await indexNames(world.engine, ours()));

  const ended = await untilRestoreEnded(world, await restore(world.api, wish, { confirm: 'whole' }));

  expect(ended).toMatchObject({ state: 'SUCCEEDED', safetyBackupId: expect.any(String) });
  expect(await allDocuments(world.engine, ours())).toEqual(before.documents);
  expect(await allDocuments(world.engine, foreignIndices().join())).toEqual(before.foreign);
  const safety = await backup(world.api, String(ended.safetyBackupId));
  expect(safety.state).toBe('COMPLETED');

  const back = { backupId: String(ended.safetyBackupId), deleteExisting: true };
  const undone = await restore(world.api, back, { confirm: back.backupId, safetyBackup: false });
  expect(await untilRestoreEnded(world, undone)).toMatchObject({ state: 'SUCCEEDED' });
  expect(await world.engine.count(String(victim))).toBeGreaterThan(0);
  const later = await allDocuments(world.engine, ours());
  expect(Object.keys(later)).toHaveLength(Object.keys(before.documents).length + 1);
  expect(JSON.stringify(later)).toContain('written later');
});
