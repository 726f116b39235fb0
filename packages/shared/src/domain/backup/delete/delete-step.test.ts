import { describe, expect, it } from 'vitest';
import type { PartRecord } from '../backup.ts';
import type { Snapshot } from '../snapshot.ts';
import { absencesOf, type Deletion, nextDeleteStep, readExplanations } from './delete-step.ts';

const part = (number: number, uuid: string | undefined): PartRecord => ({
  number,
  of: 2,
  snapshotName: `part-${number}`,
  indices: [],
  state: 'SUCCESS',
  starts: 1,
  uuid,
  engineVersion: undefined,
  versionId: undefined,
  startedAt: undefined,
  endedAt: undefined,
  shards: undefined,
  failures: [],
  bytes: undefined,
  manifest: undefined,
  drift: undefined,
});

const snapshot = (number: number, uuid: string, operationId?: string): Snapshot => ({
  name: `part-${number}`,
  uuid,
  state: 'SUCCESS',
  indices: [],
  owner:
    operationId === undefined
      ? undefined
      : { backupId: 'b', operationId, part: number, of: 2, optimizeVersion: '3.9.0', tandem: '0' },
  engineVersion: undefined,
  versionId: undefined,
  startedAt: undefined,
  endedAt: undefined,
  shards: { total: 0, successful: 0, failed: 0 },
  failures: [],
  reason: undefined,
});

const deletion = (more: Partial<Deletion>): Deletion => ({
  createOperationId: 'create-1',
  parts: [part(1, 'u1'), part(2, 'u2')],
  seen: [],
  absentSince: undefined,
  onlyUnfinished: false,
  quietMs: 1_000,
  now: new Date(10_000),
  ...more,
});

describe('the next step of a deletion', () => {
  it.each([
    ['the recorded one is there', { seen: [snapshot(1, 'u1')] }, { step: 'remove', part: { number: 1 } }],
    ['only the second is there', { seen: [snapshot(2, 'u2')] }, { step: 'remove', part: { number: 2 } }],
    [
      'one that our create made and nobody recorded is there',
      { parts: [part(1, undefined)], seen: [snapshot(1, 'new', 'create-1')] },
      { step: 'remove' },
    ],
    ['a stranger has the name', { seen: [snapshot(1, 'other')] }, { step: 'wait' }],
    ["another operation's has the name", { seen: [snapshot(1, 'other', 'create-2')] }, { step: 'wait' }],
    [
      'a discovered part that was never seen is left alone',
      { createOperationId: undefined, parts: [part(1, undefined)], seen: [snapshot(1, 'other')] },
      { step: 'wait' },
    ],
    ['one that ended well is to stay', { onlyUnfinished: true, seen: [snapshot(1, 'u1')] }, { step: 'wait' }],
    [
      'another snapshot of our create has the name of one that ended well and is to stay',
      { onlyUnfinished: true, seen: [snapshot(1, 'late', 'create-1')] },
      { step: 'remove', part: { number: 1 }, snapshot: { uuid: 'late' } },
    ],
    [
      'one that runs is aborted although the others stay',
      {
        onlyUnfinished: true,
        parts: [part(1, 'u1'), { ...part(2, 'u2'), state: 'IN_PROGRESS' }],
        seen: [snapshot(1, 'u1'), snapshot(2, 'u2')],
      },
      { step: 'remove', part: { number: 2 } },
    ],
    ['nothing is there at the first look', {}, { step: 'wait', absentSince: new Date(10_000), inMs: 1_000 }],
    ['nothing is there before the quiet period is over', { absentSince: new Date(9_400) }, { step: 'wait', inMs: 400 }],
    ['nothing is there after it', { absentSince: new Date(9_000) }, { step: 'succeed' }],
    [
      'nothing is there, and the clock was put back: it begins again',
      { absentSince: new Date(18_010_000) },
      { step: 'wait', absentSince: new Date(10_000), inMs: 1_000 },
    ],
    [
      'one came late within it',
      { absentSince: new Date(9_000), seen: [snapshot(2, 'late', 'create-1')] },
      { step: 'remove', part: { number: 2 } },
    ],
  ] as const)('%s', (_, more, step) => {
    expect(nextDeleteStep(deletion(more as Partial<Deletion>))).toMatchObject(step);
  });
});

describe('the absence of a part', () => {
  const parts = [part(1, 'one'), part(2, 'two')];
  const vanished = { is: 'vanished', uuid: undefined, noticedAt: new Date(0) } as const;
  const nothing = { seen: [], removing: undefined, knownAbsent: [] };

  it.each([
    ['is not explained by nothing', parts, nothing, [1, 2], [1, 2], false],
    [
      'is explained by the intent to remove it',
      parts,
      { ...nothing, removing: { part: 1, uuid: 'one' } },
      [1, 2],
      [2],
      false,
    ],
    [
      'is not explained by the intent to remove another one',
      parts,
      { ...nothing, removing: { part: 1, uuid: 'x' } },
      [1, 2],
      [1, 2],
      false,
    ],
    [
      'is explained by a check that found the repository as recorded',
      parts,
      { ...nothing, knownAbsent: [2] },
      [1, 2],
      [1],
      false,
    ],
    [
      'is explained by a comparison',
      [part(1, 'one'), { ...part(2, 'two'), drift: vanished }],
      nothing,
      [1, 2],
      [1],
      false,
    ],
    ['is none of one that was never made', [part(1, undefined), part(2, 'two')], nothing, [2], [2], false],
    [
      'is that of a stranger under its name too',
      parts,
      { ...nothing, seen: [snapshot(1, 'theirs')] },
      [1, 2],
      [1, 2],
      false,
    ],
    [
      'is not ended by a snapshot of its uuid under another name',
      parts,
      { ...nothing, seen: [snapshot(2, 'one')] },
      [1, 2],
      [1, 2],
      false,
    ],
    ['is none of one that is there', parts, { ...nothing, seen: [snapshot(1, 'one')] }, [2], [2], true],
  ])('%s', (_, of, explanations, absent, unexplained, holdsOwn) =>
    expect(absencesOf(of, explanations)).toEqual({ absent, unexplained, holdsOwn }),
  );
});

describe('what a deletion remembers', () => {
  const removing = { part: 1, uuid: 'one' };

  it.each([
    ['both', { removing, knownAbsent: [1, 2], other: 1 }, { removing, knownAbsent: [1, 2] }],
    ['nothing', {}, { removing: undefined, knownAbsent: [] }],
    ['null', { removing: null, knownAbsent: null }, { removing: undefined, knownAbsent: [] }],
    ['no uuid', { removing: { part: 1 } }, { removing: undefined, knownAbsent: [] }],
    ['no part', { removing: { uuid: 'one' } }, { removing: undefined, knownAbsent: [] }],
    ['other types', { removing: { part: '1', uuid: 1 } }, { removing: undefined, knownAbsent: [] }],
    ['more of it', { removing: { ...removing, at: 1 } }, { removing, knownAbsent: [] }],
    ['numbers among others', { knownAbsent: ['1', 2, null] }, { removing: undefined, knownAbsent: [2] }],
  ])('is read from its detail: %s', (_, detail, explanations) => {
    expect(readExplanations(detail)).toEqual(explanations);
  });
});
