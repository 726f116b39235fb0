import type { LivingBackup } from '@tandem/history/ports/reconciliation.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import {
  type ChangedBackup,
  type DiscoveredBackup,
  MAX_LISTED,
  type Presence,
  type ReconciliationResult,
  type RepositoryComparison,
  type UnverifiedBackup,
} from '@tandem/shared/domain/reconciliation/reconciliation.ts';
import type { LocationReading } from './read-repositories.ts';

/** Counts the findings of a reconciliation. */
export type Tally = {
  readonly location: (location: LocationKey, reading: LocationReading) => void;
  /** Nothing could be concluded about it. */
  readonly unread: (location: LocationKey, reason: Reason) => void;
  readonly isCounted: (repository: string) => boolean;
  /** `found`: the presence of its parts, if it was compared. */
  readonly backup: (backup: LivingBackup, found: readonly (Presence | 'unread')[] | 'skipped' | 'unread') => void;
  /** Snapshots with names of backups that no record can plan. */
  readonly foreign: (snapshots: number) => void;
  readonly changed: (backup: ChangedBackup) => void;
  readonly discovered: (backup: DiscoveredBackup) => void;
  readonly unverified: (backup: UnverifiedBackup) => void;
  readonly result: () => ReconciliationResult;
};

/** A location, or what is known of one. */
export type LocationKey = Pick<RepositoryComparison, 'repository' | 'clusterUuid' | 'repositoryUuid'>;

type Counted = Omit<RepositoryComparison, 'parts' | 'backups' | 'unread'> & {
  backups: number;
  unread: Reason | undefined;
  readonly parts: Counts;
};

type Counts = Record<Presence | 'unread', number>;

const nothing = (): Counts => ({ present: 0, vanished: 0, replaced: 0, foreign: 0, unread: 0 });

const keyOf = ({ clusterUuid, repository, repositoryUuid }: LocationKey): string =>
  JSON.stringify([clusterUuid, repository, repositoryUuid]);

const listOf = <Item>() => {
  const items: Item[] = [];
  let count = 0;
  const add = (item: Item): void => {
    count += 1;
    if (items.length < MAX_LISTED) items.push(item);
  };
  return { add, items, count: () => count };
};

export const newTally = (): Tally => {
  const locations = new Map<string, Counted>();
  const parts = nothing();
  const changed = listOf<ChangedBackup>();
  const discovered = listOf<DiscoveredBackup>();
  const unverified = listOf<UnverifiedBackup>();
  let compared = 0;
  let skipped = 0;

  const location: Tally['location'] = (at, { listing, unread }) => {
    const { repository, clusterUuid, repositoryUuid } = at;
    if (locations.has(keyOf(at))) return;
    const snapshots = listing?.snapshots.size ?? 0;
    const counted = { repository, clusterUuid, repositoryUuid, unread, snapshots, backups: 0, parts: nothing() };
    locations.set(keyOf(at), counted);
  };
  const markUnread: Tally['unread'] = (at, reason) => {
    const counted = locations.get(keyOf(at));
    if (counted !== undefined) counted.unread = reason;
  };
  const isCounted: Tally['isCounted'] = (name) => [...locations.values()].some(({ repository }) => repository === name);
  const backup: Tally['backup'] = ({ location }, found) => {
    const at = locations.get(keyOf(location));
    if (at !== undefined) at.backups += 1;
    if (found === 'skipped') skipped += 1;
    if (typeof found === 'string') return;
    if (!found.includes('unread')) compared += 1;
    for (const presence of found) {
      parts[presence] += 1;
      if (at !== undefined) at.parts[presence] += 1;
    }
  };
  const foreign: Tally['foreign'] = (snapshots) => {
    parts.foreign += snapshots;
  };
  const result = (): ReconciliationResult => ({
    backups: compared,
    skipped,
    parts,
    changedCount: changed.count(),
    changed: changed.items,
    discoveredCount: discovered.count(),
    discovered: discovered.items,
    unverifiedCount: unverified.count(),
    unverified: unverified.items,
    repositories: [...locations.values()],
  });
  return {
    location,
    unread: markUnread,
    isCounted,
    backup,
    foreign,
    changed: changed.add,
    discovered: discovered.add,
    unverified: unverified.add,
    result,
  };
};
