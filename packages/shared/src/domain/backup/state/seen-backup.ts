import type { NewEvent } from '../../history/event.ts';
import { type DriftChange, type DriftingPart, type DriftWitness, driftChanges } from '../../reconciliation/drift.ts';
import type { BackupRecord, BackupState } from '../backup.ts';
import type { Snapshot } from '../snapshot.ts';
import type { ReadingEngine } from './compatibility.ts';
import { type LateEnd, lateEnds } from './late-ends.ts';
import { type FoldedRecord, recordedState } from './recorded-state.ts';

/** A recorded backup as read from its repository. */
export type SeenBackup = {
  readonly state: BackupState;
  /** To be kept where the state is another. */
  readonly event: NewEvent;
  readonly drift: readonly DriftChange[];
  /** Set only for a COMPLETED backup: finished parts of others may be re-created by a retry, which checks by itself. */
  readonly late: readonly LateEnd[];
};

export type RecordToSee = Pick<BackupRecord, 'state'> & FoldedRecord & { readonly parts: readonly DriftingPart[] };

/** The state of a backup as the engine shows it, what changed since the last check, and the event that records it. */
export const seenBackup = (
  record: RecordToSee,
  snapshots: readonly Snapshot[],
  engine: ReadingEngine,
  witness: DriftWitness,
): SeenBackup => {
  const state = recordedState(record, snapshots, engine);
  const names = new Set(record.parts.map(({ snapshotName }) => snapshotName));
  const seen = snapshots.filter(({ name }) => names.has(name));
  const after = { state, seen: seen.map(({ name, uuid, state: is }) => ({ name, uuid, state: is })) };
  const event: NewEvent = { kind: 'backup.state-changed', ...witness, before: { state: record.state }, after };
  const drift = driftChanges(record, snapshots, witness);
  const isDrifting = (number: number): boolean => drift.some((change) => change.number === number);
  const ended = state === 'COMPLETED' ? lateEnds(record, snapshots, witness) : [];
  return { state, event, drift, late: ended.filter(({ part }) => !isDrifting(part.number)) };
};
