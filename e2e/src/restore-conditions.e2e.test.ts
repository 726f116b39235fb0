import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectEnded, lookAround, putForeign, type Sight } from './faults/restore-promise.ts';
import { type PlanBody, planRestore, removeIndices, restore, untilRestoreEnded } from './harness/requests/restores.ts';
import { create, expectProblem, send } from './harness/requests/v1.ts';
import { otherIndices } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ environment: { LEASE_DURATION: '1s' } });
let before: Sight;
let index = '';
let template = '';

const DISK = 'cluster.routing.allocation.disk';
const NOTHING_SET = {
  'cluster.routing.allocation.enable': null,
  'cluster.routing.allocation.exclude._name': null,
  'cluster.routing.allocation.total_shards_per_node': null,
  'cluster.routing.allocation.awareness.attributes': null,
  'cluster.max_shards_per_node': null,
  [`${DISK}.threshold_enabled`]: null,
  [`${DISK}.watermark.low`]: null,
  [`${DISK}.watermark.high`]: null,
  [`${DISK}.watermark.flood_stage`]: null,
};
const configure = (persistent: object) => world.engine.call('PUT', '_cluster/settings', { persistent });
/** A blocked cluster takes a request that lifts one block and nothing else. */
const reset = async () => {
  for (const block of ['read_only', 'read_only_allow_delete']) await configure({ [`cluster.blocks.${block}`]: null });
  await configure(NOTHING_SET);
};
const set = (name: string, settings: object) => world.engine.call('PUT', `${name}/_settings`, settings);
const putTemplate = (name: string) =>
  world.engine.call('PUT', `_index_template/${name}`, {
    ...{ index_patterns: [`${world.prefix}-later-*`], priority: 7 },
    template: { settings: { number_of_replicas: 0 } },
  });

beforeAll(async () => {
  world.onEnd(reset);
  index = otherIndices(world.prefix)[0] ?? '';
  template = world.name;
  await putForeign(world);
  await putTemplate(template);
  world.onEnd(() => world.engine.call('DELETE', `_index_template/${world.name}*`));
  await create(world.api, 'b');
  await world.api.untilState('b', 'COMPLETED');
  before = await lookAround(world);
});

afterEach(reset);

const inPlace = { backupId: 'b', deleteExisting: true };

type Plan = PlanBody & { readonly warnings: readonly { readonly code: string; readonly message: string }[] };
const planned = async (wish: object = inPlace): Promise<Plan> => (await planRestore(world.api, wish)) as Plan;

/** The plan has that blocker and no other, a restore by it is refused, and nothing is deleted. */
const expectBlocked = async (code: string, found: unknown, wish: object = inPlace): Promise<void> => {
  const { blockers, planHash } = await planned(wish);
  expect(blockers).toMatchObject([{ code, found }]);
  const body = { ...wish, planHash, reason: 'drill', confirm: 'b', safetyBackup: false };
  expectProblem(await send(world.api, 'POST', '/restores', body), 409, 'RESTORE_BLOCKED');
  await reset();
  expect(await lookAround(world)).toEqual(before);
};

describe('shard allocation', () => {
  it('that is switched off in the cluster blocks, and the remedy names the setting', async () => {
    await configure({ 'cluster.routing.allocation.enable': 'none' });
    const { blockers } = await planned();
    expect(blockers[0]?.remedy).toContain('cluster.routing.allocation.enable');
    await expectBlocked('ALLOCATION_DISABLED', ['cluster.routing.allocation.enable: none']);
  });

  it('that is limited to primaries is a warning, and the restore succeeds', async () => {
    await configure({ 'cluster.routing.allocation.enable': 'primaries' });
    const { blockers, warnings } = await planned();
    expect([blockers, warnings.map(({ code }) => code)]).toEqual([[], expect.arrayContaining(['ALLOCATION_LIMITED'])]);
    const id = await restore(world.api, inPlace, { confirm: 'b', safetyBackup: false });
    await configure(NOTHING_SET);
    await expectEnded(world, id, 'SUCCEEDED', before);
  });

  it('that the cluster allows on no node blocks', async () => {
    await configure({ 'cluster.routing.allocation.exclude._name': '*' });
    await expectBlocked('ALLOCATION_FILTERED', ['cluster.routing.allocation.exclude._name: *']);
  });

  it('that an index was saved with blocks: switched off, and filtered to a node that is gone', async () => {
    const [off = '', away = ''] = otherIndices(world.prefix);
    await set(off, { 'index.routing.allocation.enable': 'none' });
    await set(away, { 'index.routing.allocation.require._name': 'no-such-node' });
    await create(world.api, 'bound');
    await world.api.untilState('bound', 'COMPLETED');
    await set(off, { 'index.routing.allocation.enable': null });
    await set(away, { 'index.routing.allocation.require._name': null });
    const { blockers } = await planned({ ...inPlace, backupId: 'bound' });
    expect(blockers).toMatchObject([
      { code: 'ALLOCATION_DISABLED', found: [`${off} · index.routing.allocation.enable: none`] },
      { code: 'ALLOCATION_FILTERED', found: [`${away} · index.routing.allocation.require._name: no-such-node`] },
    ]);
    expect((await planned({ ...inPlace, backupId: 'bound', dropAllocation: true })).blockers).toEqual([]);
  });
});

describe('limits of shards', () => {
  const path = () => `_snapshot/${world.repository}/camunda_optimize_b_3.9.0_part_2_of_2/_restore`;
  const copy = () => `copy-${index}`;
  const restoreCopy = () =>
    world.engine.call('POST', path(), { indices: index, rename_pattern: '(.+)', rename_replacement: 'copy-$1' });

  it('in the cluster, lowered since, block before anything is deleted: the engine refuses the restore', async () => {
    await configure({ 'cluster.max_shards_per_node': 1 });
    await expect(restoreCopy()).rejects.toThrow('maximum normal shards open');
    const { blockers } = await planned();
    expect(blockers[0]?.remedy).toContain('cluster.max_shards_per_node');
    await expectBlocked('SHARDS_SHORT', ['needed 6 shards', expect.stringMatching(/^free [01] shards$/)]);
  });

  it.each([
    ['total_shards_per_node', '1', 'SHARDS_PER_NODE', '1 (6 primaries, room for 0)'],
    ['awareness.attributes', 'zone', 'ALLOCATION_FILTERED', 'zone'],
  ])(
    'per node, by %s: %s, block: the engine accepts the restore and assigns nothing',
    async (name, value, code, shown) => {
      const setting = `cluster.routing.allocation.${name}`;
      await configure({ [setting]: value });
      await restoreCopy();
      const shard = { index: copy(), shard: 0, primary: true };
      // it says awaiting_info while it still asks its nodes
      const explained = await world.until(
        'the engine has decided about the shard',
        () => world.engine.call<{ can_allocate: string }>('POST', '_cluster/allocation/explain', shard),
        ({ can_allocate }) => can_allocate !== 'awaiting_info',
      );
      await world.engine.call('DELETE', copy());
      expect(explained.can_allocate).toBe('no');
      await expectBlocked(code, [`${setting}: ${shown}`]);
    },
  );

  it('per node that an index was saved with block, unless they are dropped', async () => {
    const wide = `${world.prefix}-process-instance-wide_v8`;
    await world.engine.createIndex(wide, { settings: { number_of_shards: 2 } });
    await set(wide, { 'index.routing.allocation.total_shards_per_node': 1 });
    await create(world.api, 'wide');
    await world.api.untilState('wide', 'COMPLETED');
    await world.engine.call('DELETE', wide);
    const { blockers } = await planned({ ...inPlace, backupId: 'wide' });
    const found = [`${wide} · index.routing.allocation.total_shards_per_node: 1 (2 primaries, room for 1)`];
    expect(blockers).toMatchObject([
      { code: 'SHARDS_PER_NODE', found, remedy: expect.stringContaining('dropAllocation') },
    ]);
    expect((await planned({ ...inPlace, backupId: 'wide', dropAllocation: true })).blockers).toEqual([]);
  });
});

describe('disks', () => {
  it('that are all above the low watermark block, also with acceptDiskShort', async () => {
    await configure({
      [`${DISK}.threshold_enabled`]: true,
      [`${DISK}.watermark.low`]: '100tb',
      [`${DISK}.watermark.high`]: '100tb',
      [`${DISK}.watermark.flood_stage`]: '1b',
    });
    const { blockers } = await planned();
    expect(blockers).toMatchObject([{ code: 'DISK_FULL', remedy: expect.stringContaining('watermark.low') }]);
    const found = [expect.stringMatching(/^.+: \d+ bytes above the low watermark$/)];
    await expectBlocked('DISK_FULL', found, { ...inPlace, acceptDiskShort: true });
  });
});

describe('read-only blocks', () => {
  it.each(['read_only', 'metadata'])('%s of an index to be deleted', async (block) => {
    await set(index, { [`index.blocks.${block}`]: true });
    const { blockers } = await planned();
    await set(index, { [`index.blocks.${block}`]: null });
    expect(blockers).toMatchObject([{ code: 'INDEX_READ_ONLY', found: [`${index} · index.blocks.${block}: true`] }]);
    expect((await planned()).blockers).toEqual([]);
  });

  it('that allow a deletion are a warning, and the restore succeeds', async () => {
    await set(index, { 'index.blocks.read_only_allow_delete': true });
    const { warnings } = await planned();
    expect(warnings).toContainEqual({
      code: 'READ_ONLY_ALLOW_DELETE',
      message: expect.stringContaining(index),
    });
    const id = await restore(world.api, inPlace, { confirm: 'b', safetyBackup: false });
    await expectEnded(world, id, 'SUCCEEDED', before);
  });

  it.each(['read_only', 'read_only_allow_delete'])(
    '%s of the cluster: the engine refuses every restore',
    async (block) => {
      await configure({ [`cluster.blocks.${block}`]: true });
      const copy = { indices: index, rename_pattern: '(.+)', rename_replacement: 'refused-$1' };
      const path = `_snapshot/${world.repository}/camunda_optimize_b_3.9.0_part_2_of_2/_restore`;
      await expect(world.engine.call('POST', path, copy)).rejects.toThrow('cluster_block_exception');
      await expectBlocked('CLUSTER_READ_ONLY', [`cluster.blocks.${block}: true`]);
    },
  );
});

describe('red indices', () => {
  it('that are not deleted are a warning with their names', async () => {
    const red = `red-${world.name}`;
    await world.engine.createIndex(red, { settings: { 'index.routing.allocation.require._name': 'no-such-node' } });
    const { blockers, warnings } = await planned();
    await world.engine.call('DELETE', red);
    expect(blockers).toEqual([]);
    expect(warnings).toContainEqual({ code: 'RED_INDICES', message: expect.stringContaining(red) });
  });
});

describe('a write alias', () => {
  it('that another index took meanwhile blocks', async () => {
    const alias = index.replace(/_v\d+$/, '');
    const taker = `taker-${world.name}`;
    await removeIndices(world.engine, `${world.prefix}-*`);
    await world.engine.createIndex(taker, { aliases: { [alias]: { is_write_index: true } } });
    const { blockers } = await planned({ backupId: 'b' });
    await world.engine.call('DELETE', taker);
    expect(blockers).toMatchObject([{ code: 'WRITE_ALIAS_TAKEN', found: [`${alias}: ${index} (restored), ${taker}`] }]);
    await expectEnded(world, await restore(world.api, { backupId: 'b' }), 'SUCCEEDED', before);
  });

  it('whose name an index is to get blocks, under other names too', async () => {
    const taker = `taker-${world.name}`;
    await world.engine.createIndex(taker, { aliases: { [`beside-${index}`]: {} } });
    const { blockers } = await planned({
      backupId: 'b',
      target: { renamePattern: '(.+)', renameReplacement: 'beside-$1' },
    });
    await world.engine.call('DELETE', taker);
    expect(blockers).toMatchObject([{ code: 'TARGET_IS_ALIAS', found: [`beside-${index} (alias of ${taker})`] }]);
  });
});

describe('templates', () => {
  it('that the engine refuses are a warning in the plan and a line in the report: the data is compared all the same', async () => {
    const rival = `${template}-rival`;
    await world.engine.call('DELETE', `_index_template/${template}`);
    await putTemplate(rival);
    const { blockers, warnings } = await planned();
    expect(blockers).toEqual([]);
    expect(warnings).toContainEqual({
      code: 'TEMPLATES_OVERLAP',
      message: expect.stringContaining(`${template} and ${rival} (priority 7)`),
    });
    const more = { confirm: 'b', safetyBackup: false, restoreTemplates: true };
    const ended = await untilRestoreEnded(world, await restore(world.api, inPlace, more));
    await world.engine.call('DELETE', `_index_template/${rival}`);
    await putTemplate(template);
    expect(ended).toMatchObject({
      state: 'SUCCEEDED',
      report: {
        differing: 0,
        templates: {
          restored: [],
          refused: [{ template: `indexTemplates/${template}`, reason: expect.stringContaining('same priority') }],
        },
      },
    });
  });
});
