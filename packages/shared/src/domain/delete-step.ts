import type { PartRecord } from './backup.ts';
import type { Snapshot } from './snapshot.ts';

/** The one next step of a deletion. */
export type DeleteStep =
  /** The engine holds it, and it is the recorded one, or made by the create that was ended. A running one is aborted by it. */
  | { readonly step: 'remove'; readonly part: PartRecord; readonly snapshot: Snapshot }
  /** None is there; looked at again after the rest of the quiet period, since a worker that slept may still send a create. */
  | { readonly step: 'wait'; readonly absentSince: Date; readonly inMs: number }
  | { readonly step: 'succeed' };

export type Deletion = {
  /** Undefined: the set was discovered, nobody here made it. */
  readonly createOperationId: string | undefined;
  readonly parts: readonly PartRecord[];
  readonly seen: readonly Snapshot[];
  /** Since when none was there at every look; undefined: not looked yet, or one was there. */
  readonly absentSince: Date | undefined;
  /** Parts that ended well stay: a create was cancelled, and what it had done is kept. */
  readonly onlyUnfinished: boolean;
  /** Lease and the engine's master time-out. */
  readonly quietMs: number;
  readonly now: Date;
};

/** Pure. Only snapshots under a recorded uuid, or with our create in their metadata, are ever removed; a stranger's stays. */
export const nextDeleteStep = (deletion: Deletion): DeleteStep => {
  const { parts, seen, absentSince, quietMs, now } = deletion;
  for (const part of parts) {
    const snapshot = seen.find(({ name }) => name === part.snapshotName);
    if (snapshot !== undefined && isToGo(deletion, part, snapshot)) return { step: 'remove', part, snapshot };
  }
  const since = absentSince ?? now;
  const leftMs = since.getTime() + quietMs - now.getTime();
  return leftMs > 0 ? { step: 'wait', absentSince: since, inMs: leftMs } : { step: 'succeed' };
};

const isToGo = ({ createOperationId, onlyUnfinished }: Deletion, part: PartRecord, snapshot: Snapshot): boolean => {
  if (onlyUnfinished && part.state === 'SUCCESS' && snapshot.uuid === part.uuid) return false;
  return (
    snapshot.uuid === part.uuid ||
    (createOperationId !== undefined && snapshot.owner?.operationId === createOperationId)
  );
};
