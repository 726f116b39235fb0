import type { DiscoveredSet } from '@tandem/history/ports/backups.ts';
import type { BackupRecord, BackupState, Location, PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { formatSnapshotName } from '@tandem/shared/domain/backup/snapshot-name.ts';
import { partFacts } from '@tandem/shared/domain/backup/state/part-facts.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { Profile } from '@tandem/shared/domain/profile.ts';
import { type FoundSet, foundSets } from '@tandem/shared/domain/reconciliation/found-sets.ts';
import { prefixIn, requestIn, safetyOfSet } from '@tandem/shared/domain/reconciliation/set-metadata.ts';

/** Who discovered a set. */
export type Finder = Pick<NewEvent, 'actor' | 'source' | 'requestId'>;

/**
 * A discovered set in the form that the history records: one row for each part that the snapshot names imply, found or not. If Tandem made
 * the set and lost its history, the request data in the snapshots' metadata goes into the event.
 */
export const discoveredSet = (
  profile: Profile,
  indexPrefix: string,
  set: FoundSet,
  location: Location,
  state: BackupState,
  finder: Finder,
): DiscoveredSet => {
  const request = requestIn(set);
  const { safetyOf, versionAssumed, empty } = safetyOfSet(set);
  return {
    ...omitUndefined({ safetyOf }),
    ...(versionAssumed ? { versionAssumed } : {}),
    backupId: set.backupId,
    optimizeVersion: set.optimizeVersion,
    profile: profile.name,
    indexPrefix: prefixIn(set) ?? indexPrefix,
    location,
    state,
    requestedAt: request.requestedAt,
    parts: Array.from({ length: set.of }, (_, at) => part(profile, set, at + 1, empty.has(at + 1))),
    event: {
      kind: 'backup.discovered',
      ...finder,
      after: { state, uuids: uuidsOf(set), ...omitUndefined({ metadata: request.metadata }) },
    },
  };
};

/** By part, so that verifying the history detects a changed record. */
const uuidsOf = ({ snapshots }: FoundSet) => Object.fromEntries(snapshots.map(({ number, uuid }) => [number, uuid]));

const part = (profile: Profile, set: FoundSet, number: number, isEmpty: boolean): DiscoveredSet['parts'][number] => {
  const { backupId, optimizeVersion, of } = set;
  const snapshotName = formatSnapshotName(profile, { backupId, optimizeVersion, number, of });
  const found = set.snapshots.find((snapshot) => snapshot.number === number);
  if (isEmpty) return { number, of, snapshotName, indices: [], state: 'EMPTY' };
  if (found === undefined) return { number, of, snapshotName, indices: [], state: 'PLANNED' };
  return { number, of, snapshotName, ...partFacts(found) };
};

type Recorded = Pick<BackupRecord, 'backupId' | 'optimizeVersion' | 'origin'> & {
  readonly parts: readonly Pick<PartRecord, 'number' | 'uuid' | 'state'>[];
};

/**
 * A discovered set may still have been in progress: returns the set if parts were added or progressed since. Undefined: nothing changed.
 */
export const grownSet = (profile: Profile, record: Recorded, snapshots: readonly Snapshot[]): FoundSet | undefined => {
  if (record.origin !== 'discovered') return undefined;
  const [set] = foundSets(profile, record.backupId, snapshots).filter(
    ({ optimizeVersion }) => optimizeVersion === record.optimizeVersion,
  );
  const isNews = set?.snapshots.some(({ number, state: now, uuid }) => {
    const known = record.parts.find((one) => one.number === number);
    return known?.uuid === undefined || (known.uuid === uuid && known.state !== now);
  });
  return isNews ? set : undefined;
};
