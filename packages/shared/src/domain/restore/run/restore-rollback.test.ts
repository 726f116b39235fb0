import { describe, expect, it } from 'vitest';
import { NO_MEMORY, type RestoreDetail, type RestoreMemory, type RestoreTask } from './restore-memory.ts';
import { nextRestoreStep } from './restore-step.ts';
import { NOT_MEASURED, type SeenIndex } from './restoring.ts';

const task = {
  ...{ copy: false, rollback: true, deletes: [] },
  parts: [
    {
      ...{ number: 1, snapshot: 'one', uuid: null },
      indices: ['a', 'b'].map((name) => ({ index: name, as: name })),
    },
  ],
} as unknown as RestoreTask;
const failed: RestoreMemory['ending'] = { state: 'FAILED', at: 'parts', reason: undefined };
const seen = (name: string, more: Partial<SeenIndex> = {}): SeenIndex => ({
  ...{ name, uuid: `u${name}`, blocks: ['write'], shards: 1, shardsDone: 1, failures: [] },
  source: { repository: 'r', snapshot: 'one' },
  ...more,
});

type Case = {
  readonly task?: Partial<RestoreTask>;
  readonly memory?: Partial<RestoreMemory>;
  readonly restored?: RestoreDetail['restored'];
  readonly seen?: readonly SeenIndex[];
  readonly now?: Readonly<Record<string, number>>;
  readonly atMs?: number;
};
const step = ({ now = {}, atMs = 0, ...given }: Case) =>
  nextRestoreStep({
    detail: {
      task: { ...task, ...given.task },
      memory: { ...NO_MEMORY, parts: { 1: 'done' }, blocked: [1], ending: failed, ...given.memory },
      restored: given.restored ?? { a: 'ua', b: 'ub' },
      ...{ reason: undefined, report: undefined, stop: undefined },
    },
    repository: 'r',
    seen: given.seen ?? [seen('a'), seen('b')],
    operations: { ...NOT_MEASURED, now: new Map(Object.entries(now)) },
    quietMs: 1_000,
    requestedAt: new Date(0),
    expiryMs: 3_600_000,
    now: new Date(atMs),
  });
const quiet = new Date(0).toISOString();

describe('a restore in place that does not end well', () => {
  it('removes what still carries its block, by uuid', () => {
    expect(step({})).toEqual({ step: 'take-back', remove: { a: 'ua', b: 'ub' }, left: [] });
  });

  it('removes nothing of which the block is gone, or that was written to', () => {
    const operations = { memory: { operations: { ua: 5, ub: 5 } } };
    expect(step({ ...operations, now: { a: 5, b: 6 } })).toEqual({
      step: 'take-back',
      remove: { a: 'ua' },
      left: [{ name: 'b', why: 'written', isBlocked: true }],
    });
    expect(step({ ...operations, seen: [seen('a', { blocks: [] }), seen('b')], now: { b: 5 } })).toEqual({
      step: 'take-back',
      remove: { b: 'ub' },
      left: [{ name: 'a', why: 'unblocked', isBlocked: false }],
    });
  });

  it('waits for the quiet period before it ends with what it left alone', () => {
    const left = { seen: [seen('a', { blocks: [] }), seen('b', { uuid: 'other', source: undefined })] };
    expect(step(left)).toMatchObject({ step: 'quiet', inMs: 1_000 });
    expect(step({ ...left, memory: { absentSince: quiet }, atMs: 1_000 })).toEqual({
      step: 'end',
      left: [
        { name: 'a', why: 'unblocked', isBlocked: false },
        { name: 'b', why: 'foreign', isBlocked: false },
      ],
    });
  });

  it('waits no longer than the quiet period where the clock was put back', () => {
    const left = { seen: [seen('a', { blocks: [] })], memory: { absentSince: new Date(18_000_000).toISOString() } };
    expect(step({ ...left, atMs: 500 })).toMatchObject({ step: 'quiet', absentSince: new Date(500), inMs: 1_000 });
  });

  it('removes what lands after its rollback within the quiet period, known by its source', () => {
    const late = { restored: {}, seen: [seen('a', { uuid: 'late' })], memory: { absentSince: quiet } };
    expect(step({ ...late, atMs: 999 })).toMatchObject({ step: 'take-back', remove: { a: 'late' } });
    const byHand = { ...late, seen: [seen('a', { uuid: 'by hand', blocks: [] })] };
    expect(step({ ...byHand, atMs: 1_000 })).toMatchObject({ step: 'end', left: [{ name: 'a', why: 'unblocked' }] });
    const other = { ...late, seen: [seen('a', { source: { repository: 'r', snapshot: 'other' } })] };
    expect(step({ ...other, atMs: 1_000 })).toMatchObject({ step: 'end', left: [{ name: 'a', why: 'foreign' }] });
  });

  it.each([
    ['as requested', { task: { rollback: false } }],
    ['because it must stay', { memory: { ending: { ...failed, keep: true } } }],
  ] as const)('keeps what it restored %s, and says what is blocked', (_, given) => {
    expect(step(given)).toEqual({
      step: 'end',
      left: ['a', 'b'].map((name) => ({ name, why: 'kept', isBlocked: true })),
    });
  });
});

describe('a rollback in place', () => {
  const second = { ...{ number: 2, snapshot: 'two', uuid: null }, indices: [{ index: 'c', as: 'c' }] };
  const parts = [...task.parts, second] as RestoreTask['parts'];

  it.each([
    ['rolls back', {}],
    ['keeps what it restored', { rollback: false }],
  ] as const)('that %s leaves out what is there under the names of a part that was not sent', (_, more) => {
    const there = [seen('c', { uuid: 'other' })];
    expect(step({ task: { ...more, parts }, seen: there, memory: { absentSince: quiet }, atMs: 1_000 })).toEqual({
      step: 'end',
      left: [],
    });
  });

  it('ends at once where nothing was sent, and waits out a deletion without an answer', () => {
    expect(step({ memory: { parts: {} } })).toEqual({ step: 'end', left: [] });
    const deleting = { parts: {}, deleting: true };
    expect(step({ memory: deleting })).toMatchObject({ step: 'quiet', inMs: 1_000 });
    expect(step({ memory: { ...deleting, absentSince: quiet }, atMs: 1_000 })).toEqual({ step: 'end', left: [] });
  });

  it('first lifts the blocks that keep the engine from deleting', () => {
    const blocked = seen('a', { blocks: ['write', 'read_only'] });
    const unblock = step({ seen: [blocked, seen('b')] });
    expect(unblock).toMatchObject({ step: 'unblock', block: 'read_only', names: ['a'] });
    expect(unblock).toHaveProperty('then', { step: 'take-back', remove: { a: 'ua', b: 'ub' }, left: [] });
  });
});

describe('what was sent without our block', () => {
  const unblocked = { memory: { blocked: [], operations: { ua: 5, ub: 5 } } };
  const free = { seen: [seen('a', { blocks: [] }), seen('b', { blocks: [] })] };

  it('is removed while its operations are the same', () => {
    expect(step({ ...unblocked, ...free, now: { a: 5, b: 6 } })).toEqual({
      step: 'take-back',
      remove: { a: 'ua' },
      left: [{ name: 'b', why: 'written', isBlocked: false }],
    });
  });

  it('stays where that cannot be known, but for a rehearsal', () => {
    expect(step({ ...unblocked, ...free })).toMatchObject({ step: 'quiet' });
    const copy = { ...unblocked, ...free, task: { copy: true } };
    expect(step(copy)).toMatchObject({ step: 'take-back', remove: { a: 'ua', b: 'ub' } });
  });
});

describe('a restore in place that compared well', () => {
  const succeeded = { ending: { state: 'SUCCEEDED', at: 'done', reason: undefined } } as const;

  it('sets the saved blocks, then ends', () => {
    expect(step({ memory: { ...succeeded, savedBlocks: { a: ['read'] } } })).toEqual({
      step: 'blocks',
      changes: [
        { block: 'write', change: 'lift', names: ['a', 'b'] },
        { block: 'read', change: 'set', names: ['a'] },
      ],
    });
    expect(step({ memory: { ...succeeded, blocksDone: true } })).toEqual({ step: 'end', left: [] });
  });

  it('ends where the blocks are gone already, or none was set', () => {
    const gone = [seen('a', { blocks: [] }), seen('b', { blocks: [] })];
    expect(step({ memory: succeeded, seen: gone })).toEqual({ step: 'end', left: [] });
    expect(step({ memory: { ...succeeded, blocked: [] } })).toEqual({ step: 'end', left: [] });
  });

  it('is not stopped any more', () => {
    expect(step({ memory: succeeded, task: { rollback: true } })).toMatchObject({ step: 'blocks' });
  });
});

describe('a part that the engine lost by a restart', () => {
  const lost = seen('b', { shardsDone: 0, failures: [{ shard: 0, reason: 'gone', lost: true }], source: undefined });
  const running = { ending: undefined, checked: true, parts: { 1: 'accepted' as const } };

  it('is sent again when nothing was written to the rest of it', () => {
    const memory = { ...running, operations: { ua: 5 } };
    expect(step({ memory, seen: [seen('a'), lost], now: { a: 5 } })).toMatchObject({ step: 'resend' });
  });

  it('is not when something was, or its block is gone', () => {
    const memory = { ...running, operations: { ua: 5 } };
    const written = { step: 'fail', reason: { code: 'RESTORE_WRITTEN', data: { indices: ['a'] } } };
    expect(step({ memory, seen: [seen('a'), lost], now: { a: 6 } })).toMatchObject(written);
    expect(step({ memory, seen: [seen('a', { blocks: [] }), lost], now: { a: 5 } })).toMatchObject(written);
  });
});

describe('a part whose shards are restored one after the other', () => {
  const memory = { ending: undefined, checked: true, parts: { 1: 'accepted' as const } };

  it('is measured as they are, once', () => {
    const half = [seen('a'), seen('b', { shardsDone: 0 })];
    expect(step({ memory, seen: half })).toMatchObject({ step: 'follow', measure: [{ name: 'a' }] });
    const measured = { ...memory, operations: { ua: 5 } };
    expect(step({ memory: measured, seen: half })).toMatchObject({ step: 'follow', measure: [] });
    expect(step({ memory: measured })).toMatchObject({ step: 'part-done', measure: [{ name: 'b' }] });
    const unreadable = [seen('a', { blocks: ['write', 'read'] }), seen('b')];
    expect(step({ memory, seen: unreadable })).toMatchObject({ step: 'part-done', measure: [{ name: 'b' }] });
  });
});
