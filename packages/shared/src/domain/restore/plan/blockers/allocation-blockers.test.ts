import { expect, it } from 'vitest';
import type { DataNode } from '../cluster-facts.ts';
import { ALERTS, clearFacts, dataNode, inPlace } from '../restore-plan.fixture.ts';
import { allocationBlockers } from './allocation-blockers.ts';

const restores = [{ part: 2, index: ALERTS, as: ALERTS, documents: null, bytes: null }];
const filter = { 'cluster.routing.allocation.exclude._name': 'hot-*' };

it.each<[string, readonly DataNode[] | undefined, readonly string[]]>([
  ['excludes every node', [dataNode], ['ALLOCATION_FILTERED']],
  ['leaves one', [dataNode, { ...dataNode, id: 'n2', name: 'warm-1' }], []],
  ['is set where the engine does not report its nodes', undefined, []],
  ['is set where the engine reports no data node', [], []],
])('an allocation filter that %s', (_, nodes, codes) => {
  const facts = {
    ...clearFacts,
    capacity: { ...clearFacts.capacity, nodes },
    conditions: { ...clearFacts.conditions, settings: filter },
  };
  expect(allocationBlockers(inPlace, facts, restores).map(({ code }) => code)).toEqual(codes);
});
