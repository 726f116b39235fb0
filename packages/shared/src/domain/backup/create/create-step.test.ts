import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PartRecord } from '../backup.ts';
import type { Snapshot, SnapshotState } from '../snapshot.ts';
import { complete, done, nameOf, nothing, OPERATION, part, running, snapshot } from './create-step.fixture.ts';
import { MAX_VANISHINGS, nextCreateStep } from './create-step.ts';

const starting = { state: 'STARTING', starts: 1 } as const;

describe('a part that was made while a node could not use the repository', () => {
  const distrusted = { ...nothing, distrusted: true };
  it.each<[string, PartRecord[], Snapshot[], object]>([
    ['the last goes first', [done(1), done(2)], [complete(1), complete(2)], { step: 'remove', part: { number: 2 } }],
    [
      'then the one before it',
      [done(1), part(2)],
      [complete(1)],
      { step: 'remove', part: { number: 1 }, resolve: true },
    ],
    ['gone already', [done(1), part(2)], [], { step: 'start', part: { number: 1 }, resolve: true }],
    [
      'a create of it is still on its way',
      [part(1, starting), part(2)],
      [],
      { step: 'start', part: { number: 1 }, resolve: false },
    ],
    [
      'a late create of it runs: it is removed once it has ended',
      [part(1, starting), part(2)],
      [snapshot(1, 'IN_PROGRESS')],
      { step: 'follow', part: { number: 1 } },
    ],
    ['a late create ended well', [part(1, starting), part(2)], [complete(1)], { step: 'remove', part: { number: 1 } }],
  ])('is deleted and made again: %s', (_, parts, seen, expected) => {
    expect(nextCreateStep(OPERATION, parts, seen, () => distrusted)).toMatchObject(expected);
  });
});

describe('the next step of a create', () => {
  it.each([
    ['nothing was begun', [part(1), part(2)], [], { step: 'start', part: { number: 1 }, resolve: true }],
    [
      'a create was sent and its snapshot is not there: sent again with the same list',
      [part(1, starting), part(2)],
      [],
      { step: 'start', part: { number: 1 }, resolve: false },
    ],
    [
      'ours runs and was not seen before',
      [part(1, starting), part(2)],
      [snapshot(1, 'IN_PROGRESS')],
      { step: 'follow', part: { number: 1 }, adopt: true },
    ],
    [
      'ours runs and is known',
      [part(1, running), part(2)],
      [snapshot(1, 'IN_PROGRESS')],
      { step: 'follow', part: { number: 1 }, adopt: false },
    ],
    ['part 1 ended well', [part(1, running), part(2)], [complete(1)], { step: 'settle', part: { number: 1 } }],
    [
      'part 1 ended well before anybody looked',
      [part(1, starting), part(2)],
      [complete(1)],
      { step: 'settle', part: { number: 1 } },
    ],
    ['part 1 is recorded', [done(1), part(2)], [complete(1)], { step: 'start', part: { number: 2 }, resolve: true }],
    [
      'part 2 ended well',
      [done(1), part(2, starting)],
      [complete(1), complete(2)],
      { step: 'settle', part: { number: 2 } },
    ],
    [
      'a part that was planned again is made as if it had never been begun, whatever is known of its snapshot',
      [done(1), part(2, { uuid: 'uuid-2' })],
      [complete(1)],
      { step: 'start', part: { number: 2 }, resolve: true },
    ],
    [
      'ours runs under the known uuid, and is not recorded as running',
      [part(1, { ...starting, uuid: 'uuid-1' }), part(2)],
      [snapshot(1, 'IN_PROGRESS')],
      { step: 'follow', part: { number: 1 }, adopt: true },
    ],
    ['both are recorded and there', [done(1), done(2)], [complete(1), complete(2)], { step: 'succeed' }],
    [
      'a running snapshot vanished',
      [part(1, running), part(2)],
      [],
      { step: 'forget', part: { number: 1 }, vanished: 1 },
    ],
    [
      'part 1 was given up as PARTIAL, and somebody had it retried',
      [part(1, { state: 'PARTIAL', starts: 1, uuid: 'uuid-1' }), part(2)],
      [snapshot(1, 'PARTIAL')],
      { step: 'remove', part: { number: 1 }, snapshot: { uuid: 'uuid-1' }, resolve: false },
    ],
    [
      'part 2 was given up as FAILED, retried, and failed again under another uuid',
      [done(1), part(2, { state: 'FAILED', starts: 1, uuid: 'uuid-2' })],
      [complete(1), snapshot(2, 'FAILED', { uuid: 'again' })],
      { step: 'fail', reason: { code: 'PART_NOT_WHOLE' } },
    ],
    [
      'a part that was given up is gone: retried, it is made anew',
      [part(1, { state: 'FAILED', starts: 1, uuid: 'uuid-1' }), part(2)],
      [],
      { step: 'start', part: { number: 1 }, resolve: false },
    ],
    ['a recorded part is not shown', [done(1), part(2)], [], { step: 'recheck', part: { number: 1 } }],
    [
      'ours runs under another uuid: a late create of ours replaced it',
      [part(1, running), part(2)],
      [snapshot(1, 'IN_PROGRESS', { uuid: 'late' })],
      { step: 'follow', adopt: true, snapshot: { uuid: 'late' } },
    ],
    [
      'ours ended well under another uuid before it was recorded',
      [part(1, running), part(2)],
      [snapshot(1, 'SUCCESS', { uuid: 'late' })],
      { step: 'settle', snapshot: { uuid: 'late' } },
    ],
    [
      'a recorded one was replaced by a late create of ours',
      [done(1), part(2)],
      [snapshot(1, 'SUCCESS', { uuid: 'late' })],
      { step: 'fail', reason: { code: 'SNAPSHOT_EXISTS' } },
    ],
    [
      'a recorded part was deleted and made again by somebody',
      [done(1), part(2)],
      [snapshot(1, 'SUCCESS', { uuid: 'another', owner: undefined })],
      { step: 'fail', reason: { code: 'SNAPSHOT_EXISTS' } },
    ],
    [
      "a stranger's snapshot has the name",
      [part(1), part(2)],
      [snapshot(1, 'SUCCESS', { owner: undefined })],
      { step: 'fail', part: { number: 1 }, reason: { code: 'SNAPSHOT_EXISTS' } },
    ],
    [
      "another operation's snapshot has the name",
      [part(1, starting), part(2)],
      [
        snapshot(1, 'IN_PROGRESS', {
          owner: { backupId: 'b', operationId: 'another', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0' },
        }),
      ],
      { step: 'fail', reason: { code: 'SNAPSHOT_EXISTS' } },
    ],
    [
      'part 1 is PARTIAL',
      [part(1, running), part(2)],
      [
        snapshot(1, 'PARTIAL', {
          shards: { total: 2, successful: 1, failed: 1 },
          failures: [{ index: 'optimize-1', shard: 0, reason: 'no space left' }],
        }),
      ],
      {
        step: 'fail',
        reason: {
          code: 'PART_NOT_WHOLE',
          message: expect.stringContaining('optimize-1[0]: no space left'),
        },
      },
    ],
    [
      'part 2 FAILED, with the reason of the whole',
      [done(1), part(2, starting)],
      [complete(1), snapshot(2, 'FAILED', { reason: 'Indices don’t have primary shards' })],
      {
        step: 'fail',
        part: { number: 2 },
        reason: { message: expect.stringContaining('Indices don’t have primary shards') },
      },
    ],
    [
      'SUCCESS with a failed shard',
      [part(1, running), part(2)],
      [snapshot(1, 'SUCCESS', { shards: { total: 2, successful: 1, failed: 1 } })],
      { step: 'fail', reason: { code: 'PART_DIFFERS' } },
    ],
    [
      'SUCCESS without a planned index',
      [part(1, running), part(2)],
      [snapshot(1, 'SUCCESS', { indices: [] })],
      { step: 'fail', reason: { code: 'PART_DIFFERS', message: expect.stringContaining('lacks optimize-1') } },
    ],
    [
      'SUCCESS with an index that was not planned',
      [part(1, running), part(2)],
      [snapshot(1, 'SUCCESS', { indices: ['optimize-1', 'other'] })],
      { step: 'fail', reason: { code: 'PART_DIFFERS', message: expect.stringContaining('other') } },
    ],
  ] as const)('%s', (_, parts, seen, step) => {
    expect(nextCreateStep(OPERATION, parts, seen, () => nothing)).toMatchObject(step);
  });

  it.each([
    ['accepted and gone before anybody saw it', { accepted: true }, { step: 'forget', vanished: 1 }],
    ['gone once more', { accepted: true, vanished: 2 }, { step: 'forget', vanished: 3 }],
    [
      'gone too often',
      { accepted: true, vanished: MAX_VANISHINGS - 1 },
      { step: 'fail', reason: { code: 'PART_VANISHED' } },
    ],
    ['sent often, and never accepted', { vanished: 0 }, { step: 'start', resolve: false }],
  ])('%s', (_, memory, step) => {
    const parts = [part(1, { ...starting, starts: 100 }), part(2)];
    expect(nextCreateStep(OPERATION, parts, [], () => ({ ...nothing, ...memory }))).toMatchObject(step);
  });

  it.each([
    [
      'it is there and differs: deleted',
      [snapshot(1, 'SUCCESS', { indices: [] })],
      { step: 'remove', snapshot: { uuid: 'uuid-1' }, resolve: false },
    ],
    ['it was deleted by hand: made anew', [], { step: 'start', part: { number: 1 }, resolve: false }],
    [
      'another snapshot of ours has its name: left alone',
      [snapshot(1, 'SUCCESS', { indices: [], uuid: 'late' })],
      { step: 'fail', reason: { code: 'SNAPSHOT_EXISTS' } },
    ],
    [
      "a stranger's snapshot has its name: left alone",
      [snapshot(1, 'SUCCESS', { indices: [], owner: undefined })],
      { step: 'fail', reason: { code: 'SNAPSHOT_EXISTS' } },
    ],
    ['it is as planned after all: recorded so', [complete(1)], { step: 'settle', part: { number: 1 } }],
  ] as const)('of a part that was given up as not as planned, and retried by somebody: %s', (_, seen, step) => {
    const memory = (number: number) => ({ ...nothing, differed: number === 1 ? 'uuid-1' : undefined });
    expect(nextCreateStep(OPERATION, [done(1), part(2)], seen, memory)).toMatchObject(step);
  });

  it.each([
    ['one that runs', 'IN_PROGRESS', part(2, starting)],
    ['one that ended well', 'SUCCESS', done(2)],
  ] as const)('removes what a late create of ours made before the part before it had ended: %s', (_, state, second) => {
    const first = { ...done(1), starts: 2, endedAt: new Date(5_000) };
    const seen = (startedAt: Date) => [complete(1), snapshot(2, state, { startedAt })];
    const early = nextCreateStep(OPERATION, [first, second], seen(new Date(4_999)), () => nothing);
    expect(early).toMatchObject({ step: 'remove', part: { number: 2 }, resolve: true });
    const inTime = nextCreateStep(OPERATION, [first, second], seen(new Date(5_000)), () => nothing);
    expect(inTime.step).not.toBe('remove');
    // the clock of another master: the first was never made anew
    const skewed = nextCreateStep(OPERATION, [{ ...first, starts: 1 }, second], seen(new Date(4_999)), () => nothing);
    expect(skewed.step).not.toBe('remove');
  });

  const lost = { index: 'optimize-1', shard: 0, reason: 'node left the cluster during snapshot' };
  const broken = { index: 'optimize-1', shard: 1, reason: 'no space left on device' };

  it.each([
    ['FAILED', { reason: "Indices don't have primary shards [optimize-1]" }, 0, { step: 'again', interrupted: 1 }],
    ['FAILED', { failures: [lost] }, 1, { step: 'again', interrupted: 2 }],
    ['PARTIAL', { failures: [lost] }, 0, { step: 'again', interrupted: 1 }],
    ['FAILED', { failures: [lost] }, 2, { step: 'fail' }],
    ['FAILED', { failures: [lost, broken] }, 0, { step: 'fail' }],
    ['FAILED', {}, 0, { step: 'fail' }],
  ] as const)(
    'makes a part again that ended in a state that passes by itself: %s, %j, after %i',
    (state, more, interrupted, step) => {
      const seen = [snapshot(1, state, more)];
      const found = nextCreateStep(OPERATION, [part(1, running), part(2)], seen, () => ({ ...nothing, interrupted }));
      expect(found).toMatchObject(step);
    },
  );

  it.each([
    [
      'the recorded one is deleted',
      done(2),
      complete(2),
      { step: 'remove', part: { number: 2 }, snapshot: { uuid: 'uuid-2' } },
    ],
    [
      'one that runs is aborted',
      part(2, { ...running, uuid: 'uuid-2' }),
      snapshot(2, 'IN_PROGRESS'),
      { step: 'remove', part: { number: 2 } },
    ],
    [
      'one that was not recorded yet is adopted before',
      part(2, starting),
      snapshot(2, 'IN_PROGRESS'),
      { step: 'follow', part: { number: 2 }, adopt: true },
    ],
    [
      "a stranger's is left alone",
      done(2),
      snapshot(2, 'SUCCESS', { owner: undefined }),
      { step: 'fail', reason: { code: 'SNAPSHOT_EXISTS' } },
    ],
  ] as const)('makes no part anew that must be older than a later one: %s', (_, second, seen, step) => {
    const vanished = part(1, { state: 'VANISHED', starts: 1, uuid: 'uuid-1' });
    expect(nextCreateStep(OPERATION, [vanished, second], [seen], () => nothing)).toMatchObject(step);
  });

  it.each([
    ['is not shown at one look', done(1), [complete(2)], { step: 'recheck' }],
    ['was replaced', done(1), [snapshot(1, 'SUCCESS', { uuid: 'x', owner: undefined }), complete(2)], { step: 'fail' }],
    ['is gone', part(1, running), [complete(2)], { step: 'forget' }],
    ['runs', part(1, running), [snapshot(1, 'IN_PROGRESS'), complete(2)], { step: 'follow' }],
    ['has ended well', part(1, running), [complete(1), complete(2)], { step: 'settle' }],
  ] as const)('removes no later part before the one that is made again: part 1 %s', (_, first, seen, step) => {
    const found = nextCreateStep(OPERATION, [first, done(2)], seen, () => nothing);
    expect(found).toMatchObject({ ...step, part: { number: 1 } });
  });

  it('says of a part that failed what the engine says of it', () => {
    const failures = [lost, broken];
    const shards = { total: 3, successful: 1, failed: 2 };
    const reasonOf = (seen: Partial<Snapshot>) => {
      const step = nextCreateStep(OPERATION, [part(1, running)], [snapshot(1, 'FAILED', seen)], () => nothing);
      return step.step === 'fail' ? step.reason : undefined;
    };
    expect(reasonOf({ reason: 'It was aborted.', shards, failures })).toEqual({
      code: 'PART_NOT_WHOLE',
      message: `Snapshot ${nameOf(1)} ended FAILED, 2 of 3 shards failed: It was aborted.; optimize-1[0]: node left the cluster during snapshot; optimize-1[1]: no space left on device`,
      data: { part: 1, snapshot: nameOf(1), uuid: 'uuid-1', state: 'FAILED', shards, failures, count: 2 },
    });
    expect(reasonOf({ shards, failures: [broken] })?.message).toBe(
      `Snapshot ${nameOf(1)} ended FAILED, 2 of 3 shards failed: optimize-1[1]: no space left on device`,
    );
    expect(reasonOf({})?.message).toBe(`Snapshot ${nameOf(1)} ended FAILED, 0 of 1 shards failed.`);
  });

  it('never begins a part before every earlier one is recorded SUCCESS and there', () => {
    const states = ['PLANNED', 'STARTING', 'IN_PROGRESS', 'SUCCESS', 'PARTIAL', 'FAILED'] as const;
    const record = fc.record({ state: fc.constantFrom(...states), known: fc.boolean() });
    const sight = fc.option(fc.constantFrom<SnapshotState>('SUCCESS', 'IN_PROGRESS', 'PARTIAL', 'FAILED'), {
      nil: undefined,
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(record, sight), { minLength: 1, maxLength: 6 }), (rows) => {
        const parts = rows.map(([{ state, known }], at) =>
          part(at + 1, { state, starts: 1, uuid: known || state === 'SUCCESS' ? `uuid-${at + 1}` : undefined }),
        );
        const seen = rows.flatMap(([, state], at) => (state === undefined ? [] : [snapshot(at + 1, state)]));
        const step = nextCreateStep(OPERATION, parts, seen, () => nothing);
        if (step.step !== 'start') return;
        for (const earlier of rows.slice(0, step.part.number - 1)) {
          expect([earlier[0].state, earlier[1]]).toEqual(['SUCCESS', 'SUCCESS']);
        }
      }),
    );
  });
});
