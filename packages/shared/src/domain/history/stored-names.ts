import type { EventKind } from './event.ts';

/**
 * Names that changed before 1.0. What is stored keeps the name under which it was written, and is still written under it: events are sealed, and
 * workers of the version before read the same operations. Answers show the new names; exports, proofs and seals carry the stored ones.
 */

type Names = Readonly<Record<string, string>>;

/** Event kinds, as stored: as shown. Filters find both. */
export const STORED_EVENT_KINDS = {
  'reconcile.requested': 'reconciliation.requested',
} as const satisfies Partial<Record<EventKind, string>>;

/** Fields, as stored: as shown, by where they are stored. */
export const STORED_FIELDS = {
  /** `reconciliation.result`. */
  reconciliation: { leftAlone: 'skipped', untold: 'unverified', untoldCount: 'unverifiedCount' },
  /** `data` of why an operation or attempt failed, in its row and in its event. */
  failure: { by: 'actor', rolledBack: 'rollback' },
} as const satisfies Readonly<Record<string, Names>>;
export type StoredPlace = keyof typeof STORED_FIELDS;

/** The fields of a stored object under the names that answers show. A field that has the new name already keeps it. */
export const asShown = (place: StoredPlace, stored: object): object => renamed(STORED_FIELDS[place], stored);

/** The reverse of `asShown`. */
export const asStored = (place: StoredPlace, shown: object): object =>
  renamed(Object.fromEntries(Object.entries(STORED_FIELDS[place]).map(([old, now]) => [now, old])), shown);

const renamed = (names: Names, value: object): object =>
  Object.fromEntries(
    Object.entries(value).map(([name, field]) => [Object.hasOwn(names, name) ? names[name] : name, field]),
  );

export const shownEventKind = (kind: EventKind): string => (STORED_EVENT_KINDS as Names)[kind] ?? kind;
