import { describe, expect, it } from 'vitest';
import type { DataNode } from '../cluster-facts.ts';
import type { PlanFacts, RestoreRequest } from '../plan-facts.ts';
import { ALERTS, clearFacts, dataNode, inPlace, POSITIONS, withShape } from '../restore-plan.fixture.ts';
import { planRestore } from '../restore-plan.ts';

const OF_CLUSTER = 'cluster.routing.allocation.total_shards_per_node';
const OF_INDEX = 'index.routing.allocation.total_shards_per_node';
const AWARENESS = 'cluster.routing.allocation.awareness';

const plan = (facts: Partial<PlanFacts> = {}, request: Partial<RestoreRequest> = {}) =>
  planRestore({ ...inPlace, ...request }, { ...clearFacts, ...facts }, (text) => text);
const foundBy = (...args: Parameters<typeof plan>) => plan(...args).blockers.map(({ code, found }) => [code, ...found]);
const warningsOf = (...args: Parameters<typeof plan>) => plan(...args).warnings.map(({ code }) => code);

const capacity = (changes: Partial<PlanFacts['capacity']>): Partial<PlanFacts> => ({
  capacity: { ...clearFacts.capacity, ...changes },
});
const nodes = (...some: readonly Partial<DataNode>[]): Partial<PlanFacts> =>
  capacity({ nodes: some.map((changes, at) => ({ ...dataNode, id: `n${at}`, name: `node-${at}`, ...changes })) });
const cluster = (settings: Readonly<Record<string, string>>): Partial<PlanFacts> => ({
  conditions: { ...clearFacts.conditions, settings },
});
const saved = (changes: Parameters<typeof withShape>[1]) => withShape(ALERTS, changes);
const existing = [{ name: ALERTS, uuid: 'i1', open: true, primaries: 2, replicas: 1 }];
const copy: Partial<RestoreRequest> = { copy: true, rename: { pattern: '(.+)', replacement: 'x-$1' } };
const deleting: Partial<RestoreRequest> = { deleteExisting: true };

describe('cluster.max_shards_per_node', () => {
  const needingNine = saved({ primaries: 4, replicas: 1 });

  it.each<[string, number, Partial<PlanFacts>, Partial<RestoreRequest>, readonly string[]]>([
    ['as many shards as are free, replicas included', 9, {}, {}, []],
    ['one too many', 8, {}, {}, ['SHARDS_SHORT', 'needed 9 shards', 'free 8 shards']],
    ['a rehearsal, which has no replicas', 5, {}, copy, []],
    ['what is deleted frees its shards', 5, { existing }, deleting, []],
    [
      'of closed indices it frees none',
      8,
      { existing: existing.map((index) => ({ ...index, open: false })) },
      deleting,
      ['SHARDS_SHORT', 'needed 9 shards', 'free 8 shards'],
    ],
    [
      'a limit that was lowered below what is open',
      -3,
      { existing },
      deleting,
      ['SHARDS_SHORT', 'needed 9 shards', 'free 1 shards'],
    ],
    [
      'a limit far below what is open',
      -30,
      { existing },
      deleting,
      ['SHARDS_SHORT', 'needed 9 shards', 'free 0 shards'],
    ],
  ])('%s', (_what, freeShards, facts, request, found) => {
    const all = { ...needingNine, ...capacity({ freeShards }), ...facts };
    expect(foundBy(all, request)).toEqual(found.length === 0 ? [] : [found]);
  });

  it('is not checked for a backup that does not record its shards, and a warning says so', () => {
    const facts = { manifests: new Map(), ...capacity({ freeShards: 0 }) };
    expect(plan(facts).blockers).toEqual([]);
    expect(plan(facts).warnings).toContainEqual({
      code: 'SHARDS_UNKNOWN',
      message: expect.stringContaining(`${POSITIONS}, ${ALERTS}`),
    });
  });
});

describe('a limit of shards per node that was saved with an index', () => {
  const limited = saved({ primaries: 3, allocation: { [OF_INDEX]: '1' } });
  const line = (figures: string) => `${ALERTS} · ${OF_INDEX}: 1 (${figures})`;

  it('blocks where a primary finds no node, and names the figures', () => {
    expect(foundBy({ ...limited, ...nodes({}, {}) })).toEqual([['SHARDS_PER_NODE', line('3 primaries, room for 2')]]);
    expect(warningsOf({ ...limited, ...nodes({}, {}) })).toEqual([]);
    expect(foundBy({ ...limited, ...nodes({}, {}, {}) })).toEqual([]);
  });

  it('counts only nodes that the filters of cluster and index allow', () => {
    const three = nodes({}, {}, { attributes: { box: 'cold' } });
    const filtered = saved({
      primaries: 3,
      allocation: { [OF_INDEX]: '1', 'index.routing.allocation.require.box': 'hot' },
    });
    expect(foundBy({ ...filtered, ...three })).toEqual([['SHARDS_PER_NODE', line('3 primaries, room for 2')]]);
    const ofCluster = cluster({ 'cluster.routing.allocation.exclude.box': 'cold' });
    expect(foundBy({ ...limited, ...three, ...ofCluster })).toEqual([
      ['SHARDS_PER_NODE', line('3 primaries, room for 2')],
    ]);
  });

  it('is a warning where only replicas find none', () => {
    const facts = { ...saved({ primaries: 2, replicas: 1, allocation: { [OF_INDEX]: '1' } }), ...nodes({}, {}) };
    expect(plan(facts).blockers).toEqual([]);
    expect(plan(facts).warnings).toMatchObject([
      { code: 'SHARDS_PER_NODE', message: expect.stringContaining(line('4 shards with replicas, room for 2')) },
    ]);
  });

  it('does not count replicas for which there are no nodes anyway', () => {
    const facts = { ...saved({ primaries: 2, replicas: 3, allocation: { [OF_INDEX]: '2' } }), ...nodes({}) };
    expect(plan(facts)).toMatchObject({ blockers: [], warnings: [] });
  });

  it.each(['0', '-1'])('of %s is none', (limit) => {
    expect(plan(saved({ primaries: 3, allocation: { [OF_INDEX]: limit } }))).toMatchObject({
      blockers: [],
      warnings: [],
    });
  });

  it('goes with the other allocation settings: in a rehearsal, and on request', () => {
    expect(plan(limited, copy)).toMatchObject({ blockers: [], warnings: [] });
    expect(plan(limited, { dropAllocation: true })).toMatchObject({ blockers: [], warnings: [] });
  });
});

describe('a limit of shards per node in the cluster', () => {
  const limit = (shards: number) => cluster({ [OF_CLUSTER]: `${shards}` });

  it.each<[string, Partial<PlanFacts>, Partial<RestoreRequest>, readonly string[]]>([
    ['just enough room', { ...limit(12), ...nodes({ shards: 10 }) }, {}, []],
    [
      'room for one of two primaries',
      { ...limit(11), ...nodes({ shards: 10 }) },
      {},
      [`${OF_CLUSTER}: 11 (2 primaries, room for 1)`],
    ],
    ['room for one on each of two nodes', { ...limit(11), ...nodes({ shards: 10 }, { shards: 10 }) }, {}, []],
    [
      'a node that holds more than its share gives no room to others',
      { ...limit(11), ...nodes({ shards: 90 }, { shards: 10 }) },
      {},
      [`${OF_CLUSTER}: 11 (2 primaries, room for 1)`],
    ],
    [
      'what is deleted frees room on its node',
      {
        ...limit(10),
        ...nodes({ shards: 10 }),
        existing,
        existingCopies: [0, 1].map(() => ({ index: ALERTS, node: 'n0', bytes: 1 })),
      },
      deleting,
      [],
    ],
    [
      'what is deleted frees room on its own node alone',
      {
        ...limit(10),
        ...nodes({ shards: 10 }, { shards: 10 }),
        ...{ existing, existingCopies: [{ index: ALERTS, node: 'n0', bytes: 1 }] },
      },
      deleting,
      [`${OF_CLUSTER}: 10 (2 primaries, room for 1)`],
    ],
    [
      'what is deleted frees none where the node held far more',
      { ...limit(10), ...nodes({ shards: 50 }), existing, existingCopies: [{ index: ALERTS, node: 'n0', bytes: 1 }] },
      deleting,
      [`${OF_CLUSTER}: 10 (2 primaries, room for 0)`],
    ],
    [
      'a rehearsal has primaries too',
      { ...limit(11), ...nodes({ shards: 10 }) },
      copy,
      [`${OF_CLUSTER}: 11 (2 primaries, room for 1)`],
    ],
    [
      'the only node that an index may use is full',
      {
        ...limit(11),
        ...nodes({ shards: 1 }, { shards: 11, attributes: { box: 'cold' } }),
        ...saved({ allocation: { 'index.routing.allocation.require.box': 'cold' } }),
      },
      {},
      [`${ALERTS} · ${OF_CLUSTER}: 11 (1 primary, room for 0)`],
    ],
  ])('%s', (_what, facts, request, found) => {
    expect(foundBy(facts, request)).toEqual(found.length === 0 ? [] : [['SHARDS_PER_NODE', ...found]]);
  });

  it('is a warning where only replicas have no room', () => {
    const facts = { ...limit(12), ...nodes({ shards: 10 }, { shards: 11 }), ...saved({ primaries: 1, replicas: 1 }) };
    expect(plan({ ...facts, ...withShape(POSITIONS, { replicas: 1 }) }).blockers).toEqual([]);
    const both = { ...facts, ...nodes({ shards: 10 }, { shards: 12 }) };
    expect(warningsOf(both)).toEqual(['SHARDS_PER_NODE']);
  });

  it.each<[string, Partial<PlanFacts>, Partial<RestoreRequest>]>([
    ['what nodes hold', nodes({ shards: undefined }), {}],
    ['what one of the nodes holds', nodes({ shards: 1 }, { shards: undefined }), {}],
    ['what is freed', { existing, existingCopies: undefined, ...capacity({ diskWatched: false }) }, deleting],
  ])('is a warning where the engine does not report %s', (_what, facts, request) => {
    expect(plan({ ...limit(1), ...facts }, request)).toMatchObject({
      blockers: [],
      warnings: [
        { code: 'CAPACITY_UNKNOWN', message: expect.stringContaining('how many shards each data node holds') },
      ],
    });
    expect(plan(facts, request)).toMatchObject({ blockers: [], warnings: [] });
  });
});

describe('allocation awareness', () => {
  const zones = cluster({ [`${AWARENESS}.attributes`]: 'zone', [`${AWARENESS}.force.zone.values`]: 'a, b' });
  const inZone = (...values: readonly string[]) => nodes(...values.map((zone) => ({ attributes: { zone } })));
  const replicated = saved({ replicas: 1 });

  it('that is forced, with nodes in one zone only, leaves replicas unassigned: a warning', () => {
    const facts = { ...zones, ...inZone('a', 'a'), ...replicated };
    expect(plan(facts).blockers).toEqual([]);
    expect(plan(facts).warnings).toMatchObject([
      { code: 'AWARENESS_LIMITED', message: expect.stringContaining(`${AWARENESS}.force.zone.values: a,b`) },
    ]);
  });

  it.each<[string, Partial<PlanFacts>, Partial<RestoreRequest>]>([
    ['with nodes in all zones', { ...inZone('a', 'b'), ...replicated }, {}],
    ['without replicas', inZone('a', 'a'), {}],
    ['in a rehearsal', { ...inZone('a', 'a'), ...replicated }, copy],
    ['with one node, which leaves them unassigned anyway', { ...inZone('a'), ...replicated }, {}],
  ])('that is forced, %s, is nothing to warn of', (_what, facts, request) => {
    expect(plan({ ...zones, ...facts }, request)).toMatchObject({ blockers: [], warnings: [] });
  });

  it('is checked for each number of replicas', () => {
    const facts = { ...zones, ...inZone('a', 'a'), ...replicated };
    expect(warningsOf({ ...facts, ...saved({ replicas: 2 }) })).toEqual([]);
    const both = plan({ ...facts, ...withShape(POSITIONS, { replicas: 1 }) });
    expect(both.warnings.map(({ code }) => code)).toEqual(['AWARENESS_LIMITED']);
  });

  it('by an attribute that no data node has blocks: engines assign nothing to such nodes', () => {
    const facts = cluster({ [`${AWARENESS}.attributes`]: 'zone' });
    expect(foundBy({ ...facts, ...nodes({}) })).toEqual([['ALLOCATION_FILTERED', `${AWARENESS}.attributes: zone`]]);
    expect(foundBy({ ...facts, ...inZone('a') })).toEqual([]);
  });

  it('counts only nodes with the attribute as room', () => {
    const facts = { ...zones, ...nodes({ freeBytes: 1_000_000 }, { freeBytes: -1, attributes: { zone: 'a' } }) };
    expect(foundBy(facts)).toMatchObject([['DISK_FULL', 'node-1: 1 bytes above the low watermark']]);
  });
});
