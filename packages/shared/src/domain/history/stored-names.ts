import { EVENT_KINDS, type EventKind } from './event.ts';

/**
 * Names that changed before 1.0. What is stored keeps the name under which it was written, and is still written under it: events are sealed, and
 * workers of the version before read the same operations. Answers show the new names; exports, proofs and seals carry the stored ones.
 */

type Names = Readonly<Record<string, string>>;

/** Event kinds, as stored: as shown. Filters find both. */
export const STORED_EVENT_KINDS = {
  'reconcile.requested': 'reconciliation.requested',
} as const satisfies Partial<Record<EventKind, string>>;

const failure = { by: 'actor', rolledBack: 'rollback', gaveUp: 'exhausted' } as const;
const restoreTask = { rollBack: 'rollback' } as const;
const proof = { milliseconds: 'durationMs', whole: 'complete', ofIndices: 'totalIndices' } as const;

/** Fields, as stored: as shown, by where they are stored. */
export const STORED_FIELDS = {
  /** `reconciliation.result`. */
  reconciliation: { leftAlone: 'skipped', untold: 'unverified', untoldCount: 'unverifiedCount' },
  /** `data` of why an operation or attempt failed, in its row and in its event. */
  failure,
  /** A line of an export of backups. */
  exportedBackup: { profile: 'component', requestedBy: 'actor', finishedAt: 'endedAt' },
  /** The response that is kept for an idempotency key of a restore. */
  acceptedRestore: { id: 'operationId' },
  /** `task` in the memory of a restore. */
  restoreTask,
  /** Of a rehearsal: `proof` and `partialProof` of its backup and in its event; and the report of every restore. */
  proof,
  /** `before` and `after` of an event. */
  event: { ...failure, ...restoreTask, milliseconds: proof.milliseconds },
} as const satisfies Readonly<Record<string, Names>>;
export type StoredKind = keyof typeof STORED_FIELDS;

/** Steps of a restore, as stored: as shown. */
export const STORED_STEPS = { 'take-back': 'rollback' } as const;

/** What made an attempt run, as stored: as shown. */
export const STORED_TRIGGERS = { person: 'operator' } as const;

/** What a rehearsal or restore compared, as stored: as shown. */
export const STORED_COMPARISONS = {
  'every index is there': 'exists',
  'every primary shard is started': 'primariesStarted',
  documents: 'documents',
  shards: 'primaries',
  'version that created it': 'createdVersion',
  mapping: 'mapping',
  settings: 'settings',
  aliases: 'aliases',
} as const;

/** The fields of a stored object under the names that responses show. A field that has the new name already keeps it. */
export const asShown = (kind: StoredKind, stored: object): object => renamed(STORED_FIELDS[kind], stored);

/** The reverse of `asShown`. */
export const asStored = (kind: StoredKind, shown: object): object =>
  renamed(Object.fromEntries(Object.entries(STORED_FIELDS[kind]).map(([old, now]) => [now, old])), shown);

/** The kind of a stored event as responses show it. */
export const shownEventKind = (kind: EventKind): ShownEventKind => named(STORED_EVENT_KINDS, kind) as ShownEventKind;

/** The kind that is stored, of a kind under its stored or its shown name. */
export const storedEventKind = (kind: EventKind | ShownEventKind): EventKind =>
  EVENT_KINDS.find((stored) => stored === kind || shownEventKind(stored) === kind) as EventKind;

/** The stored step of a restore as responses show it. */
export const shownStep = <Step extends string>(step: Step): Shown<typeof STORED_STEPS, Step> =>
  named(STORED_STEPS, step) as Shown<typeof STORED_STEPS, Step>;

/** The stored trigger of an attempt as responses show it. */
export const shownTrigger = <Trigger extends string>(trigger: Trigger): Shown<typeof STORED_TRIGGERS, Trigger> =>
  named(STORED_TRIGGERS, trigger) as Shown<typeof STORED_TRIGGERS, Trigger>;

/** The code for what a proof or report says was compared: earlier versions stored words. Unknown words stay as they are. */
export const shownComparison = (words: string): string => named(STORED_COMPARISONS, words);

/** The reverse of `shownComparison`. */
export const storedComparison = (code: (typeof STORED_COMPARISONS)[keyof typeof STORED_COMPARISONS]): string =>
  Object.entries(STORED_COMPARISONS).find(([, shown]) => shown === code)?.[0] ?? code;

const named = (names: Names, name: string): string => (Object.hasOwn(names, name) ? (names[name] ?? name) : name);

const renamed = (names: Names, value: object): object =>
  Object.fromEntries(Object.entries(value).map(([name, field]) => [named(names, name), field]));

type ShownEventKind =
  | Exclude<EventKind, keyof typeof STORED_EVENT_KINDS>
  | (typeof STORED_EVENT_KINDS)[keyof typeof STORED_EVENT_KINDS];
type Shown<Stored extends Names, Name extends string> = Name extends keyof Stored ? Stored[Name] : Name;

export const SHOWN_EVENT_KINDS: readonly ShownEventKind[] = EVENT_KINDS.map(shownEventKind);

/** What filters take: a kind under either name. */
export const SEARCHED_KINDS = [...new Set([...SHOWN_EVENT_KINDS, ...EVENT_KINDS])] as [
  ShownEventKind | EventKind,
  ...(ShownEventKind | EventKind)[],
];
