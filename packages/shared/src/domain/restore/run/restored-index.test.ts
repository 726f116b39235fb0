import { describe, expect, it } from 'vitest';
import { omitUndefined } from '../../omit-undefined.ts';
import type { IndexBlock } from './index-blocks.ts';
import { NO_MEMORY, type RestoreDetail, type RestoreMemory, type RestoreTask } from './restore-memory.ts';
import { carriesBlock, isMeasurable, isOurs, isRestored, verdictOf, writtenIndices } from './restored-index.ts';
import { NOT_MEASURED, type Restoring, type SeenIndex, type WriteCounts } from './restoring.ts';

const part = { number: 1, snapshot: 'one', uuid: 's', indices: [{ index: 'a', as: 'a' }] };
const seen: SeenIndex = {
  ...{ name: 'a', uuid: 'u', blocks: ['write'], shards: 2, shardsDone: 2, failures: [] },
  source: { repository: 'r', snapshot: 'one' },
};
const accepted: RestoreMemory = { ...NO_MEMORY, parts: { 1: 'accepted' } };
const restoring = (
  memory: Partial<RestoreMemory>,
  more: {
    readonly copy?: boolean;
    readonly restored?: RestoreDetail['restored'];
    readonly operations?: WriteCounts;
  } = {},
): Restoring => ({
  detail: {
    task: { copy: more.copy ?? false, parts: [part] } as unknown as RestoreTask,
    memory: { ...accepted, ...memory },
    restored: more.restored ?? { a: 'u' },
    ...{ reason: undefined, report: undefined, stop: undefined },
  },
  repository: 'r',
  seen: [seen],
  operations: more.operations ?? NOT_MEASURED,
  quietMs: 1,
  requestedAt: new Date(0),
  expiryMs: 3_600_000,
  now: new Date(0),
});
const measured = (now: number | undefined, savedAtMost?: number): WriteCounts => ({
  now: new Map(now === undefined ? [] : [['a', now]]),
  savedAtMost: new Map(savedAtMost === undefined ? [] : [['a', savedAtMost]]),
});

describe('whether an index is of this restore', () => {
  const foreign = { repository: 'r', snapshot: 'other' };
  it.each<[string, Restoring['detail']['restored'], SeenIndex['source'], Partial<RestoreMemory>, boolean]>([
    ['recorded', { a: 'u' }, foreign, {}, true],
    ['another uuid is recorded', { a: 'other' }, seen.source, {}, false],
    ['not recorded, from its snapshot', {}, seen.source, {}, true],
    ['not recorded, from another snapshot', {}, foreign, {}, false],
    [
      'not recorded, from a snapshot of that name in another repository',
      {},
      { repository: 'other', snapshot: 'one' },
      {},
      false,
    ],
    ['not recorded, from nowhere, and the call was accepted', {}, undefined, {}, true],
    ['not recorded, from nowhere, and the call was not answered', {}, undefined, { parts: { 1: 'sending' } }, false],
    ['its part was not sent', {}, seen.source, { parts: {} }, false],
  ])('%s', (_, restored, source, memory, ours) => {
    expect(isOurs(restoring(memory, { restored }), { ...seen, source })).toBe(ours);
  });
});

describe('an index that no part of the restore holds', () => {
  const other = { ...seen, name: 'other' };

  it('is not of it, and carries no block of it', () => {
    expect(isOurs(restoring({ blocked: [1] }), other)).toBe(false);
    expect(carriesBlock(restoring({ blocked: [1] }).detail, other)).toBe(false);
    expect(carriesBlock(restoring({ blocked: [1] }).detail, seen)).toBe(true);
  });
});

it.each<[string, Partial<SeenIndex>, boolean]>([
  ['with all its primaries', {}, true],
  ['with a primary missing', { shardsDone: 1 }, false],
  ['with a failed shard', { failures: [{ shard: 0, reason: 'gone', lost: true }] }, false],
])('whether an index %s is restored and can be measured', (_, more, expected) => {
  expect(isRestored({ ...seen, ...more })).toBe(expected);
  expect(isMeasurable({ ...seen, ...more })).toBe(expected);
});

describe('whether an index may hold what somebody else wrote', () => {
  type Case = {
    readonly blocked: boolean;
    readonly blocks: readonly IndexBlock[];
    readonly before?: number | null;
    readonly now?: number;
    readonly saved?: number;
    readonly copy?: boolean;
    readonly started?: number;
  };
  it.each<[string, Case, string]>([
    ['our block, the same operations', { blocked: true, blocks: ['write'], before: 5, now: 5 }, 'untouched'],
    ['our block, not measurable', { blocked: true, blocks: ['write'], before: 5 }, 'untouched'],
    ['our block, never measured before', { blocked: true, blocks: ['write'], now: 5 }, 'untouched'],
    ['our block, more operations', { blocked: true, blocks: ['write'], before: 5, now: 6 }, 'written'],
    ['our block, more than the snapshot held', { blocked: true, blocks: ['write'], now: 6, saved: 5 }, 'written'],
    ['our block is gone', { blocked: true, blocks: [], before: 5, now: 5 }, 'unblocked'],
    ['our block is gone, another is set', { blocked: true, blocks: ['read_only'], before: 5, now: 5 }, 'unblocked'],
    ['our block is gone before a shard is started', { blocked: true, blocks: [], started: 0 }, 'unblocked'],
    ['no block, the same operations', { blocked: false, blocks: [], before: 5, now: 5 }, 'untouched'],
    ['no block, more operations', { blocked: false, blocks: [], before: 5, now: 6 }, 'written'],
    [
      'no block, more than the snapshot held when it was measured first',
      { blocked: false, blocks: [], before: 6, now: 6, saved: 5 },
      'written',
    ],
    ['no block, as many as the snapshot held', { blocked: false, blocks: [], now: 5, saved: 5 }, 'untouched'],
    ['no block, nothing to compare with', { blocked: false, blocks: [], now: 5 }, 'unmeasured'],
    ['no block, not measurable', { blocked: false, blocks: [], before: 5 }, 'unmeasured'],
    ['no block, no shard that takes writes', { blocked: false, blocks: [], started: 0 }, 'untouched'],
    ['a write block that we did not set', { blocked: false, blocks: ['write'], before: 5, now: 6 }, 'written'],
    ['a rehearsal, not measurable', { blocked: false, blocks: [], copy: true }, 'untouched'],
    ['a rehearsal, the same operations', { blocked: false, blocks: [], copy: true, before: 5, now: 5 }, 'untouched'],
    ['a rehearsal, more operations', { blocked: false, blocks: [], copy: true, before: 5, now: 6 }, 'written'],
    ['measured in vain', { blocked: false, blocks: [], before: null, now: 5 }, 'unmeasured'],
  ])('%s', (_, { blocked, blocks, before, now, saved, copy = false, started = 2 }, verdict) => {
    const memory = { blocked: blocked ? [1] : [], operations: omitUndefined({ u: before }) };
    const state = restoring(memory, { copy, operations: measured(now, saved) });
    expect(verdictOf(state, { ...seen, blocks, shardsDone: started })).toBe(verdict);
  });

  it('in a comparison is what rose, or what differs without its block', () => {
    const memory = { blocked: [1], operations: { u: 5 } };
    const written = (blocks: readonly IndexBlock[], now: number, differing: readonly string[]) =>
      writtenIndices(restoring(memory, { operations: measured(now) }), [{ ...seen, blocks }], new Set(differing));
    expect(written(['write'], 5, ['a'])).toEqual([]);
    expect(written([], 5, [])).toEqual([]);
    expect(written([], 5, ['a'])).toEqual(['a']);
    expect(written(['write'], 6, [])).toEqual(['a']);
  });
});
