import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { NO_MEMORY, type RestoreMemory, type RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { Removal, SeenIndex } from '@tandem/shared/domain/restore/run/restoring.ts';
import { describe, expect, it } from 'vitest';
import type { RestoreTick } from '../context.ts';
import { resend } from '../parts/resend.ts';
import { rollBack, unblock, waitQuiet } from './rollback.ts';

const ID = '0198c0de-7000-7000-8000-000000000002';
const STARTED = '2026-01-01T00:00:00.000Z';
const NOW = new Date('2026-01-01T00:00:10Z');
const OPTIMIZE = 'http://optimize:8090';
const actor = { kind: 'system', name: 'worker' } as const;
const nothingElse = { tries: 'progress', outcome: { do: 'wait', inMs: 0 } };
const removed = (indices: readonly string[], reason: string) => ({
  ...{ kind: 'index.removed', actor, source: 'worker', reason },
  after: { operationId: ID, indices },
});

const part = (number: number, ...names: readonly string[]) => ({
  ...{ number, snapshot: `s-${number}`, uuid: null },
  indices: names.map((name) => ({ index: name, as: name })),
});
const ONE = part(1, 'a', 'b');
const TWO = part(2, 'c');
const RESTORED = { a: 'uuid-a', b: 'uuid-b', c: 'uuid-c' };
const ending = { state: 'FAILED', at: 'parts', reason: { code: 'RESTORE_REFUSED', message: 'No.', data: {} } } as const;

type World = {
  readonly optimizeAt?: string;
  readonly memory?: Partial<RestoreMemory>;
  readonly task?: Partial<RestoreTask>;
};

/** Part 1 was sent with the write block, and b has lost it; part 2 was sent without. */
const setUp = ({ optimizeAt, memory, task }: World = {}) => {
  const engine = inMemoryEngine();
  for (const name of ['a', 'b', 'c']) engine.createIndex(name, 1);
  const there = () => ['a', 'b', 'c'].filter((name) => engine.documentsIn(name) !== undefined);
  const records: unknown[] = [];
  const index = (name: string, ...blocks: SeenIndex['blocks'][number][]): SeenIndex => ({
    ...{ name, uuid: `uuid-${name}`, blocks, shards: 1, shardsDone: 1, source: undefined, failures: [] },
  });
  const tick = {
    job: { engine, actor, optimizeAnswersAt: async () => optimizeAt },
    operation: { operationId: ID, requestId: undefined, trigger: 'request', now: NOW },
    detail: {
      task: { inPlace: true, copy: false, rollback: true, parts: [ONE, TWO], deletes: [], ...task },
      memory: {
        ...{ ...NO_MEMORY, startedAt: STARTED, absentSince: STARTED, resent: 1, blocked: [1] },
        ...{ parts: { 1: 'accepted', 2: 'accepted' }, ...memory },
      },
      restored: RESTORED,
    },
    seen: [index('c', 'write'), index('b'), index('a', 'write')],
    tools: {
      record: async (change: Omit<OperationChange, 'outcome'>) => void records.push({ ...change, there: there() }),
    },
  } as unknown as RestoreTick;
  return { engine, tick, records, there };
};

describe('sending a part again', () => {
  const remove = { a: 'uuid-a', b: 'uuid-b' };

  it('writes down that it deletes, removes what is left of it, and counts', async () => {
    const { tick, records, there } = setUp({ memory: { parts: { 1: 'accepted', 2: 'done' } } });
    const memory = {
      ...tick.detail.memory,
      ...{ parts: { 1: 'sending', 2: 'done' }, absentSince: undefined },
    };
    expect(await resend(tick, ONE, remove)).toEqual({
      detail: { memory: { ...memory, resent: 2 } },
      events: [removed(['a', 'b'], 'the engine was restarted and lost the restore; it is sent again')],
      ...nothingElse,
    });
    expect(records).toEqual([{ detail: { memory: { ...memory, deleting: true } }, there: ['a', 'b', 'c'] }]);
    expect(there()).toEqual(['c']);
  });
});

describe('rolling back', () => {
  const step: Extract<Removal, { step: 'take-back' }> = {
    ...{ step: 'take-back', remove: { a: 'uuid-a', b: 'uuid-b-now' } },
    left: [{ name: 'c', why: 'written', isBlocked: false }],
  };

  it.each([
    ['a restore', false, 'the restore did not end well, and rolls back what it restored'],
    ['a rehearsal', true, 'a rehearsal removes what it restored'],
  ])('records the uuids before it deletes, and forgets them with the indices: %s', async (_, copy, why) => {
    const { tick, records, there } = setUp({ memory: { ending }, task: { copy, inPlace: !copy } });
    expect(await rollBack(tick, step)).toEqual({
      detail: { restored: { c: 'uuid-c' } },
      events: [removed(['a', 'b'], why)],
      ...nothingElse,
    });
    expect(records).toEqual([
      {
        detail: {
          memory: { ...tick.detail.memory, absentSince: undefined },
          restored: { ...RESTORED, b: 'uuid-b-now' },
        },
        there: ['a', 'b', 'c'],
      },
    ]);
    expect(there()).toEqual(['c']);
  });

  it('deletes nothing while Optimize answers: all is left, and only what carries our write block is to be unblocked', async () => {
    const { tick, records, there } = setUp({ optimizeAt: OPTIMIZE, memory: { ending } });
    const { outcome } = await rollBack(tick, { ...step, remove: RESTORED, left: [] });
    expect(outcome).toMatchObject({
      ...{ do: 'end', state: 'FAILED' },
      failure: {
        data: {
          ...{ left: ['a', 'b', 'c'], leftBecause: { a: 'kept', b: 'kept', c: 'kept' }, rolledBack: false },
          liftBlocks: ['PUT /a/_settings {"index.blocks.write":null}'],
        },
      },
    });
    expect(records).toEqual([]);
    expect(there()).toEqual(['a', 'b', 'c']);
  });
});

describe('what keeps an index from being deleted', () => {
  const again: Removal = { step: 'resend', part: ONE, remove: { a: 'uuid-a' } };
  const back: Removal = { step: 'take-back', remove: { a: 'uuid-a' }, left: [] };
  const lift = (then: Removal) => ({ step: 'unblock', block: 'read-only', names: ['a'], then }) as const;

  it('is lifted, and written down before', async () => {
    const { engine, tick, records } = setUp({ memory: { ending } });
    expect(await unblock(tick, lift(back) as never)).toEqual(nothingElse);
    expect(records).toMatchObject([
      {
        events: [
          {
            ...{ kind: 'restore.step', actor, source: 'worker' },
            after: { operationId: ID, step: 'unblock', block: 'read-only', indices: ['a'] },
          },
        ],
      },
    ]);
    expect(engine.calls.at(-1)).toMatchObject({ method: 'setIndexBlock' });
  });

  it('stays while Optimize answers: what it would be deleted for ends', async () => {
    const { engine, tick, records } = setUp({ optimizeAt: OPTIMIZE, memory: { ending } });
    expect((await unblock(tick, lift(back) as never)).outcome).toMatchObject({ do: 'end', state: 'FAILED' });
    const parts = setUp({ optimizeAt: OPTIMIZE });
    expect(await unblock(parts.tick, lift(again) as never)).toMatchObject({
      detail: { memory: { step: 'take-back', ending: { at: 'parts', reason: { code: 'RESTORE_BLOCKED' } } } },
      outcome: { do: 'wait' },
    });
    expect([...records, ...parts.records]).toEqual([]);
    const calls = [...engine.calls, ...parts.engine.calls].map(({ method }) => method);
    expect(calls).toEqual([]);
  });
});

describe('waiting until no late call can come', () => {
  const quiet = { step: 'quiet', absentSince: NOW, inMs: 700 } as const;

  it.each([
    [
      'forgets the uuids of what is gone once it is about to end',
      ending,
      'restore an index',
      { c: 'uuid-c', b: 'uuid-b', a: 'uuid-a' },
    ],
    ['keeps all of them before', undefined, 'take effect', { ...RESTORED, gone: 'uuid-gone' }],
  ])('%s', (_, now, late, restored) => {
    const { tick } = setUp({ memory: { ending: now, deleting: now === undefined } });
    const outcome = { do: 'wait', inMs: 700, for: expect.stringContaining(`may still ${late}`) };
    const detail = { ...tick.detail, restored: { ...RESTORED, gone: 'uuid-gone' } };
    const memory = { ...tick.detail.memory, absentSince: NOW.toISOString() };
    expect(waitQuiet({ ...tick, detail }, quiet)).toEqual({ detail: { memory, restored }, tries: 'progress', outcome });
  });

  it('forgets all where nothing is there', () => {
    const { tick } = setUp({ memory: { ending } });
    expect(waitQuiet({ ...tick, seen: [] }, quiet).detail?.restored).toEqual({});
  });
});
