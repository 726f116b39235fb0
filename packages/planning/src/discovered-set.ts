import type { DiscoveredSet } from '@tandem/history/ports/backups.ts';
import type { BackupRecord, BackupState, Location, PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import { type FoundSet, foundSets } from '@tandem/shared/domain/backup/found-sets.ts';
import { partFacts } from '@tandem/shared/domain/backup/part-facts.ts';
import { prefixToldBy, requestToldBy, safetyOfSet } from '@tandem/shared/domain/backup/set-metadata.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { formatSnapshotName } from '@tandem/shared/domain/backup/snapshot-name.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { Profile } from '@tandem/shared/domain/profile.ts';

/** Who found a set. */
export type Finder = Pick<NewEvent, 'actor' | 'source' | 'requestId'>;

/**
 * A set as the history takes it in: a row for each part that its names promise, found or not. What the snapshots' metadata say of their
 * making, where Tandem made them and its history was lost, goes into the event.
 */
export const discoveredSet = (
  profile: Profile,
  indexPrefix: string,
  set: FoundSet,
  location: Location,
  state: BackupState,
  finder: Finder,
): DiscoveredSet => {
  const told = requestToldBy(set);
  const { safetyOf, versionAssumed, empty } = safetyOfSet(set);
  return {
    ...(safetyOf === undefined ? {} : { safetyOf }),
    ...(versionAssumed ? { versionAssumed } : {}),
    backupId: set.backupId,
    optimizeVersion: set.optimizeVersion,
    profile: profile.name,
    indexPrefix: prefixToldBy(set) ?? indexPrefix,
    location,
    state,
    requestedAt: told.requestedAt,
    parts: Array.from({ length: set.of }, (_, at) => part(profile, set, at + 1, empty.has(at + 1))),
    event: {
      kind: 'backup.discovered',
      ...finder,
      after: { state, uuids: uuidsOf(set), ...(told.metadata === undefined ? {} : { metadata: told.metadata }) },
    },
  };
};

/** By part, so that a verification of the history finds a record that was changed. */
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
 * Whoever makes a set that was discovered may not have been done: the set, where parts of it came or went on since. Undefined: there is no news.
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
