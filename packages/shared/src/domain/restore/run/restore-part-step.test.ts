import { describe, expect, it } from 'vitest';
import {
  NO_MEMORY,
  type RestoreDetail,
  type RestoreMemory,
  type RestorePart,
  type RestoreTask,
} from './restore-memory.ts';
import { MAX_RESENDS, stepOfPart } from './restore-part-step.ts';
import { NOT_MEASURED, type Restoring, type SeenIndex } from './restoring.ts';

const part = {
  ...{ number: 1, snapshot: 'one', uuid: 'snapshot-1' },
  indices: ['a', 'b'].map((name) => ({ index: name, as: name })),
} as RestorePart;
const task = { copy: false, rollback: true, deletes: [], parts: [part] } as unknown as RestoreTask;
const seen = (name: string, more: Partial<SeenIndex> = {}): SeenIndex => ({
  ...{ name, uuid: `u${name}`, blocks: ['write'], shards: 1, shardsDone: 1, failures: [] },
  source: { repository: 'r', snapshot: 'one' },
  ...more,
});
const shardFailure = (lost: boolean, reason = 'node left') => [{ shard: 0, reason, lost }];
const other = seen('of-another-restore', { uuid: 'x', source: undefined });

type Given = {
  readonly memory?: Partial<RestoreMemory>;
  readonly restored?: RestoreDetail['restored'];
  readonly seen?: readonly SeenIndex[];
  readonly operations?: Readonly<Record<string, number>>;
  readonly atMs?: number;
};
const step = ({ memory, restored = { a: 'ua', b: 'ub' }, operations = {}, atMs = 0, ...given }: Given) => {
  const restoring: Restoring = {
    detail: {
      task,
      memory: { ...NO_MEMORY, parts: { 1: 'accepted' }, blocked: [1], ...memory },
      ...{ restored, reason: undefined, report: undefined, stop: undefined },
    },
    ...{ repository: 'r', seen: given.seen ?? [seen('a'), seen('b')], quietMs: 1_000 },
    operations: { ...NOT_MEASURED, now: new Map(Object.entries(operations)) },
    ...{ requestedAt: new Date(0), expiryMs: 3_600_000, now: new Date(atMs) },
  };
  return stepOfPart(restoring, part);
};
const failed = (code: string, data: object) => ({ step: 'fail', at: 'parts', reason: { code, data } });

describe('a part that was not sent', () => {
  it('is sent, whatever is there: the preflight has checked that', () => {
    expect(step({ memory: { parts: {} }, restored: {}, seen: [] })).toEqual({ step: 'send', part });
    expect(step({ memory: { parts: {} }, restored: {} })).toEqual({ step: 'send', part });
  });

  it('waits until a deletion without an answer cannot arrive any more', () => {
    const deleting = { parts: {}, deleting: true };
    expect(step({ memory: deleting, seen: [] })).toMatchObject({ step: 'quiet', inMs: 1_000 });
    const absentSince = new Date(0).toISOString();
    expect(step({ memory: { ...deleting, absentSince }, seen: [], atMs: 999 })).toMatchObject({ step: 'quiet' });
    expect(step({ memory: { ...deleting, absentSince }, seen: [], atMs: 1_000 })).toEqual({ step: 'send', part });
  });
});

describe('a part of which indices are not there', () => {
  const nothing = { restored: {}, seen: [other] };

  it('is sent again where nothing says that the engine took it', () => {
    expect(step({ ...nothing, memory: { parts: { 1: 'sending' } } })).toEqual({ step: 'send', part });
    expect(step({ ...nothing, memory: { parts: { 1: 'sending' }, missed: true } })).toEqual({ step: 'send', part });
  });

  it.each<[string, Given]>([
    ['all, once the engine took it', nothing],
    ['one, once the engine took it', { restored: {}, seen: [seen('a')] }],
    [
      'one, while it is not known whether the engine took it',
      { restored: {}, memory: { parts: { 1: 'sending' } }, seen: [seen('b')] },
    ],
    ['all, after it was done', { memory: { parts: { 1: 'done' } }, seen: [] }],
  ])('is read again before it counts as vanished: %s', (_, given) => {
    expect(step(given)).toEqual({ step: 'recheck', part });
    expect(step({ ...given, memory: { ...given.memory, missed: true } })).toMatchObject(
      failed('RESTORE_VANISHED', { part: 1 }),
    );
  });

  it('names those that are not there', () => {
    const of = (there: readonly SeenIndex[]) => step({ seen: there, memory: { missed: true } });
    expect(of([seen('a')])).toMatchObject(failed('RESTORE_VANISHED', { indices: ['b'], count: 1 }));
    expect(of([other])).toMatchObject(failed('RESTORE_VANISHED', { indices: ['a', 'b'], count: 2 }));
    expect(of([seen('b')])).toMatchObject({
      reason: { message: 'The engine took the restore of one, and these indices are not there: a.' },
    });
  });
});

describe('a part whose indices are there', () => {
  it.each<[string, Given, readonly string[]]>([
    ['of another uuid', { seen: [seen('a'), seen('b', { uuid: 'x' })] }, ['b']],
    [
      'of another snapshot',
      { restored: {}, seen: [seen('a', { source: { repository: 'r', snapshot: 'two' } })] },
      ['a'],
    ],
    [
      'of another repository',
      { restored: {}, seen: [seen('a', { source: { repository: 'q', snapshot: 'one' } })] },
      ['a'],
    ],
    [
      'of nobody, before the engine took it',
      { restored: {}, memory: { parts: { 1: 'sending' } }, seen: [seen('a', { source: undefined })] },
      ['a'],
    ],
  ])('fails where one is %s', (_, given, indices) => {
    expect(step(given)).toMatchObject(failed('INDEX_EXISTS', { indices, count: indices.length }));
  });

  it('is adopted as soon as all are there, by the uuids that they have', () => {
    const adopt = { step: 'adopt', part, uuids: { a: 'ua', b: 'ub' } };
    expect(step({ restored: {} })).toEqual(adopt);
    expect(step({ restored: { a: 'ua' } })).toEqual(adopt);
    expect(step({ restored: {}, seen: [seen('a', { shardsDone: 0 }), seen('b', { shardsDone: 0 }), other] })).toEqual(
      adopt,
    );
  });

  it('is followed until every primary is started, and each index is measured once', () => {
    const [a, b] = [seen('a'), seen('b', { shardsDone: 0 })];
    expect(step({ seen: [a, b, other] })).toEqual({ step: 'follow', part, measure: [a] });
    expect(step({ seen: [a, b], memory: { operations: { ua: 3 } } })).toEqual({ step: 'follow', part, measure: [] });
    expect(step({ memory: { operations: { ua: 3 } } })).toEqual({ step: 'part-done', part, measure: [seen('b')] });
    expect(step({ memory: { parts: { 1: 'done' } } })).toBe('done');
  });
});

describe('a part with shards that failed', () => {
  const lost = [seen('a', { shardsDone: 0, failures: shardFailure(true) }), seen('b')];
  const damaged = [
    seen('a', { shardsDone: 0, failures: shardFailure(true) }),
    seen('b', { shardsDone: 0, failures: shardFailure(false, 'NoSuchFileException') }),
  ];

  it('is sent again where the engine lost them all, as often as allowed', () => {
    const resend = { step: 'resend', part, remove: { a: 'ua', b: 'ub' } };
    expect(step({ seen: lost })).toEqual(resend);
    expect(step({ seen: lost, memory: { resent: MAX_RESENDS - 1 } })).toEqual(resend);
    expect(step({ seen: lost, memory: { resent: MAX_RESENDS } })).toMatchObject(
      failed('RESTORE_SHARDS_FAILED', { part: 1, count: 1 }),
    );
  });

  it('fails where files of the snapshot cannot be read, and says which', () => {
    expect(step({ seen: damaged })).toEqual({
      ...{ step: 'fail', at: 'parts' },
      reason: {
        code: 'RESTORE_SHARDS_FAILED',
        message: '2 shards of one could not be restored: a[0]: node left; b[0]: NoSuchFileException',
        data: {
          part: 1,
          count: 2,
          failures: [
            { index: 'a', shard: 0, reason: 'node left', lost: true },
            { index: 'b', shard: 0, reason: 'NoSuchFileException', lost: false },
          ],
        },
      },
    });
  });

  it('lists ten of them in words', () => {
    const failures = Array.from({ length: 12 }, (_, shard) => ({ shard, reason: 'no', lost: false }));
    const message = step({ seen: [seen('a', { failures }), seen('b')] });
    expect(JSON.stringify(message)).toContain('a[8]: no; a[9]: no and 2 more');
  });

  it('is not removed to be sent again where somebody may have written to it', () => {
    const unblocked = [lost[0] as SeenIndex, seen('b', { blocks: [] })];
    expect(step({ seen: unblocked })).toMatchObject(failed('RESTORE_WRITTEN', { part: 1, indices: ['b'], count: 1 }));
    expect(step({ seen: lost, memory: { operations: { ub: 5 } }, operations: { b: 6 } })).toMatchObject(
      failed('RESTORE_WRITTEN', { indices: ['b'] }),
    );
  });

  it('has the blocks lifted that keep the engine from deleting it', () => {
    const blocked = [lost[0] as SeenIndex, seen('b', { blocks: ['write', 'read_only'] })];
    const resend = { step: 'resend', part, remove: { a: 'ua', b: 'ub' } };
    const unblock = [...Object.entries({ step: 'unblock', block: 'read_only', names: ['b'] }), ['then', resend]];
    expect(step({ seen: blocked })).toEqual(Object.fromEntries(unblock));
  });
});
