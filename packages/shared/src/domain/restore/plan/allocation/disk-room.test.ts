import { describe, expect, it } from 'vitest';
import type { DataNode } from '../cluster-facts.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { ALERTS, clearFacts, dataNode, inPlace, POSITIONS, withShape } from '../restore-plan.fixture.ts';
import { diskRoom, freedCopies } from './disk-room.ts';

const other: DataNode = { ...dataNode, id: 'n2', name: 'hot-2', freeBytes: 500 };
const nodes = [dataNode, other];
const deleting: RestoreRequest = { ...inPlace, deleteExisting: true };
const planned = (index: string, bytes: number | null, part = 2): PlannedIndex => ({
  ...{ part, index, as: index, documents: 1, bytes },
});
const existing = [{ name: ALERTS, uuid: 'u', open: true, primaries: 1, replicas: 0 }];
const copies = [
  { index: ALERTS, node: 'n1', bytes: 10 },
  { index: ALERTS, node: 'n2', bytes: 20 },
  { index: ALERTS, node: 'n2', bytes: 30 },
  { index: 'stranger', node: 'n1', bytes: 1_000 },
];
const room = (
  restores: readonly PlannedIndex[],
  facts: Partial<PlanFacts> = {},
  request = inPlace,
  of: readonly DataNode[] | undefined = nodes,
) => diskRoom(request, { ...clearFacts, capacity: { ...clearFacts.capacity, nodes: of }, ...facts }, restores);

describe('the copies that a deletion frees', () => {
  it('are those of the indices that are deleted', () => {
    expect(freedCopies(deleting, { ...clearFacts, existing, existingCopies: copies })).toEqual(copies.slice(0, 3));
  });

  it('are unknown where the engine does not report them', () => {
    expect(freedCopies(deleting, { ...clearFacts, existing, existingCopies: undefined })).toBeUndefined();
  });

  it.each([
    ['nothing is to be deleted', inPlace, existing],
    ['nothing is there', deleting, []],
  ])('are none where %s, whatever is reported', (_, request, there) => {
    expect(freedCopies(request, { ...clearFacts, existing: there, existingCopies: undefined })).toEqual([]);
  });
});

describe('the room on the disks', () => {
  it('is what each node has left, with what a deletion frees there', () => {
    const freed = { existing, existingCopies: copies };
    expect(room([], freed, deleting)?.byNode).toEqual([
      { node: 'hot-1', bytes: 1_000_010 },
      { node: 'hot-2', bytes: 550 },
    ]);
    expect(room([], freed)?.byNode).toEqual([
      { node: 'hot-1', bytes: 1_000_000 },
      { node: 'hot-2', bytes: 500 },
    ]);
  });

  it.each<[string, Partial<PlanFacts>, readonly DataNode[] | undefined]>([
    ['the nodes are not reported', { capacity: { nodes: undefined, diskWatched: true, freeShards: 1 } }, undefined],
    ['there is none', {}, []],
    ['one of them does not report its disk', {}, [dataNode, { ...other, freeBytes: undefined }]],
    ['the watermarks are off', { capacity: { nodes, diskWatched: false, freeShards: 1 } }, nodes],
  ])('is not known where %s', (_, facts, of) => {
    expect(room([], facts, inPlace, of)).toBeUndefined();
  });

  it('is not known where what a deletion frees is not', () => {
    expect(room([], { existing, existingCopies: undefined }, deleting)).toBeUndefined();
  });
});

describe('the room that a restore needs', () => {
  it('is that of all its indices; the largest shard has to fit on one node', () => {
    expect(room([planned(POSITIONS, 70, 1), planned(ALERTS, 30)])).toMatchObject({ needed: 100, largestShard: 70 });
    expect(room([])).toMatchObject({ needed: 0, largestShard: 0 });
  });

  it.each([
    ['first', [planned(POSITIONS, null, 1), planned(ALERTS, 30)]],
    ['last', [planned(ALERTS, 30), planned(POSITIONS, null, 1)]],
  ])('is not known where the bytes of one index are not: the %s', (_, restores) => {
    expect(room(restores)).toMatchObject({ needed: undefined, largestShard: undefined });
  });

  it.each([
    ['one copy where the index has no replicas', 0, inPlace, 100],
    ['a copy more for its replica', 1, inPlace, 200],
    ['never more copies than nodes', 5, inPlace, 200],
    ['one copy in a rehearsal', 1, { ...inPlace, copy: true }, 100],
  ])('counts %s', (_, replicas, request, needed) => {
    expect(room([planned(ALERTS, 100)], withShape(ALERTS, { replicas }), request)?.needed).toBe(needed);
  });

  it('divides an index by its primaries', () => {
    expect(room([planned(ALERTS, 100)], withShape(ALERTS, { primaries: 3 }))?.largestShard).toBe(34);
  });

  it('takes an index of which no shape was saved as one shard without replicas', () => {
    expect(room([planned('unknown', 100)])).toMatchObject({ needed: 100, largestShard: 100 });
  });
});
