import { expect, it } from 'vitest';
import { BACKUP_STATES } from '../backup.ts';
import type { SnapshotState } from '../snapshot.ts';
import { failureReason } from './failure-reason.ts';

const reason = { code: 'PART_VANISHED', message: 'Somebody deleted it.', data: {} };
const snapshot = (name: string, state: SnapshotState) => ({
  ...{ name, state, shards: { total: 3, successful: 2, failed: 1 }, reason: undefined },
  failures: [{ index: 'optimize-alert_v4', shard: 0, reason: 'no space left on device' }],
});

it('is the recorded reason', () => {
  expect(failureReason('FAILED', reason, [snapshot('a', 'PARTIAL')])).toBe('Somebody deleted it.');
});

it('names every snapshot that ended badly, and its failed shards', () => {
  const snapshots = [snapshot('a', 'PARTIAL'), snapshot('b', 'SUCCESS'), snapshot('c', 'FAILED')];
  expect(failureReason('FAILED', undefined, snapshots)).toBe(
    'Snapshot a ended PARTIAL, 1 of 3 shards failed: optimize-alert_v4[0]: no space left on device · Snapshot c ended FAILED, 1 of 3 shards failed: optimize-alert_v4[0]: no space left on device',
  );
  expect(failureReason('FAILED', undefined, [])).toBe('The reason was not recorded.');
});

it.each(BACKUP_STATES.filter((state) => state !== 'FAILED'))('is absent where the state is %s', (state) => {
  expect(failureReason(state, reason, [snapshot('a', 'FAILED')])).toBeUndefined();
});
