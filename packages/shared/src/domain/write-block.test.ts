import { describe, expect, it } from 'vitest';
import type { IndexBlock } from './index-blocks.ts';
import { NO_MEMORY, type RestoreDetail, type RestoreTask } from './restore-memory.ts';
import type { SeenIndex } from './restoring.ts';
import { blockSteps, blocksIn, liftCalls } from './write-block.ts';

const names = ['a', 'b', 'c'];
const detail = (savedBlocks: RestoreDetail['memory']['savedBlocks'], blocked = [1]): RestoreDetail => ({
  task: {
    parts: [{ number: 1, snapshot: 's', uuid: null, indices: names.map((name) => ({ index: name, as: name })) }],
  } as unknown as RestoreTask,
  memory: { ...NO_MEMORY, blocked, savedBlocks, parts: { 1: 'done' } },
  restored: { a: 'ua', b: 'ub', c: 'uc' },
  ...{ reason: undefined, report: undefined, stop: undefined },
});
const seen = (name: string, ...blocks: IndexBlock[]): SeenIndex => ({
  ...{ name, uuid: `u${name}`, blocks, shards: 1, shardsDone: 1, source: undefined, failures: [] },
});

describe('the changes that give restored indices their saved blocks', () => {
  it('lift ours from what was saved without', () => {
    expect(blockSteps(detail({}), [seen('a', 'write'), seen('b', 'write')])).toEqual([
      { block: 'write', change: 'lift', names: ['a', 'b'] },
    ]);
  });

  it('leave it on what was saved with a write block', () => {
    expect(blockSteps(detail({ a: ['write'] }), [seen('a', 'write')])).toEqual([]);
  });

  it('lift ours before they set blocks that would forbid it', () => {
    const saved = { a: ['metadata', 'read'], b: ['read_only', 'write'] } as const;
    expect(blockSteps(detail(saved), [seen('a', 'write'), seen('b', 'write'), seen('c', 'write')])).toEqual([
      { block: 'write', change: 'lift', names: ['a', 'c'] },
      { block: 'read', change: 'set', names: ['a'] },
      { block: 'read_only', change: 'set', names: ['b'] },
      { block: 'metadata', change: 'set', names: ['a'] },
    ]);
  });

  it('are none where a block is gone already, or set by an earlier try', () => {
    expect(blockSteps(detail({ b: ['read'] }), [seen('a'), seen('b', 'read')])).toEqual([]);
  });

  it('touch neither what is not of this restore nor what was sent without our block', () => {
    expect(blockSteps(detail({}), [{ ...seen('a', 'write'), uuid: 'other' }])).toEqual([]);
    expect(blockSteps(detail({}, []), [seen('a', 'write')])).toEqual([]);
  });
});

describe('saved blocks', () => {
  it('are those that are set, without the one that belongs to the engine', () => {
    const saved = { read_only_allow_delete: 'true', write: 'false', read_only: 'true' };
    const flat = Object.fromEntries(Object.entries(saved).map(([name, value]) => [`index.blocks.${name}`, value]));
    expect(blocksIn(flat)).toEqual(['read_only']);
  });
});

describe('the calls that lift a write block by hand', () => {
  it('name every index once, in request lines that engines take', () => {
    const many = Array.from({ length: 300 }, (_, number) => `optimize-process-instance-of-some-process-${number}_v8`);
    const calls = liftCalls(many);
    expect(calls.length).toBeGreaterThan(1);
    for (const call of calls) expect(call.length).toBeLessThan(4_000);
    expect(
      calls.flatMap((call) => /^PUT \/(.+)\/_settings \{"index\.blocks\.write":null\}$/.exec(call)?.[1]?.split(',')),
    ).toEqual(many);
  });

  it('are none for none', () => {
    expect(liftCalls([])).toEqual([]);
  });
});
