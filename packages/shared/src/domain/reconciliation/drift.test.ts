import { describe, expect, it } from 'vitest';
import type { SnapshotOwner } from '../backup/snapshot.ts';
import { driftChanges, foundInstead, isNoticed, isSuddenlyGone } from './drift.ts';

const ours: SnapshotOwner = { backupId: 'b', operationId: 'o', part: 1, of: 1, optimizeVersion: '1', tandem: '1' };
const seen = (uuid: string, owner?: SnapshotOwner) => ({ name: 'name', uuid, owner });
const noticedAt = new Date(0);
const vanished = { is: 'vanished', uuid: undefined } as const;

it.each([
  ['nothing of a part that was never made', undefined, undefined, undefined],
  ['a part that is there', 'a', seen('a'), undefined],
  ['a part that is gone', 'a', undefined, vanished],
  ['another one under its name', 'a', seen('b', ours), { is: 'replaced', uuid: 'b' }],
  ["the create's own, of which no uuid was seen", undefined, seen('a', ours), undefined],
  ["somebody else's under a planned name", undefined, seen('a'), { is: 'foreign', uuid: 'a' }],
])('finds %s', (_, uuid, snapshot, found) => {
  expect(foundInstead({ uuid }, snapshot, 'o')).toEqual(found);
});

it("takes what comes later for a discovered set's own", () => {
  expect(foundInstead({ uuid: undefined }, seen('a'), undefined)).toBeUndefined();
});

it('knows what was noticed before', () => {
  expect(isNoticed(undefined, undefined)).toBe(true);
  expect(isNoticed({ ...vanished, noticedAt }, vanished)).toBe(true);
  expect(isNoticed(undefined, vanished)).toBe(false);
  expect(isNoticed({ ...vanished, noticedAt }, undefined)).toBe(false);
  expect(isNoticed({ is: 'replaced', uuid: 'b', noticedAt }, { is: 'replaced', uuid: 'c' })).toBe(false);
});

it('tells each change with its event, and nothing of what is as it was', () => {
  const part = (number: number, drift?: 'vanished') => ({
    ...{ number, snapshotName: `name-${number}`, uuid: `uuid-${number}`, state: 'SUCCESS' as const },
    drift: drift && { is: drift, uuid: undefined, noticedAt },
  });
  const record = { parts: [part(1), part(2, 'vanished'), part(3), part(4, 'vanished')], create: { operationId: 'o' } };
  const snapshots = [1, 2].map((number) => ({ name: `name-${number}`, uuid: `uuid-${number}`, owner: undefined }));
  const witness = { actor: { kind: 'system', name: 'test' }, source: 'worker' } as const;
  expect(driftChanges(record, snapshots, witness)).toEqual([
    {
      ...{ number: 2, uuid: 'uuid-2', found: undefined },
      event: {
        ...{ kind: 'drift.returned', ...witness },
        before: { part: 2, snapshot: 'name-2', uuid: 'uuid-2', state: 'SUCCESS', drift: 'vanished' },
        after: { part: 2, snapshot: 'name-2', uuid: 'uuid-2' },
      },
    },
    {
      ...{ number: 3, uuid: 'uuid-3', found: vanished },
      event: {
        ...{ kind: 'drift.vanished', ...witness },
        before: { part: 3, snapshot: 'name-3', uuid: 'uuid-3', state: 'SUCCESS', drift: null },
        after: { part: 3, snapshot: 'name-3', uuid: null },
      },
    },
  ]);
});

it('tells what is gone of a discovered set, which no operation made', () => {
  const part = { number: 1, snapshotName: 'name', uuid: 'a', state: 'SUCCESS', drift: undefined } as const;
  const witness = { actor: { kind: 'system', name: 'test' }, source: 'worker' } as const;
  const record = { parts: [part, { ...part, number: 2, snapshotName: 'later', uuid: undefined }], create: undefined };
  const later = { ...seen('b'), name: 'later' };
  expect(driftChanges(record, [later], witness)).toMatchObject([{ number: 1, found: vanished }]);
});

describe('a backup of which every part is gone', () => {
  const at = (number: number, uuid: string | undefined, is?: 'vanished' | 'replaced') => ({
    ...{ snapshotName: `part-${number}`, uuid },
    drift: is && { is, uuid: undefined, noticedAt: new Date(0) },
  });

  it.each([
    ['all of it', [at(1, 'a'), at(2, 'b')], [], true],
    ['what was made of it', [at(1, 'a'), at(2, undefined)], [], true],
    ['what was left of it', [at(1, 'a', 'vanished'), at(2, 'b')], [], true],
    ['nothing new', [at(1, 'a', 'vanished'), at(2, 'b', 'vanished')], [], false],
    ['nothing new', [at(1, 'a', 'replaced'), at(2, 'b', 'vanished')], [{ name: 'part-1', uuid: 'x' }], false],
    ["all of it, though somebody's has a name", [at(1, 'a'), at(2, 'b')], [{ name: 'part-2', uuid: 'x' }], true],
    ['a part', [at(1, 'a'), at(2, 'b')], [{ name: 'part-2', uuid: 'b' }], false],
    ['all of it, though its uuid is under another name', [at(1, 'a')], [{ name: 'part-2', uuid: 'a' }], true],
    ['nothing, where nothing was planned', [], [], false],
    ['nothing, where nothing was made', [at(1, undefined)], [], false],
  ])('%s is suddenly gone: %j, where there is %j -> %s', (_, parts, there, gone) => {
    expect(isSuddenlyGone(parts, there)).toBe(gone);
  });
});
