import type { BackupOrigin, BackupState } from '../backup/backup.ts';

/** All that are given must fit; an empty list fits nothing. `From` is inclusive, `To` is not. */
export type BackupFilter = {
  readonly states?: readonly BackupState[];
  readonly version?: string;
  readonly repository?: string;
  readonly origins?: readonly BackupOrigin[];
  /** The name or the address of the requester. */
  readonly actor?: string;
  readonly id?: string;
  readonly idPrefix?: string;
  /** The name of a snapshot of it. */
  readonly part?: string;
  /** The name of an index that it holds. */
  readonly index?: string;
  readonly requestedFrom?: Date;
  readonly requestedTo?: Date;
  readonly endedFrom?: Date;
  readonly endedTo?: Date;
  /** From the request to the end; what has not ended has none. */
  readonly minDurationMs?: number;
  readonly maxDurationMs?: number;
  /** As its parts were measured (backup-bytes.ts); what was not measured has none. */
  readonly bytesFrom?: number;
  readonly bytesTo?: number;
  readonly deleted?: boolean;
  /** Never proven restorable, or the last time before then. */
  readonly provenBefore?: Date;
  readonly label?: { readonly key: string; readonly value: string };
  /** Whether a hold is in force now. */
  readonly held?: boolean;
};
export type BackupField = keyof BackupFilter;

/** By `ended` those are listed that have ended. Of one time, the one that was recorded last is the newest. */
export type BackupSort = { readonly by: 'requested' | 'ended'; readonly newestFirst: boolean };

/**
 * How the history finds what fits: `id` and `part` name few; the others are walked in the requested order, so that a page costs the
 * same at any depth (bench/history names them).
 */
export type SearchWay = 'id' | 'part' | 'held' | 'actor' | 'deleted' | 'living' | 'state';

/** The fields that an access path covers by itself: no rows are scanned for them. */
export const seenTo: Readonly<Record<SearchWay, readonly BackupField[]>> = {
  id: ['id'],
  part: ['part'],
  held: ['held'],
  actor: ['actor'],
  deleted: ['deleted'],
  living: ['deleted', 'provenBefore'],
  state: ['states'],
};

/**
 * The access path of a search: by the most selective filter that has an index, and `state` if none has. A list by `ended` always goes through
 * the states.
 */
export const searchWay = (filter: BackupFilter, { by }: BackupSort): SearchWay => {
  if (filter.id !== undefined) return 'id';
  if (filter.part !== undefined) return 'part';
  if (by === 'ended') return 'state';
  if (filter.held === true) return 'held';
  if (filter.actor !== undefined) return 'actor';
  if (filter.deleted === undefined) return 'state';
  return filter.deleted ? 'deleted' : 'living';
};

/** The filters that bound the time by which a list is sorted. */
export const rangeOf = (by: BackupSort['by']): readonly [from: BackupField, to: BackupField] => [
  `${by}From`,
  `${by}To`,
];

/** Fields that would scan many rows, unless a range of the sorted time bounds them. Empty: none. */
export const fieldsThatNeedRange = (filter: BackupFilter, sort: BackupSort): readonly BackupField[] => {
  const way = searchWay(filter, sort);
  const range = rangeOf(sort.by);
  if (way === 'id' || way === 'part' || range.every((field) => filter[field] !== undefined)) return [];
  const free = new Set<BackupField>([...seenTo[way], ...range]);
  return (Object.keys(filter) as BackupField[]).filter((field) => filter[field] !== undefined && !free.has(field));
};
