import type { Reason } from '../../failure/reason.ts';
import type { BackupState } from '../backup.ts';
import type { Snapshot } from '../snapshot.ts';
import { incompleteSentence } from './incomplete-sentence.ts';

/** What of a snapshot explains why a backup is FAILED. */
export type FailedSnapshot = Pick<Snapshot, 'name' | 'state' | 'shards' | 'failures' | 'reason'>;

/**
 * Why a backup is FAILED: the recorded reason, otherwise every snapshot that ended badly and its failed shards. Undefined: it is
 * not FAILED. Optimize names FAILED snapshots only, so that its reason is an empty list where they are PARTIAL.
 */
export const failureReason = (
  state: BackupState,
  recorded: Reason | undefined,
  snapshots: readonly FailedSnapshot[],
): string | undefined => {
  if (state !== 'FAILED') return undefined;
  if (recorded !== undefined) return recorded.message;
  const ended = snapshots.filter(({ state: is }) => is === 'FAILED' || is === 'PARTIAL');
  return ended.length === 0 ? 'The reason was not recorded.' : ended.map(incompleteSentence).join(' · ');
};
