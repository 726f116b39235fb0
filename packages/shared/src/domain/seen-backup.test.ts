import { expect, it } from 'vitest';
import { seenBackup } from './seen-backup.ts';
import type { Snapshot, SnapshotState } from './snapshot.ts';

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
const engine = { newestReadable: 9_000_000, major: 8 };
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
