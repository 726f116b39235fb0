import { describe, expect, it } from 'vitest';
import { explanationIn } from './explanation.ts';

const FILTER = 'node does not match index setting [index.routing.allocation.require] filters [zone:"nowhere"]';
const restoring = { decider: 'restore_in_progress', decision: 'NO', explanation: 'shard has failed to be restored' };
const filter = { decider: 'filter', decision: 'NO', explanation: FILTER };
const node = (name: string, ...deciders: object[]) => ({ node_name: name, node_decision: 'no', deciders });

describe('the explanation of an unassigned shard', () => {
  it.each([
    ['each node with what forbids it', [node('one', restoring, filter)], `one: ${FILTER}`],
    ['several reasons', [node('one', filter, { ...filter, explanation: 'disk' })], `one: ${FILTER}; disk`],
    [
      'three nodes, and how many more',
      ['a', 'b', 'c', 'd', 'e'].map((name) => node(name, { ...filter, explanation: 'no' })),
      'a: no · b: no · c: no · and 2 more nodes',
    ],
    [
      'three nodes, and no more of none',
      ['a', 'b', 'c'].map((name) => node(name, { ...filter, explanation: 'no' })),
      'a: no · b: no · c: no',
    ],
    ['that of a node without a name', [{ deciders: [filter] }], `a node: ${FILTER}`],
    ['that of a node whose name is empty', [node('', filter)], `a node: ${FILTER}`],
    ['that of a node whose name is no text', [{ ...node('', filter), node_name: 7 }], `a node: ${FILTER}`],
    ['only what has words', [node('one', { ...filter, explanation: undefined }, filter)], `one: ${FILTER}`],
    ['nothing without words', [node('one', { ...filter, explanation: '' })], 'not allowed'],
    ['only what is an object', ['one', null, node('one', filter)], `one: ${FILTER}`],
    ['nothing of a node whose deciders are no list', [{ node_name: 'one', deciders: {} }], 'not allowed'],
    ['what all nodes have in common, where none says more', [node('one', restoring)], 'not allowed'],
    ['the same without nodes', undefined, 'not allowed'],
    ['nothing that was allowed', [node('one', { ...filter, decision: 'YES' }, restoring)], 'not allowed'],
  ])('is %s', (_, nodes, expected) => {
    const reply = { can_allocate: 'no', allocate_explanation: 'not allowed', node_allocation_decisions: nodes };
    expect(explanationIn(reply)).toBe(expected);
  });

  it.each([
    [undefined],
    ['text'],
    [{}],
    [{ node_allocation_decisions: 'x' }],
    [{ allocate_explanation: 7 }],
    [{ allocate_explanation: '' }],
  ])('of %j is not known', (reply) => {
    expect(explanationIn(reply)).toBeUndefined();
  });
});
