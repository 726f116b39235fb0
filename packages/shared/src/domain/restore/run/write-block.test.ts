import { describe, expect, it } from 'vitest';
import type { IndexBlock } from './index-blocks.ts';
import { NO_MEMORY, type RestoreDetail, type RestoreTask } from './restore-memory.ts';
import type { SeenIndex } from './restoring.ts';
import { blockedLine, blockSteps, blocksIn, liftCalls, liftLine } from './write-block.ts';

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
    expect(blockSteps(detail({ a: ['write'] }), [seen('a', 'write'), seen('b')])).toEqual([]);
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

  it('do not set a write block again that somebody lifted', () => {
    expect(blockSteps(detail({ a: ['write'] }), [seen('a')])).toEqual([]);
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

  it.each([1, 2, 40, 400])('are as few as request lines allow, with names of %i characters', (length) => {
    const many = Array.from({ length: 4_000 }, (_, number) => `${number}`.padStart(length, '0'));
    const lists = liftCalls(many).map((call) => /^PUT \/(.+)\/_settings/.exec(call)?.[1] ?? '');
    expect(lists.flatMap((list) => list.split(','))).toEqual(many);
    for (const [at, list] of lists.entries()) {
      expect(list.length).toBeLessThan(3_500);
      const next = lists[at + 1]?.split(',')[0];
      if (next !== undefined) expect(list.length + next.length + 2).toBeGreaterThan(3_500);
    }
  });

  it('are none for none', () => {
    expect(liftCalls([])).toEqual([]);
  });
});

describe('the line that names those calls', () => {
  const call = 'This call lifts the write block: PUT /a,b/_settings {"index.blocks.write":null}';

  it('has the only call', () => {
    expect(liftLine(['a', 'b'])).toBe(call);
    expect(blockedLine(['a', 'b'])).toMatch(
      /stay blocked for writing, because an incomplete set must not be written to\. /,
    );
    expect(blockedLine(['a', 'b'])).toContain(call);
  });

  it('has the first call, and how many more there are', () => {
    const many = Array.from({ length: 3 }, (_, number) => `${number}`.repeat(2_000));
    expect(liftLine(many)).toMatch(/^This call lifts the write block: PUT \/0+\/_settings .* \(and 2 more calls/);
  });

  it('is absent where nothing is blocked', () => {
    expect(liftLine([])).toBeUndefined();
    expect(blockedLine([])).toBeUndefined();
  });
});
