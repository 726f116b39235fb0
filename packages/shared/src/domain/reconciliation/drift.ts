import type { Drift, PartDrift, PartRecord } from '../backup/backup.ts';
import type { Snapshot } from '../backup/snapshot.ts';
import { isTheOne } from '../backup/state/recorded-state.ts';
import type { Actor, EventKind, EventSource, NewEvent } from '../history/event.ts';

/** The fields of a part that decide its drift. */
export type DriftingPart = Pick<PartRecord, 'number' | 'snapshotName' | 'uuid' | 'state' | 'drift'>;

/** What a check finds instead of a part; undefined: the recorded snapshot, or nothing if none was made. */
export type FoundInstead = { readonly is: Drift; readonly uuid: string | undefined };

/** A part that changed since the last check. */
export type DriftChange = {
  readonly number: number;
  /** As recorded: a part that was re-created meanwhile is not the one that was looked up. */
  readonly uuid: string | undefined;
  readonly found: FoundInstead | undefined;
  readonly event: NewEvent;
};

/**
 * What a repository holds instead of the recorded snapshot of a part. Undefined: nothing else. The uuid is the identity. A part without one
 * was never seen: nothing is missing, and a snapshot of its name is foreign unless its metadata names our operation.
 */
export const foundInstead = (
  part: Pick<PartRecord, 'uuid'>,
  seen: Pick<Snapshot, 'uuid' | 'owner'> | undefined,
  createOperationId: string | undefined,
): FoundInstead | undefined => {
  if (seen === undefined) return part.uuid === undefined ? undefined : { is: 'vanished', uuid: undefined };
  if (isTheOne(seen, part.uuid, createOperationId)) return undefined;
  return { is: part.uuid === undefined ? 'foreign' : 'replaced', uuid: seen.uuid };
};

/** Whether a drift is the one that was recorded before. */
export const isNoticed = (drift: PartDrift | undefined, found: FoundInstead | undefined): boolean =>
  drift?.is === found?.is && drift?.uuid === found?.uuid;

const kinds: Readonly<Record<Drift, EventKind>> = {
  vanished: 'drift.vanished',
  replaced: 'drift.replaced',
  foreign: 'drift.foreign',
};

export type DriftWitness = { readonly actor: Actor; readonly source: EventSource; readonly requestId?: string };

/** What changed since the last check, with one event for each changed part. */
export const driftChanges = (
  record: { readonly parts: readonly DriftingPart[]; readonly create: { readonly operationId: string } | undefined },
  snapshots: readonly Pick<Snapshot, 'name' | 'uuid' | 'owner'>[],
  witness: DriftWitness,
): readonly DriftChange[] =>
  record.parts.flatMap((part): readonly DriftChange[] => {
    const seen = snapshots.find(({ name }) => name === part.snapshotName);
    const found = foundInstead(part, seen, record.create?.operationId);
    if (isNoticed(part.drift, found)) return [];
    return [{ number: part.number, uuid: part.uuid, found, event: driftEvent(part, found, witness) }];
  });

const driftEvent = (part: DriftingPart, found: FoundInstead | undefined, witness: DriftWitness): NewEvent => {
  const { number, snapshotName: snapshot, uuid = null, state, drift } = part;
  return {
    kind: found === undefined ? 'drift.returned' : kinds[found.is],
    ...witness,
    before: { part: number, snapshot, uuid, state, drift: drift?.is ?? null },
    after: { part: number, snapshot, uuid: found === undefined ? uuid : (found.uuid ?? null) },
  };
};

/**
 * Every snapshot that was made of it is gone, or another one has its name, which no comparison has confirmed yet: the repository may be another
 * one than the recorded one, which a check of a single backup cannot detect.
 */
export const isSuddenlyGone = (
  parts: readonly Pick<DriftingPart, 'snapshotName' | 'uuid' | 'drift'>[],
  snapshots: readonly Pick<Snapshot, 'name' | 'uuid'>[],
): boolean => {
  const made = parts.filter(({ uuid }) => uuid !== undefined);
  const isThere = ({ snapshotName, uuid }: (typeof made)[number]): boolean =>
    snapshots.some((snapshot) => snapshot.name === snapshotName && snapshot.uuid === uuid);
  return !made.some(isThere) && made.some(({ drift }) => drift === undefined);
};
