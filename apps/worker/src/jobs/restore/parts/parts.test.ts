import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { NO_MEMORY, type RestoreDetail, type RestoreMemory } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { describe, expect, it } from 'vitest';
import type { RestoreTick } from '../context.ts';
import { follow, partDone, recheck, send } from './parts.ts';

const ID = '0198c0de-7000-7000-8000-000000000002';
const REPOSITORY = 'backups';
const STARTED = '2026-01-01T00:00:00.000Z';
const NOW = new Date('2026-01-01T00:00:10Z');
const FIRST_SENT = '2026-01-01T00:00:05.000Z';
const actor = { kind: 'system', name: 'worker' } as const;

/** An engine with two snapshots of two indices each, of which none is there; and ticks of a restore in place of both. */
const setUp = () => {
  const hidden = new Set<string>();
  const engine = inMemoryEngine({
    before: ({ method, subject }) => {
      if (method === 'measureIndices' && subject.split(',').some((name) => hidden.has(name)))
        throw fail('ENGINE_BUSY', 'not all primary shards are started', { call: 'measureIndices' });
    },
  });
  engine.createRepository(REPOSITORY);
  const part = (number: number, snapshot: string, indices: readonly string[]) => {
    for (const name of indices) engine.createIndex(name, name.length);
    const { uuid } = engine.putSnapshot(REPOSITORY, { name: snapshot, indices });
    for (const name of indices) engine.deleteIndex(name);
    return { number, snapshot, uuid, indices: indices.map((index) => ({ index, as: index })) };
  };
  const one = part(1, 'one', ['a', 'bb']);
  const two = part(2, 'two', ['ccc', 'dddd']);
  const records: Omit<OperationChange, 'outcome'>[] = [];
  const tickOf = (memory: Partial<RestoreMemory> = {}, restored: RestoreDetail['restored'] = {}): RestoreTick =>
    ({
      job: { engine, actor, polling: { minMs: 100, maxMs: 1_000 }, optimizeAnswersAt: async () => undefined },
      operation: {
        ...{ operationId: ID, requestId: undefined, trigger: 'request', now: NOW },
        backup: { location: { repository: REPOSITORY } },
      },
      detail: {
        task: { inPlace: true, copy: false, rename: undefined, parts: [one, two] },
        memory: { ...NO_MEMORY, startedAt: STARTED, step: 'delete-existing', ...memory },
        restored,
      },
      tools: { record: async (change: Omit<OperationChange, 'outcome'>) => void records.push(change) },
    }) as unknown as RestoreTick;
  const restored = async (names: readonly string[]) => engine.indexRecoveries(names);
  return { engine, hidden, one, two, records, tickOf, restored };
};

const attempt = { part: 1, trigger: 'request', actor, startedAt: new Date(STARTED) };

describe('sending a part', () => {
  const DOUBTFUL = { missed: true, deleting: true, absentSince: STARTED };

  it('writes down that it is about to be sent, then that the engine took it', async () => {
    const { engine, records, tickOf, one } = setUp();
    const tick = tickOf({ ...DOUBTFUL, deleted: true }, { a: 'earlier', ccc: 'other' });
    const change = await send(tick, one);
    const memory = {
      ...{ ...tick.detail.memory, step: 'parts', blocked: [1], sentAt: NOW.toISOString(), written: true },
      ...{ missed: false, deleting: false, absentSince: undefined },
    };
    expect(records).toEqual([
      {
        detail: { memory: { ...memory, parts: { 1: 'sending' } }, restored: { ccc: 'other' } },
        events: [
          {
            ...{ kind: 'restore.step', actor, source: 'worker' },
            after: { operationId: ID, step: 'part', part: 1, snapshot: 'one' },
          },
        ],
      },
    ]);
    expect(change).toEqual({
      detail: { memory: { ...memory, parts: { 1: 'accepted' } } },
      outcome: { do: 'wait', inMs: 100 },
    });
    expect(engine.restoring()).toEqual(['a', 'bb']);
  });

  it('keeps when the first was sent', async () => {
    const { tickOf, two } = setUp();
    const change = await send(tickOf({ parts: { 1: 'done' }, blocked: [1], sentAt: FIRST_SENT }), two);
    const memory = { parts: { 1: 'done', 2: 'accepted' }, blocked: [1, 2], sentAt: FIRST_SENT };
    expect(change.detail).toMatchObject({ memory });
  });

  it.each(['RESTORE_REFUSED', 'SNAPSHOT_NOT_FOUND', 'INDEX_NOT_FOUND', 'ENGINE_REFUSED'] as const)(
    'ends with %s: no other try, and what it may have restored is rolled back',
    async (code) => {
      const { engine, tickOf, one } = setUp();
      engine.failNext('startRestore', fail(code, 'no', { call: 'startRestore' }));
      expect(await send(tickOf(), one)).toMatchObject({
        detail: {
          memory: {
            ...{ step: 'take-back', parts: { 1: 'sending' }, blocked: [1], written: true },
            ending: { state: 'FAILED', at: 'parts', reason: { code } },
          },
        },
      });
    },
  );

  it('is tried again where the engine is away', async () => {
    const { engine, tickOf, one } = setUp();
    engine.failNext('startRestore', fail('ENGINE_UNREACHABLE', 'away', { call: 'startRestore' }));
    await expect(send(tickOf(), one)).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
  });

  type World = ReturnType<typeof setUp>;
  it.each<[string, (world: World) => void, object | undefined]>([
    ['nothing', () => undefined, undefined],
    [
      'an index under a name of it',
      ({ engine }) => engine.createIndex('bb', 1),
      { code: 'INDICES_PRESENT', found: ['bb'], count: 1 },
    ],
    [
      'that its snapshot is gone',
      ({ engine }) => engine.removeSnapshot(REPOSITORY, 'one'),
      { code: 'PART_REPLACED', found: ['one'], count: 1 },
    ],
    [
      'that its snapshot was made again',
      ({ engine }) => void engine.putSnapshot(REPOSITORY, { name: 'one', indices: [] }),
      { code: 'PART_REPLACED', found: ['one'], count: 1 },
    ],
    [
      'a snapshot that is being made of one of the indices, also of another part',
      ({ engine }) => running(engine, [['theirs', ['zz']] as const, ['nightly', ['zz', 'dddd']] as const]),
      { code: 'SNAPSHOT_RUNNING', found: ['nightly'], count: 1 },
    ],
    ['no snapshot that is being made of others', ({ engine }) => running(engine, [['theirs', ['zz']]]), undefined],
  ])('is prevented by %s', async (_, happens, blocker) => {
    const world = setUp();
    happens(world);
    const { detail = {} } = await send(world.tickOf(), world.one);
    const { ending } = detail.memory as RestoreMemory;
    expect(ending?.reason?.code).toBe(blocker === undefined ? undefined : 'RESTORE_BLOCKED');
    expect(ending?.reason?.data.blockers).toEqual(blocker === undefined ? undefined : [blocker]);
    expect(world.records).toHaveLength(blocker === undefined ? 1 : 0);
  });

  const running = (engine: World['engine'], snapshots: readonly (readonly [string, readonly string[]])[]) =>
    void Object.assign(engine, {
      runningSnapshots: async () => snapshots.map(([name, indices]) => ({ repository: 'theirs', name, indices })),
    });
});

describe('what is remembered of a part, to compare with before anything is deleted', () => {
  const restoredPart = async () => {
    const world = setUp();
    await send(world.tickOf(), world.one);
    world.engine.finishAll();
    const there = await world.restored(['a', 'bb']);
    const uuidOf = (name: string) => there.find((index) => index.name === name)?.uuid ?? '';
    return { ...world, there, uuidOf };
  };
  const earlier = { operations: { earlier: 7 }, missed: true };

  it('while it is restored: the operations of what is measured, next to those of others', async () => {
    const { tickOf, hidden, there, uuidOf } = await restoredPart();
    hidden.add('bb');
    const tick = tickOf(earlier);
    expect(await follow(tick, there)).toEqual({
      detail: { memory: { ...tick.detail.memory, operations: { earlier: 7, [uuidOf('a')]: 1 } } },
      tries: 'progress',
      outcome: { do: 'wait', inMs: 500 },
    });
  });

  it('while it is restored and nothing can be measured: nothing new', async () => {
    const { tickOf, hidden, there } = await restoredPart();
    hidden.add('a').add('bb');
    const wait = { tries: 'progress', outcome: { do: 'wait', inMs: 500 } };
    expect(await follow(tickOf(earlier), there)).toEqual(wait);
    expect(await follow(tickOf(earlier), [])).toEqual(wait);
  });

  it('once it is restored: also which of them could not be measured', async () => {
    const { tickOf, hidden, one, there, uuidOf } = await restoredPart();
    hidden.add('bb');
    const tick = tickOf({ ...earlier, parts: { 1: 'accepted', 2: 'done' } });
    expect(await partDone(tick, one, there)).toEqual({
      detail: {
        memory: {
          ...{ ...tick.detail.memory, missed: false, parts: { 1: 'done', 2: 'done' } },
          operations: { earlier: 7, [uuidOf('a')]: 1, [uuidOf('bb')]: null },
        },
      },
      attempt: { ...attempt, errorClass: undefined, reason: undefined, nextInMs: undefined },
      tries: 'progress',
      outcome: { do: 'wait', inMs: 0 },
    });
  });

  it('where a read missed it: that, until the next poll', () => {
    const tick = setUp().tickOf({ parts: { 1: 'accepted' } });
    expect(recheck(tick)).toEqual({
      detail: { memory: { ...tick.detail.memory, missed: true } },
      outcome: { do: 'wait', inMs: 1_000 },
    });
  });
});
