import { describe, expect, it } from 'vitest';
import type { DataNode } from '../cluster-facts.ts';
import type { PlanFacts } from '../plan-facts.ts';
import { ALERTS, clearFacts, dataNode, inPlace, POSITIONS, withShape } from '../restore-plan.fixture.ts';
import { allocationWarnings } from './allocation-warnings.ts';

const restores = [POSITIONS, ALERTS].map((index, at) => ({
  ...{ part: at + 1, index, as: index },
  ...{ documents: null, bytes: null },
}));
const warnings = (facts: Partial<PlanFacts>) => allocationWarnings(inPlace, { ...clearFacts, ...facts }, restores);
const withNodes = (nodes: readonly DataNode[] | undefined): Partial<PlanFacts> => ({
  capacity: { ...clearFacts.capacity, nodes },
});

describe('a tier that an index prefers', () => {
  const warm = withShape(ALERTS, { allocation: { 'index.routing.allocation.include._tier_preference': 'data_warm' } });
  const warmNode: DataNode = { ...dataNode, id: 'n2', name: 'warm-1', roles: ['data_warm'] };

  it('is absent where no node has it, and the warning names both', () => {
    expect(warnings(warm)).toMatchObject([
      { code: 'TIER_ABSENT', message: expect.stringContaining(`: ${ALERTS} (data_warm).`) },
    ]);
  });

  it('is there where one of several nodes has it', () => {
    expect(warnings({ ...warm, ...withNodes([dataNode, warmNode]) })).toEqual([]);
  });

  it.each([[undefined], [[]]])('is not called absent where the nodes are %j', (nodes) => {
    expect(warnings({ ...warm, ...withNodes(nodes) })).toEqual([]);
  });
});

it('names the setting that limits allocation to primaries, once', () => {
  const setting = 'cluster.routing.allocation.enable';
  const limited = warnings({ conditions: { ...clearFacts.conditions, settings: { [setting]: 'primaries' } } });
  expect(limited).toEqual([
    { code: 'ALLOCATION_LIMITED', message: expect.stringContaining(`primaries: ${setting}: primaries.`) },
  ]);
});
