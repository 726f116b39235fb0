import { quietPeriod } from '../../failure/quiet-period.ts';
import type { PartRecord } from '../backup.ts';
import type { Snapshot } from '../snapshot.ts';

/** The one next step of a deletion. */
export type DeleteStep =
  /** The engine holds it, and it is the recorded one, or made by the create that was ended. A running one is aborted by it. */
  | { readonly step: 'remove'; readonly part: PartRecord; readonly snapshot: Snapshot }
  /** None is there; checked again after the rest of the quiet period, since a worker that slept may still send a create. */
  | { readonly step: 'wait'; readonly absentSince: Date; readonly inMs: number }
  | { readonly step: 'succeed' };

export type Deletion = {
  /** Undefined: the set was discovered, Tandem did not make it. */
  readonly createOperationId: string | undefined;
  readonly parts: readonly PartRecord[];
  readonly seen: readonly Snapshot[];
  /** Since when every check found none; undefined: not checked yet, or one was there. */
  readonly absentSince: Date | undefined;
  /** Parts that ended well stay: a create was cancelled, and what it had done is kept. */
  readonly onlyUnfinished: boolean;
  /** Lease and the engine's master time-out. */
  readonly quietMs: number;
  readonly now: Date;
};

/**
 * Pure: the next step of a deletion, from the record and what the repository holds. Only snapshots under a recorded uuid, or with our create
 * in their metadata, are ever removed; a snapshot of others stays.
 */
export const nextDeleteStep = (deletion: Deletion): DeleteStep => {
  const { parts, seen, absentSince, quietMs, now } = deletion;
  for (const part of parts) {
    const snapshot = seen.find(({ name }) => name === part.snapshotName);
    if (snapshot !== undefined && isToGo(deletion, part, snapshot)) return { step: 'remove', part, snapshot };
  }
  const { since, leftMs } = quietPeriod(absentSince, quietMs, now);
  return leftMs > 0 ? { step: 'wait', absentSince: since, inMs: leftMs } : { step: 'succeed' };
};

const isToGo = ({ createOperationId, onlyUnfinished }: Deletion, part: PartRecord, snapshot: Snapshot): boolean => {
  if (onlyUnfinished && part.state === 'SUCCESS' && snapshot.uuid === part.uuid) return false;
  return (
    snapshot.uuid === part.uuid ||
    (createOperationId !== undefined && snapshot.owner?.operationId === createOperationId)
  );
};

/** What explains why a part is absent. */
export type Explanations = {
  readonly seen: readonly Pick<Snapshot, 'name' | 'uuid'>[];
  /** Recorded before its DELETE was sent, while the repository was the recorded one. */
  readonly removing: { readonly part: number; readonly uuid: string } | undefined;
  /** Numbers of parts that were absent when the repository was found to be the recorded one. */
  readonly knownAbsent: readonly number[];
};

/** What the detail of a deletion remembers of snapshots that may be gone: the one it was about to remove, and the parts known to be absent. */
export const readExplanations = (detail: Readonly<Record<string, unknown>>): Omit<Explanations, 'seen'> => {
  const { removing, knownAbsent } = detail;
  const { part, uuid } = (removing ?? {}) as Readonly<Record<string, unknown>>;
  return {
    removing: typeof part === 'number' && typeof uuid === 'string' ? { part, uuid } : undefined,
    knownAbsent: Array.isArray(knownAbsent) ? knownAbsent.filter((number) => typeof number === 'number') : [],
  };
};

export type Absences = {
  /** Numbers of parts that were made and are not there. */
  readonly absent: readonly number[];
  /** Parts whose absence no record explains: they may be at another location than the repository's current one. */
  readonly unexplained: readonly number[];
  /** Whether a snapshot is there under the uuid that was recorded: then the repository is the recorded one. */
  readonly holdsOwn: boolean;
};

/**
 * Pure: which made parts the repository does not hold under their uuid, and which of those absences nothing explains. A part that a
 * reconciliation noted as vanished is explained: it had found other backups there, or an operator had accepted that it is gone.
 */
export const absencesOf = (
  parts: readonly Pick<PartRecord, 'number' | 'snapshotName' | 'uuid' | 'drift'>[],
  { seen, removing, knownAbsent }: Explanations,
): Absences => {
  const made = parts.filter(({ uuid }) => uuid !== undefined);
  const isThere = ({ snapshotName, uuid }: (typeof made)[number]): boolean =>
    seen.some((snapshot) => snapshot.name === snapshotName && snapshot.uuid === uuid);
  const absent = made.filter((part) => !isThere(part));
  const unexplained = absent.filter(
    ({ number, uuid, drift }) =>
      drift?.is !== 'vanished' &&
      !knownAbsent.includes(number) &&
      !(removing?.part === number && removing.uuid === uuid),
  );
  const numbers = (some: typeof made) => some.map(({ number }) => number);
  return { absent: numbers(absent), unexplained: numbers(unexplained), holdsOwn: absent.length < made.length };
};
