import { expect, it } from 'vitest';
import { clearFacts, dataNode } from '../restore-plan.fixture.ts';
import { allowedNodes } from './allowed-nodes.ts';
import { spreadCopies } from './awareness.ts';

const inZone = (zone: string) => ({ ...dataNode, attributes: { zone } });

it.each([
  ['two zones of two nodes', 4, ['a', 'a', 'b', 'b'], [], 4],
  ['zones of one and of three nodes', 4, ['a', 'b', 'b', 'b'], [], 3],
  ['one zone beside a forced one that has no nodes', 4, ['a', 'a', 'a', 'a'], ['a', 'b'], 2],
  ['shares that are rounded up', 3, ['a', 'a', 'b', 'b'], [], 4],
])('gives each zone its share of the copies, as far as it has nodes: %s', (_, copies, zones, forced, spread) => {
  expect(spreadCopies(copies, zones.map(inZone), { attribute: 'zone', forced, shown: '' })).toBe(spread);
});

it('allows no node where the engine reports none', () => {
  const capacity = { ...clearFacts.capacity, nodes: undefined };
  expect(allowedNodes({ capacity, conditions: clearFacts.conditions })).toEqual([]);
});
