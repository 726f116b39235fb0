import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import {
  type Ending,
  NO_MEMORY,
  type RestoreDetail,
  type RestoreMemory,
  type RestoreTask,
} from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { LeftIndex } from '@tandem/shared/domain/restore/run/restoring.ts';
import { describe, expect, it } from 'vitest';
import { endedAs, exhaustedReason, type Left, mayHoldWrites, withAftermath } from './aftermath.ts';

const part = (number: number, ...names: readonly string[]) => ({
  number,
  snapshot: `part ${number}`,
  indices: names.map((name) => ({ index: `saved-${name}`, as: name })),
});
const inPlace = { copy: false, rollback: true, deletes: [], parts: [part(1, 'b', 'a'), part(2, 'c')] };
const why: Reason = { code: 'RESTORE_DIFFERS', message: 'Why.', data: { differing: 1 } };
const failed: Ending = { state: 'FAILED', at: 'compare', reason: why };
const OPTIMIZE = 'http://127.0.0.1:8090';

type Given = {
  readonly task?: Partial<RestoreTask>;
  readonly memory?: Partial<RestoreMemory>;
  readonly restored?: RestoreDetail['restored'];
};
const detailOf = ({ task, memory, restored = {} }: Given): RestoreDetail => ({
  task: { ...inPlace, ...task } as unknown as RestoreTask,
  memory: { ...NO_MEMORY, parts: { 1: 'done' }, ...memory },
  restored,
  ...{ reason: undefined, report: undefined, stop: undefined },
});
const index = (name: string, reason: LeftIndex['why'], isBlocked = false): LeftIndex => ({
  ...{ name, why: reason, isBlocked },
});
const lift = (names: string): string => `PUT /${names}/_settings {"index.blocks.write":null}`;
const blocked = (names: string, list: string): string =>
  `${names} stay blocked for writing, because an incomplete set must not be written to. This call lifts the write block: ${lift(list)}`;
const notDeleted = (reasons: string): string =>
  `Indices of this restore were not deleted, because ${reasons}. Stop what writes to them and check their documents; then create a new plan with deleteExisting, or delete them.`;

describe('how a restore ends after all', () => {
  const completed: Ending = { state: 'SUCCEEDED', at: 'done', reason: undefined };
  const stop: Reason = { code: 'RESTORE_STOPPED', message: 'Stopped.', data: { by: 'one' } };
  const cancelled: Ending = { state: 'CANCELLED', at: 'parts', reason: stop };
  const could = 'What was restored could not be rolled back completely.';

  it.each<[string, Ending, Left, Partial<Reason> | undefined]>([
    ['nothing is left: as before', completed, { indices: [] }, undefined],
    ['what is left is not ours: as before', completed, { indices: [index('a', 'foreign')] }, undefined],
    ['it failed before: for the same reason', failed, { indices: [index('a', 'written')] }, undefined],
    [
      'one of several was written to: FAILED',
      completed,
      { indices: [index('a', 'foreign'), index('b', 'written')] },
      { code: 'RESTORE_WRITTEN', message: could, data: { step: 'done' } },
    ],
    [
      'it was stopped, and one was written to: FAILED, with why it was stopped',
      cancelled,
      { indices: [index('a', 'unblocked')] },
      { code: 'RESTORE_WRITTEN', message: `Stopped. ${could}`, data: { by: 'one', step: 'parts' } },
    ],
    [
      'Optimize answers: FAILED',
      cancelled,
      { indices: [index('a', 'kept')], optimizeAt: OPTIMIZE },
      {
        ...{ code: 'RESTORE_BLOCKED', message: 'Stopped. It could not be rolled back.' },
        data: { by: 'one', step: 'parts' },
      },
    ],
  ])('%s', (_, ending, left, reason) => {
    expect(endedAs(ending, left)).toEqual(reason === undefined ? ending : { ...ending, state: 'FAILED', reason });
  });

  it('knows of which indices somebody may have written to', () => {
    const reasons = ['foreign', 'unblocked', 'written', 'unmeasured', 'kept'] as const;
    const holding = reasons.filter((reason) => mayHoldWrites(index('a', reason)));
    expect(holding).toEqual(['unblocked', 'written', 'unmeasured']);
  });
});

describe('what is said of what is there', () => {
  const asRequested = 'What was restored was left in the engine, as requested.';
  const all = 'What was restored was rolled back.';
  const rest = 'The rest of what was restored was rolled back.';
  const leftAlone = (names: string) => `Not deleted, because they are not provably of this restore: ${names}.`;

  it.each<[string, Given, Left, { lines: readonly string[]; rolledBack: boolean; liftBlocks?: readonly string[] }]>([
    ['nothing was sent', { memory: { parts: {} } }, { indices: [] }, { lines: [], rolledBack: false }],
    [
      'nothing was sent, and nothing was to be rolled back',
      { memory: { parts: {} }, task: { rollback: false } },
      { indices: [] },
      { lines: [], rolledBack: false },
    ],
    ['all was rolled back', {}, { indices: [] }, { lines: [all], rolledBack: true }],
    [
      'all was rolled back but what is not ours',
      {},
      { indices: [index('a', 'foreign')] },
      { lines: [all, leftAlone('a')], rolledBack: true },
    ],
    [
      'it was to be kept',
      { task: { rollback: false } },
      { indices: [index('a', 'kept', true), index('b', 'kept')] },
      { lines: [asRequested, blocked('a', 'a')], rolledBack: false, liftBlocks: [lift('a')] },
    ],
    [
      'an operator ended it, so that it was kept',
      { memory: { ending: { ...failed, keep: true } } },
      { indices: [index('a', 'kept')] },
      { lines: [asRequested], rolledBack: false },
    ],
    [
      'a rehearsal is rolled back in any case',
      { task: { rollback: false, copy: true }, memory: { ending: failed } },
      { indices: [] },
      { lines: [all], rolledBack: true },
    ],
    [
      'Optimize answers',
      {},
      { indices: [index('a', 'kept', true), index('b', 'kept', true)], optimizeAt: OPTIMIZE },
      {
        lines: [
          `Optimize responds at ${OPTIMIZE}, so none of these were deleted: a, b. Stop Optimize; then create a new plan with deleteExisting.`,
          blocked('a, b', 'a,b'),
        ],
        ...{ rolledBack: false, liftBlocks: [lift('a,b')] },
      },
    ],
    [
      'Optimize answers, and an index of somebody else is there',
      {},
      { indices: [index('a', 'kept'), index('theirs', 'foreign')], optimizeAt: OPTIMIZE },
      {
        lines: [
          `Optimize responds at ${OPTIMIZE}, so none of these were deleted: a. Stop Optimize; then create a new plan with deleteExisting.`,
          'Not deleted, because they are not provably of this restore: theirs.',
        ],
        ...{ rolledBack: false },
      },
    ],
    [
      'one was written to',
      {},
      { indices: [index('a', 'written', true)] },
      {
        lines: [rest, notDeleted('they were written to after they were restored (a)'), blocked('a', 'a')],
        ...{ rolledBack: false, liftBlocks: [lift('a')] },
      },
    ],
    [
      'some may have been written to, each in its own way',
      {},
      { indices: [index('a', 'unblocked'), index('b', 'written'), index('c', 'unmeasured'), index('d', 'foreign')] },
      {
        lines: [
          rest,
          notDeleted(
            'their write block was lifted by someone else (a); they were written to after they were restored (b); whether they were written to is not known (c)',
          ),
          leftAlone('d'),
        ],
        rolledBack: false,
      },
    ],
  ])('%s', (_, given, left, { lines, ...data }) => {
    expect(withAftermath(detailOf(given), why, left, undefined)).toEqual({
      code: 'RESTORE_DIFFERS',
      message: ['Why.', ...lines].join(' '),
      data: {
        ...{ differing: 1, ...data, safetyBackupId: null, safetyIntact: null },
        left: left.indices.map(({ name }) => name),
        leftBecause: Object.fromEntries(left.indices.map((one) => [one.name, one.why])),
      },
    });
  });
});

describe('where the tries are spent, also those of what comes after', () => {
  const away: Reason = { code: 'ENGINE_UNREACHABLE', message: 'Away.', data: { call: 'deleteIndices' } };
  const completed: Ending = { state: 'SUCCEEDED', at: 'done', reason: undefined };
  const bothSent = { 1: 'done', 2: 'done' } as const;
  const safety = { safetyBackupId: null, safetyIntact: null };
  const reasonOf = (given: Given, ending: Ending) => exhaustedReason(detailOf(given), ending, away, undefined).failure;

  it.each<[string, Given, readonly string[]]>([
    ['of what was sent, where nothing is recorded', {}, ['a', 'b']],
    ['what is recorded', { memory: { parts: bothSent }, restored: { c: 'uc', a: 'ua' } }, ['a', 'c']],
    ['not a part that was there and is removed by now', { memory: { parts: bothSent }, restored: { c: 'uc' } }, ['c']],
    [
      'what is recorded, and a part that was sent and not seen yet',
      { memory: { parts: { 1: 'done', 2: 'sending' } }, restored: { a: 'ua' } },
      ['a', 'c'],
    ],
    [
      'what is recorded of a part that is not complete',
      { memory: { parts: { 1: 'accepted' } }, restored: { a: 'ua' } },
      ['a'],
    ],
    ['not what was never sent', { memory: { parts: { 2: 'accepted' } } }, ['c']],
  ])('names what may be there: %s', (_, given, left) => {
    expect(reasonOf(given, failed)).toEqual({
      code: 'ENGINE_UNREACHABLE',
      message: `Why. What was restored could not be rolled back: Away. These may be there: ${left.join(', ')}.`,
      data: {
        ...{ call: 'deleteIndices', step: 'compare', left, rolledBack: false, endedBecause: 'RESTORE_DIFFERS' },
        ...safety,
      },
    });
  });

  it('names those that are blocked, and the call that ends it', () => {
    const { message, data } = reasonOf({ memory: { parts: bothSent, blocked: [2] } }, failed);
    expect(message).toMatch(/^Why\. .* These may be there: a, b, c\. c stay blocked for writing/);
    expect(data).toMatchObject({ left: ['a', 'b', 'c'], liftBlocks: [lift('c')] });
  });

  it('of a rehearsal that went well, it says that its copy may be there', () => {
    const { message, data } = reasonOf({ task: { copy: true } }, completed);
    expect(message).toBe('What was restored could not be rolled back: Away. These may be there: a, b.');
    expect(data).toMatchObject({ left: ['a', 'b'], rolledBack: false, endedBecause: null, step: 'done' });
  });

  it('of a restore that went well, it names only the blocks that were not saved', () => {
    const memory = { parts: bothSent, blocked: [1, 2], savedBlocks: { a: ['read', 'write'], b: ['read'] } } as const;
    expect(reasonOf({ memory, restored: { a: 'ua', b: 'ub', c: 'uc' } }, completed)).toEqual({
      code: 'ENGINE_UNREACHABLE',
      message: `Away. This call lifts the write block: ${lift('b,c')}`,
      data: { call: 'deleteIndices', step: 'blocks', ...safety, liftBlocks: [lift('b,c')] },
    });
  });

  it('of a restore that went well, with no block of ours, it names no call', () => {
    const memory = { parts: bothSent, blocked: [2], savedBlocks: { c: ['write'] } } as const;
    const { message, data } = reasonOf({ memory }, completed);
    expect(message).toBe('Away.');
    expect(data).not.toHaveProperty('liftBlocks');
  });
});
