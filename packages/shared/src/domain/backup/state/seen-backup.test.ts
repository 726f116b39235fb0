import { expect, it } from 'vitest';
import type { PartState } from '../backup.ts';
import type { Snapshot, SnapshotState } from '../snapshot.ts';
import { seenBackup } from './seen-backup.ts';

const snapshot = (name: string, uuid: string, state: SnapshotState): Snapshot => ({
  ...{ name, uuid, state, indices: ['optimize-alert_v4'], owner: undefined, engineVersion: undefined },
  ...{ versionId: 8_000_000, startedAt: undefined, endedAt: undefined, failures: [], reason: undefined },
  shards: { total: 1, successful: 1, failed: 0 },
});
const part = (number: number) => ({
  ...{ number, snapshotName: `part-${number}`, uuid: `uuid-${number}`, state: 'SUCCESS' as const, drift: undefined },
});
const record = {
  ...{ state: 'COMPLETED' as const, parts: [part(1), part(2)] },
  create: { operationId: 'o', state: 'SUCCEEDED' as const },
};
const engine = { newestReadable: 9_000_000, major: 8, kind: 'elasticsearch' as const };
const witness = { actor: { kind: 'system', name: 'test' }, source: 'worker', requestId: 'request' } as const;
const see = (...snapshots: readonly Snapshot[]) => seenBackup(record, snapshots, engine, witness);

it('sees a backup as recorded where all its snapshots are there', () => {
  const seen = see(snapshot('part-1', 'uuid-1', 'SUCCESS'), snapshot('part-2', 'uuid-2', 'SUCCESS'));
  expect(seen).toMatchObject({ state: 'COMPLETED', drift: [] });
});

it('records the state before and after, with what was seen of its own snapshots alone', () => {
  const other = snapshot('another backup', 'uuid-3', 'FAILED');
  const seen = see(snapshot('part-1', 'uuid-1', 'PARTIAL'), other);
  expect(seen.state).not.toBe('COMPLETED');
  expect(seen.event).toEqual({
    ...{ kind: 'backup.state-changed', ...witness, before: { state: 'COMPLETED' } },
    after: { state: seen.state, seen: [{ name: 'part-1', uuid: 'uuid-1', state: 'PARTIAL' }] },
  });
  expect(seen.drift).toMatchObject([{ number: 2, found: { is: 'vanished' } }]);
});

const cancelled = (state: PartState, uuid?: string) => ({
  ...{ state: 'FAILED' as const, create: { operationId: 'o', state: 'CANCELLED' as const } },
  parts: [part(1), { ...part(2), state, uuid }],
});
const ours = { operationId: 'o' } as Snapshot['owner'];

it.each(['PLANNED', 'STARTING', 'IN_PROGRESS'] as const)(
  'takes in a %s part whose snapshot has ended since',
  (state) => {
    const ended = { ...snapshot('part-2', 'uuid-2', 'SUCCESS'), owner: ours };
    const snapshots = [snapshot('part-1', 'uuid-1', 'SUCCESS'), ended];
    const { late } = seenBackup(cancelled(state), snapshots, engine, witness);
    const told = { uuid: 'uuid-2', shards: ended.shards };
    expect(late).toMatchObject([
      {
        part: { number: 2, state: 'SUCCESS', ...told, versionId: 8_000_000 },
        event: { kind: 'part.succeeded', ...witness, before: { part: 2, state }, after: { part: 2, ...told } },
      },
    ]);
    expect(late[0]?.part).not.toHaveProperty('indices');
  },
);

it.each([
  ['goes on', snapshot('part-2', 'uuid-2', 'IN_PROGRESS')],
  ['is another one', snapshot('part-2', 'other', 'SUCCESS')],
  ['is not there', snapshot('else', 'uuid-2', 'SUCCESS')],
])('takes in nothing of a part whose snapshot %s', (_, seen) => {
  expect(seenBackup(cancelled('IN_PROGRESS', 'uuid-2'), [seen], engine, witness).late).toEqual([]);
});

it('takes in no end of a backup that is not complete by it: its create may be retried', () => {
  const snapshots = [snapshot('part-1', 'uuid-1', 'SUCCESS'), snapshot('part-2', 'uuid-2', 'PARTIAL')];
  expect(seenBackup(cancelled('STARTING', 'uuid-2'), snapshots, engine, witness)).toMatchObject({ late: [] });
  const [first] = snapshots;
  expect(seenBackup(cancelled('STARTING', 'uuid-2'), first ? [first] : [], engine, witness).late).toEqual([]);
});

it('leaves a part that drifted to the next look, and a set that others made to be filled in', () => {
  const drift = { is: 'foreign' as const, uuid: 'theirs', noticedAt: new Date(0) };
  const open = { ...part(2), state: 'STARTING' as const };
  const seen = [snapshot('part-1', 'uuid-1', 'SUCCESS'), snapshot('part-2', 'uuid-2', 'SUCCESS')];
  const drifted = { ...cancelled('STARTING'), parts: [part(1), { ...open, drift }] };
  expect(seenBackup(drifted, seen, engine, witness)).toMatchObject({
    state: 'COMPLETED',
    drift: [{ number: 2 }],
    late: [],
  });
  const found = { ...cancelled('PLANNED'), parts: [part(1), open], create: undefined };
  expect(seenBackup(found, seen, engine, witness)).toMatchObject({ state: 'COMPLETED', late: [] });
});
