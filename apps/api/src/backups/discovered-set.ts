import type { DiscoveredSet } from '@tandem/history/port.ts';
import type { BackupState, Location } from '@tandem/shared/domain/backup.ts';
import type { NewEvent } from '@tandem/shared/domain/event.ts';
import { type FoundSet, startOf } from '@tandem/shared/domain/found-sets.ts';
import { partFacts } from '@tandem/shared/domain/part-facts.ts';
import type { Profile } from '@tandem/shared/domain/profile.ts';
import { formatSnapshotName } from '@tandem/shared/domain/snapshot-name.ts';

/** A set as the history takes it in: a row for each part that its names promise, found or not. */
export const discoveredSet = (
  profile: Profile,
  indexPrefix: string,
  set: FoundSet,
  location: Location,
  state: BackupState,
  event: NewEvent,
): DiscoveredSet => ({
  backupId: set.backupId,
  optimizeVersion: set.optimizeVersion,
  profile: profile.name,
  indexPrefix,
  location,
  state,
  requestedAt: new Date(startOf(set)),
  parts: Array.from({ length: set.of }, (_, at) => part(profile, set, at + 1)),
  event,
});

const part = (profile: Profile, set: FoundSet, number: number): DiscoveredSet['parts'][number] => {
  const { backupId, optimizeVersion, of } = set;
  const snapshotName = formatSnapshotName(profile, { backupId, optimizeVersion, number, of });
  const found = set.snapshots.find((snapshot) => snapshot.number === number);
  if (found === undefined) return { number, of, snapshotName, indices: [], state: 'PLANNED' };
  return { number, of, snapshotName, ...partFacts(found) };
};
