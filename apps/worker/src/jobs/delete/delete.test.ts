import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import { actor, nameOf, part, REPOSITORY, setUpDeletion } from './tick.fixture.ts';

const attempt = {
  part: undefined,
  trigger: 'request',
  actor,
  startedAt: new Date('2025-12-31T23:59:00Z'),
  nextInMs: undefined,
};
/** None of the parts is there, and the quiet period is over. */
const quiet = { absentSince: '2025-12-31T23:00:00.000Z' };

describe('a removal', () => {
  it('is recorded before it is sent, ends the quiet period, and tells what was there', async () => {
    const { engine, tick, records, put } = setUpDeletion();
    const uuid = put(1);
    const deletion = { parts: [part(1, { uuid })], detail: quiet };
    engine.failNext('deleteSnapshot', fail('ENGINE_REFUSED', 'no', { call: 'deleteSnapshot' }));
    await expect(tick(deletion)).rejects.toMatchObject({ code: 'ENGINE_REFUSED' });
    expect(records).toEqual([{ detail: { absentSince: null, knownAbsent: [], removing: { part: 1, uuid } } }]);
    const change = await tick(deletion);
    expect(engine.snapshots(REPOSITORY)).toEqual([]);
    expect(change).toEqual({
      parts: [{ number: 1, uuid: null, state: 'VANISHED' }],
      events: [
        expect.objectContaining({
          kind: 'part.deleted',
          before: { uuid, state: 'SUCCESS' },
          after: { operationId: expect.any(String), part: 1, snapshot: nameOf(1) },
        }),
      ],
      tries: 'progress',
      outcome: { do: 'wait', inMs: 0 },
    });
  });

  it('has succeeded where the snapshot went meanwhile', async () => {
    const { engine, tick, put } = setUpDeletion();
    const uuid = put(1);
    engine.failNext('deleteSnapshot', fail('SNAPSHOT_NOT_FOUND', 'gone', { call: 'deleteSnapshot' }));
    const { parts } = await tick({ parts: [part(1, { uuid })] });
    expect(parts).toEqual([{ number: 1, uuid: null, state: 'VANISHED' }]);
  });
});

describe('the quiet period of a deletion', () => {
  const nothingMade = [part(1, { state: 'PLANNED' })];

  it.each([
    ['at the first lookup', {}],
    ['at the first lookup after a removal', { absentSince: null }],
  ])('begins %s that finds nothing', async (_, detail) => {
    const change = await setUpDeletion().tick({ parts: nothingMade, detail });
    expect(change).toEqual({
      detail: { absentSince: '2026-01-01T00:00:00.000Z', knownAbsent: [] },
      tries: 'progress',
      outcome: { do: 'wait', inMs: 1_000, for: expect.stringContaining('A delayed worker may still create one') },
    });
  });

  it('goes on from the recorded time', async () => {
    const detail = { absentSince: '2025-12-31T23:59:59.600Z' };
    const change = await setUpDeletion().tick({ parts: nothingMade, detail });
    expect(change).toMatchObject({ detail, outcome: { do: 'wait', inMs: 600 } });
  });

  it('does not count what the clock of PostgreSQL jumped, and begins by that clock', async () => {
    const { tick } = setUpDeletion(async (_, now) => new Date(now.getTime() - 500));
    const began = await tick({ parts: nothingMade });
    expect(began.detail).toMatchObject({ absentSince: '2026-01-01T00:00:00.000Z' });
    const change = await tick({ parts: nothingMade, detail: { absentSince: '2025-12-31T23:59:59.000Z' } });
    expect(change.outcome).toMatchObject({ do: 'wait', inMs: 500 });
  });

  it('remembers what was absent where the repository was the recorded one', async () => {
    const change = await setUpDeletion().tick({ parts: [part(1, { uuid: 'one' }), part(2)] });
    expect(change.detail).toMatchObject({ knownAbsent: [1] });
  });
});

describe('the end of a deletion', () => {
  it('frees the id, and says what the backup was', async () => {
    const change = await setUpDeletion().tick({ parts: [part(1, { state: 'PLANNED' })], detail: quiet });
    expect(change).toEqual({
      events: [
        expect.objectContaining({
          kind: 'backup.deleted',
          before: { state: 'IN_PROGRESS' },
          after: { operationId: expect.any(String), state: 'INCOMPLETE' },
        }),
      ],
      attempt: { ...attempt, errorClass: undefined, reason: undefined },
      outcome: { do: 'end', state: 'SUCCEEDED', backup: 'INCOMPLETE', deleted: true },
    });
  });

  it.each([
    ['every part had ended well', [1, 2], [1, 2], 'COMPLETED'],
    ['the only part had ended well', [1], [1], 'COMPLETED'],
    ['a part had not been begun', [1], [1, 2], 'INCOMPLETE'],
    ['a part that had ended well is gone', [1], [1, 'gone'], 'INCOMPLETE'],
    ['all parts that had ended well are gone', [], ['gone', 'gone'], 'INCOMPLETE'],
  ])('of a cancel that leaves what had ended well: %s', async (_, there, recorded, state) => {
    const { engine, tick, put, deleted } = setUpDeletion();
    const uuids = new Map(there.map((number) => [number, put(number)]));
    const parts = recorded.map((is, at) => {
      const uuid = is === 'gone' ? 'uuid-of-gone' : uuids.get(Number(is));
      return part(at + 1, uuid === undefined ? { state: 'PLANNED' } : { uuid });
    });
    const detail = { ...quiet, keepBackup: true, onlyUnfinished: true, knownAbsent: [1, 2] };
    const change = await tick({ parts, detail });
    expect(change).toEqual({
      events: [
        expect.objectContaining({
          kind: 'backup.state-changed',
          before: { state: 'IN_PROGRESS' },
          after: { operationId: expect.any(String), state },
        }),
      ],
      attempt: { ...attempt, errorClass: undefined, reason: undefined },
      outcome: { do: 'end', state: 'SUCCEEDED', backup: state },
    });
    expect(engine.snapshots(REPOSITORY)).toHaveLength(there.length);
    expect(deleted()).toEqual([]);
  });
});

describe('a cluster that is another one', () => {
  const gone = { clusterUuid: 'gone' };

  it('keeps no deletion from removing what the repository holds of the backup', async () => {
    const { tick, put, deleted } = setUpDeletion();
    const change = await tick({ parts: [part(1, { uuid: put(1) })], location: gone });
    expect(deleted()).toEqual([nameOf(1)]);
    expect(change.outcome).toEqual({ do: 'wait', inMs: 0 });
  });

  it.each([
    [
      'names what a cancelled create may have left there',
      [part(1), part(2, { state: 'STARTING' })],
      [nameOf(1), nameOf(2)],
      `Snapshots ${nameOf(1)}, ${nameOf(2)} may be left in its repository backups.`,
    ],
    [
      'says so where a cancelled create had requested no snapshot',
      [part(1, { state: 'EMPTY' }), part(2, { state: 'PLANNED' })],
      [],
      'No snapshot had been requested.',
    ],
  ])('%s', async (_, parts, left, words) => {
    const { engine, tick, put } = setUpDeletion();
    put(1);
    const change = await tick({ parts, detail: { keepBackup: true }, location: gone });
    const failure = {
      code: 'CLUSTER_CHANGED',
      message: expect.stringContaining(words),
      data: { expected: 'gone', found: 'in-memory-cluster', repository: REPOSITORY, left },
    };
    expect(change).toEqual({
      events: [
        expect.objectContaining({
          kind: 'backup.state-changed',
          reason: failure.message,
          before: { state: 'IN_PROGRESS' },
          after: { operationId: expect.any(String), state: 'INCOMPLETE' },
        }),
      ],
      attempt: { ...attempt, errorClass: 'terminal', reason: failure },
      outcome: { do: 'end', state: 'FAILED', backup: 'INCOMPLETE', failure },
    });
    expect(engine.calls.map(({ method }) => method)).toEqual(['info']);
  });
});
