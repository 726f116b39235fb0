import { describe, expect, it } from 'vitest';
import type { LackingPrivileges } from './cluster-facts.ts';
import type { PlanFacts, RestoreRequest } from './plan-facts.ts';
import { ALERTS, clearFacts, dataNode, inPlace, POSITIONS, withShape } from './restore-plan.fixture.ts';
import { planRestore } from './restore-plan.ts';

const digestOf = (text: string) => text;
const plan = (facts: Partial<PlanFacts> = {}, request: Partial<RestoreRequest> = {}) =>
  planRestore({ ...inPlace, ...request }, { ...clearFacts, ...facts }, digestOf);
const blockersOf = (...args: Parameters<typeof plan>) =>
  plan(...args).blockers.map(({ code, found }) => ({ code, found }));
const warningsOf = (...args: Parameters<typeof plan>) => plan(...args).warnings.map(({ code }) => code);
const cluster = (settings: Readonly<Record<string, string>>): Partial<PlanFacts> => ({
  conditions: { ...clearFacts.conditions, settings },
});
const nodes = (...freeBytes: readonly number[]): Partial<PlanFacts> => ({
  capacity: {
    ...clearFacts.capacity,
    nodes: freeBytes.map((bytes, at) => ({ ...dataNode, id: `n${at}`, name: `node-${at}`, freeBytes: bytes })),
  },
});
const existing = [{ name: ALERTS, uuid: 'i1', open: true, primaries: 1, replicas: 0 }];
const copy: Partial<RestoreRequest> = { copy: true, rename: { pattern: '(.+)', replacement: 'x-$1' } };

it('has neither blockers nor warnings where nothing is in the way', () => {
  expect(plan()).toMatchObject({ blockers: [], warnings: [] });
});

describe('allocation', () => {
  const saved = (allocation: Readonly<Record<string, string>>): Partial<PlanFacts> => withShape(ALERTS, { allocation });

  it.each<[string, Partial<PlanFacts>, readonly string[]]>([
    [
      'switched off in the cluster',
      cluster({ 'cluster.routing.allocation.enable': 'none' }),
      ['cluster.routing.allocation.enable: none'],
    ],
    [
      'switched off for a saved index',
      saved({ 'index.routing.allocation.enable': 'none' }),
      [`${ALERTS} · index.routing.allocation.enable: none`],
    ],
    [
      'switched off in the cluster, and on for one of two indices',
      {
        ...cluster({ 'cluster.routing.allocation.enable': 'none' }),
        ...saved({ 'index.routing.allocation.enable': 'all' }),
      },
      ['cluster.routing.allocation.enable: none'],
    ],
  ])('%s blocks', (_what, facts, found) => {
    expect(blockersOf(facts)).toEqual([{ code: 'ALLOCATION_DISABLED', found }]);
  });

  it.each(['primaries', 'new_primaries'])('limited to %s is a warning, in the cluster and per index', (value) => {
    expect(warningsOf(cluster({ 'cluster.routing.allocation.enable': value }))).toEqual(['ALLOCATION_LIMITED']);
    const facts = saved({ 'index.routing.allocation.enable': value });
    expect(plan(facts)).toMatchObject({ blockers: [], warnings: [{ code: 'ALLOCATION_LIMITED' }] });
  });

  it('filtered so that no node may hold an index blocks, and names the filters', () => {
    const facts = saved({
      'index.routing.allocation.require.box': 'warm',
      'index.routing.allocation.initial_recovery._id': 'gone',
    });
    expect(blockersOf(facts)).toEqual([
      {
        code: 'ALLOCATION_FILTERED',
        found: [
          `${ALERTS} · index.routing.allocation.initial_recovery._id: gone`,
          `${ALERTS} · index.routing.allocation.require.box: warm`,
        ],
      },
    ]);
  });

  it('needs one node that satisfies the filters of the cluster and those of an index', () => {
    const filtered = cluster({ 'cluster.routing.allocation.exclude.box': 'hot' });
    const two = [dataNode, { ...dataNode, id: 'w', name: 'warm-1', attributes: { box: 'warm' } }];
    const facts = { ...filtered, capacity: { ...clearFacts.capacity, nodes: two } };
    expect(blockersOf({ ...facts, ...saved({ 'index.routing.allocation.require.box': 'warm' }) })).toEqual([]);
    expect(blockersOf({ ...facts, ...saved({ 'index.routing.allocation.require.box': 'hot' }) })).toMatchObject([
      { code: 'ALLOCATION_FILTERED', found: [`${ALERTS} · index.routing.allocation.require.box: hot`] },
    ]);
  });

  it('of a rehearsal is that of the cluster alone', () => {
    const facts = saved({ 'index.routing.allocation.enable': 'none', 'index.routing.allocation.require.box': 'warm' });
    expect(plan(facts, copy)).toMatchObject({ blockers: [], warnings: [] });
    expect(blockersOf(cluster({ 'cluster.routing.allocation.enable': 'none' }), copy)).toHaveLength(1);
  });

  it('that was saved is dropped on request: neither blockers nor warnings', () => {
    const facts = saved({ 'index.routing.allocation.enable': 'none', 'index.routing.allocation.require.box': 'warm' });
    expect(plan(facts, { dropAllocation: true })).toMatchObject({ blockers: [], warnings: [] });
    const older = withShape(ALERTS, { allocation: undefined });
    expect(plan(older, { dropAllocation: true })).toMatchObject({ blockers: [], warnings: [] });
  });

  it('warns of tiers that no node has, and only where it has none of them', () => {
    const preference = 'index.routing.allocation.include._tier_preference';
    expect(warningsOf(saved({ [preference]: 'data_warm,data_cold' }))).toEqual(['TIER_ABSENT']);
    expect(warningsOf(saved({ [preference]: 'data_warm,data_hot' }))).toEqual([]);
  });

  it('that an older backup did not record is a warning', () => {
    const facts = withShape(ALERTS, { allocation: undefined });
    expect(warningsOf(facts)).toEqual(['ALLOCATION_UNKNOWN']);
    expect(plan(facts).warnings[0]?.message).toContain(ALERTS);
    expect(warningsOf({ manifests: new Map() })).toEqual(['NO_MANIFEST', 'ALLOCATION_UNKNOWN', 'SHARDS_UNKNOWN']);
    expect(warningsOf(facts, copy)).toEqual([]);
  });
});

describe('disk', () => {
  const freed = [
    { index: ALERTS, node: 'n0', bytes: 1_500 },
    { index: ALERTS, node: 'n0', bytes: 500 },
  ];
  const ofOther = [{ index: 'optimize-kept', node: 'n0', bytes: 100_000 }];
  const deleting: Partial<RestoreRequest> = { deleteExisting: true };

  it.each<[string, Partial<PlanFacts>, Partial<RestoreRequest>, readonly string[]]>([
    ['below the watermark of one node it may fit', nodes(-500, 5_000), {}, []],
    ['at the watermark of every node', nodes(0, -1), {}, ['DISK_FULL']],
    ['at it, accepted', nodes(0, -1), { acceptDiskShort: true }, ['DISK_FULL']],
    ['at it, before a deletion that frees enough', { ...nodes(-100), existing, existingCopies: freed }, deleting, []],
    [
      'at it, before a deletion that frees too little',
      { ...nodes(-5_000), existing, existingCopies: freed },
      { ...deleting, acceptDiskShort: true },
      ['DISK_FULL'],
    ],
    [
      'at it, where only what is not deleted takes much',
      { ...nodes(-5_000), existing, existingCopies: ofOther },
      deleting,
      ['DISK_FULL'],
    ],
    ['a deletion that is not requested frees nothing', { ...nodes(-100), existingCopies: freed }, {}, ['DISK_FULL']],
    ['less than all indices need', nodes(1_000, 400), {}, ['DISK_SHORT']],
    ['less than all indices need, accepted', nodes(1_000, 400), { acceptDiskShort: true }, []],
    ['the largest shard fits on no node', nodes(999, 999, 999), {}, ['DISK_SHORT']],
    ['the largest shard fits on one', nodes(1_000, 999, 999), {}, []],
  ])('%s', (_what, facts, request, codes) => {
    expect(blockersOf(facts, request).map(({ code }) => code)).toEqual(codes);
  });

  it('counts replicas as far as there are nodes for them', () => {
    const facts = withShape(POSITIONS, { replicas: 1 });
    expect(blockersOf({ ...facts, ...nodes(1_600) })).toEqual([]);
    expect(blockersOf({ ...facts, ...nodes(1_400, 1_000) })).toMatchObject([
      { code: 'DISK_SHORT', found: ['needed 2500 bytes with replicas', 'free 2400 bytes on all data nodes'] },
    ]);
  });

  it('divides what an index holds by its primaries', () => {
    expect(blockersOf({ ...withShape(POSITIONS, { primaries: 4 }), ...nodes(500, 500, 500) })).toEqual([]);
  });

  it('counts only nodes that the filters of the cluster allow', () => {
    const filtered = cluster({ 'cluster.routing.allocation.exclude._name': 'node-1' });
    expect(blockersOf({ ...filtered, ...nodes(-1, 10_000) })).toMatchObject([{ code: 'DISK_FULL' }]);
  });

  it('is not checked where the watermarks are off', () => {
    const off = { capacity: { nodes: [{ ...dataNode, freeBytes: -1 }], diskWatched: false, freeShards: 10 } };
    expect(plan(off)).toMatchObject({ blockers: [], warnings: [] });
  });

  it.each<[string, Partial<PlanFacts>, Partial<RestoreRequest>]>([
    ['the nodes', { capacity: { ...clearFacts.capacity, nodes: undefined } }, {}],
    ['their disks', { capacity: { ...clearFacts.capacity, nodes: [{ ...dataNode, freeBytes: undefined }] } }, {}],
    ['the settings', { capacity: { ...clearFacts.capacity, diskWatched: undefined } }, {}],
    ['the shards', { capacity: { ...clearFacts.capacity, freeShards: undefined } }, {}],
    ['what a deletion frees', { ...nodes(-1), existing, existingCopies: undefined }, deleting],
  ])('is a warning where the engine does not report %s', (_what, facts, request) => {
    expect(plan(facts, request)).toMatchObject({ blockers: [], warnings: [{ code: 'CAPACITY_UNKNOWN' }] });
  });

  it('that is short is a warning where it was accepted', () => {
    const { warnings } = plan(nodes(1_000, 400), { acceptDiskShort: true });
    expect(warnings).toMatchObject([{ code: 'DISK_SHORT', message: expect.stringContaining('needed 1500 bytes') }]);
  });

  it('that is accepted gives a plan another hash', () => {
    expect(plan({}, { acceptDiskShort: true }).planHash).not.toBe(plan().planHash);
  });
});

describe('aliases', () => {
  const saved = (writes: Readonly<Record<string, boolean | null>>) => withShape(ALERTS, { writes });
  const owner = (index: string, isWriteIndex?: boolean) => ({ alias: 'optimize-alert', index, isWriteIndex });

  it.each<[string, boolean | null, readonly ReturnType<typeof owner>[], readonly string[]]>([
    ['marked on both sides', true, [owner('stays', true)], [`optimize-alert: ${ALERTS} (restored), stays`]],
    ['owned alone on both sides', null, [owner('stays')], [`optimize-alert: ${ALERTS} (restored), stays`]],
    ['marked here, owned alone there', true, [owner('stays')], [`optimize-alert: ${ALERTS} (restored), stays`]],
    ['not to be written to here', false, [owner('stays', true)], []],
    ['not to be written to there', true, [owner('stays', false)], []],
    ['owned by several without a mark', null, [owner('a'), owner('b')], []],
    ['owned by nobody else', true, [], []],
    ['owned by what is deleted', true, [owner(ALERTS, true)], []],
  ])('%s', (_what, mark, aliasOwners, found) => {
    const facts = { ...saved({ 'optimize-alert': mark }), aliasOwners, existing };
    const blockers = blockersOf(facts, { deleteExisting: true });
    expect(blockers).toEqual(found.length === 0 ? [] : [{ code: 'WRITE_ALIAS_TAKEN', found }]);
  });

  it('under other names are not restored', () => {
    const facts = { ...saved({ 'optimize-alert': true }), aliasOwners: [owner('stays', true)] };
    expect(blockersOf(facts, { rename: { pattern: '(.+)', replacement: 'x-$1' } })).toEqual([]);
  });

  it('with the name of a target block, under other names too', () => {
    const aliasOwners = [{ alias: `x-${ALERTS}`, index: 'stays', isWriteIndex: undefined }];
    expect(blockersOf({ aliasOwners }, { rename: { pattern: '(.+)', replacement: 'x-$1' } })).toEqual([
      { code: 'TARGET_IS_ALIAS', found: [`x-${ALERTS} (alias of stays)`] },
    ]);
  });
});

describe('read-only blocks', () => {
  const blocked = (...blocks: readonly string[]): Partial<PlanFacts> => ({
    conditions: { ...clearFacts.conditions, indexBlocks: new Map([[ALERTS, blocks]]) },
    existing,
  });
  const deleting = { deleteExisting: true };

  it.each(['read_only', 'read_only_allow_delete', 'create_index'])('%s of the cluster blocks', (block) => {
    const name = `cluster.blocks.${block}`;
    expect(blockersOf(cluster({ [name]: 'true' }))).toEqual([{ code: 'CLUSTER_READ_ONLY', found: [`${name}: true`] }]);
    expect(blockersOf(cluster({ [name]: 'false' }))).toEqual([]);
  });

  it.each(['read_only', 'metadata'])('%s of an index to be deleted blocks', (block) => {
    expect(blockersOf(blocked(block), deleting)).toEqual([
      { code: 'INDEX_READ_ONLY', found: [`${ALERTS} · index.blocks.${block}: true`] },
    ]);
  });

  it('of an index that is not deleted are in nobody’s way', () => {
    const { conditions } = blocked('read_only', 'read_only_allow_delete');
    expect(plan({ conditions: conditions ?? clearFacts.conditions, existing: [] }, deleting)).toMatchObject({
      blockers: [],
      warnings: [],
    });
  });

  it.each(['write', 'read'])('%s of an index to be deleted is in nobody’s way', (block) => {
    expect(plan(blocked(block), deleting)).toMatchObject({ blockers: [], warnings: [] });
  });

  it('that allow a deletion are a warning', () => {
    expect(plan(blocked('read_only_allow_delete'), deleting)).toMatchObject({
      blockers: [],
      warnings: [{ code: 'READ_ONLY_ALLOW_DELETE', message: expect.stringContaining(ALERTS) }],
    });
  });
});

describe('a privilege that the engine says is missing', () => {
  const lacking = (missing: Partial<LackingPrivileges> | undefined) => ({
    existing,
    conditions: {
      ...clearFacts.conditions,
      lacking: missing && { snapshot: [], manage: [], deleteIndex: [], ...missing },
    },
  });
  const rename = { pattern: '^', replacement: 'copy-' };
  const deleting = { deleteExisting: true };
  const beside = { ...lacking({ manage: [ALERTS, `copy-${ALERTS}`] }), existing: [] };

  it.each<[string, Partial<LackingPrivileges>, string, readonly string[]]>([
    ['to lift the write block', { manage: [ALERTS, 'optimize-not-restored_v1'] }, 'manage', [ALERTS]],
    ['to delete what is there', { deleteIndex: [ALERTS, 'optimize-other_v1'] }, 'delete_index', [ALERTS]],
    ['to restore', { snapshot: ['restore'] }, 'cluster:admin/snapshot/*', ['cluster:admin/snapshot/restore']],
  ])('%s blocks, with what to grant', (_what, missing, privilege, found) => {
    expect(plan(lacking(missing), deleting).blockers).toMatchObject([
      { code: 'PRIVILEGE_MISSING', found, remedy: expect.stringContaining(privilege) },
    ]);
  });

  it('to take snapshots blocks until what would be deleted is accepted by name', () => {
    const facts = lacking({ snapshot: ['create'] });
    const { blockers } = plan(facts, deleting);
    expect(blockers).toMatchObject([{ code: 'INDICES_UNSAVABLE', message: expect.stringContaining('may not take') }]);
    expect(blockers[0]?.remedy).toMatch(/^Grant it the cluster privilege create_snapshot; or accept/);
    expect(plan(facts, { ...deleting, acceptUnsaved: existing.map(({ name }) => name) }).blockers).toEqual([]);
    expect(plan({ ...facts, existing: [] }).blockers).toEqual([]);
  });

  it('to delete the copy blocks a rehearsal, and what it may not delete besides is no matter', () => {
    const missing = { ...lacking({ deleteIndex: [ALERTS, `copy-${POSITIONS}`] }), existing: [] };
    expect(plan(missing, { rename, copy: true }).blockers).toMatchObject([{ found: [`copy-${POSITIONS}`] }]);
    expect(plan(missing).blockers).toEqual([]);
  });

  it.each([[{}], [undefined]])('is none where the engine says %j', (missing) => {
    expect(plan(lacking(missing), deleting)).toMatchObject({ blockers: [] });
  });

  it('to lift a write block is not needed under other names', () => {
    expect(plan(beside, { rename }).blockers).toEqual([]);
  });
});

describe('the health of the cluster', () => {
  const red = { conditions: { ...clearFacts.conditions, redIndices: [ALERTS, 'zeebe-record'] }, existing };

  it('warns of red indices that are not deleted, by name', () => {
    const { warnings } = plan(red, { deleteExisting: true });
    expect(warnings).toMatchObject([{ code: 'RED_INDICES', message: expect.stringContaining('zeebe-record') }]);
    expect(warnings[0]?.message).not.toContain(ALERTS);
    expect(plan({ ...red, existing: [] }).warnings[0]?.message).toContain(ALERTS);
  });

  it('blocks where a red index would be deleted, until acceptUnsaved names it', () => {
    const { blockers } = plan(red, { deleteExisting: true });
    expect(blockers).toMatchObject([
      { code: 'INDICES_UNSAVABLE', found: [ALERTS], remedy: expect.stringContaining(`"acceptUnsaved": ["${ALERTS}"]`) },
    ]);
    expect(plan(red, { deleteExisting: true, acceptUnsaved: [ALERTS] }).blockers).toEqual([]);
  });

  it('that a managed service does not report is a warning', () => {
    const conditions = { settings: undefined, indexBlocks: undefined, lacking: undefined, redIndices: undefined };
    const { blockers, warnings } = plan({ conditions, aliasOwners: undefined });
    expect(blockers).toEqual([]);
    expect(warnings.map(({ code }) => code)).toEqual(['CONDITIONS_UNKNOWN']);
    for (const what of ['settings of the cluster', 'blocks of indices', 'are red', 'owners of aliases']) {
      expect(warnings[0]?.message).toContain(what);
    }
  });
});

it('warns of templates that the engine would refuse', () => {
  expect(plan({ templateOverlaps: ['a and b (priority 7)'] }).warnings).toMatchObject([
    { code: 'TEMPLATES_OVERLAP', message: expect.stringContaining('a and b (priority 7)') },
  ]);
});

it('warns of templates that were not read, with the reason', () => {
  const unknown = [{ kind: 'lifecyclePolicies', when: 'now', reason: 'requires read_ilm' }] as const;
  const { warnings, blockers } = plan({ templates: { missing: [], changed: [], leftOut: [], unknown } });
  expect(warnings).toMatchObject([
    {
      code: 'TEMPLATES_UNKNOWN',
      message: expect.stringContaining('lifecycle policies of the cluster now (requires read_ilm)'),
    },
  ]);
  expect(blockers).toEqual([]);
});

describe('operations that may not be read', () => {
  it('block a restore that deletes, and name the privilege', () => {
    const { blockers, warnings } = plan({ existing, operations: undefined }, { deleteExisting: true });
    expect(blockers).toMatchObject([{ code: 'PRIVILEGE_MISSING', found: ['indices:monitor/stats'] }]);
    expect(blockers[0]?.remedy).toContain('indices:monitor/stats');
    expect(warnings.map(({ code }) => code)).not.toContain('DELETES_UNMEASURED');
  });

  it('are no matter where nothing is deleted', () => {
    expect(plan({ operations: undefined }).blockers).toEqual([]);
  });
});

describe('snapshots in progress that the engine does not report', () => {
  it('are a warning where nothing is deleted', () => {
    const { warnings, blockers } = plan({ runningSnapshots: undefined });
    expect(warnings).toMatchObject([
      { code: 'CONDITIONS_UNKNOWN', message: expect.stringContaining('which snapshots are being made') },
    ]);
    expect(blockers).toEqual([]);
  });

  it('block a restore that deletes, and name the privilege', () => {
    const { blockers } = plan({ runningSnapshots: undefined }, { deleteExisting: true });
    expect(blockers).toMatchObject([{ code: 'PRIVILEGE_MISSING', found: ['cluster:admin/snapshot/status'] }]);
  });
});
