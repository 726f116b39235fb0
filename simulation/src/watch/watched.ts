import type { NewCreate } from '@tandem/history/ports/backups.ts';
import type { NewDeletion } from '@tandem/history/ports/operations.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { OperationEnd } from '@tandem/shared/domain/operation/operation.ts';

/** A claim with its lease. */
export type Held = {
  readonly revision: number;
  readonly by: string;
  /** When others may claim: it moves when the clock of PostgreSQL jumps. */
  leaseUntil: number;
  /** When it was claimed or renewed. */
  renewedAt: number;
  readonly leaseMs: number;
  released: boolean;
  /** The claim before it, where its lease ended early since the clock of PostgreSQL jumped. */
  readonly overtaken: Held | undefined;
};

export const heldNow = (
  claim: Pick<Held, 'revision' | 'by' | 'leaseMs'>,
  now: number,
  before: Held | undefined,
): Held => ({
  ...claim,
  leaseUntil: now + claim.leaseMs,
  renewedAt: now,
  released: false,
  overtaken: living(before, now),
});

/** The newest of a claim and those that it overtook whose holder may still take it for living. */
const living = (held: Held | undefined, now: number): Held | undefined => {
  if (held === undefined) return undefined;
  return !held.released && now < held.renewedAt + held.leaseMs ? held : living(held.overtaken, now);
};

export const renewNow = (held: Held, now: number): void => {
  Object.assign(held, { leaseUntil: now + held.leaseMs, renewedAt: now });
};

/**
 * Whether the worker may take its claim for living: on its monotonic clock, since that of PostgreSQL may have jumped. It is overtaken then, and
 * PostgreSQL refuses what it writes.
 */
export const isLeaseAlive = (held: Held | undefined, revision: number, now: number): boolean => {
  if (held === undefined) return false;
  if (held.revision === revision) return now < held.renewedAt + held.leaseMs;
  return isLeaseAlive(held.overtaken, revision, now);
};

/** What the watch keeps of an operation of any kind. */
export type Watched = {
  readonly operationId: string;
  held: Held | undefined;
  /** Undefined: it is open. */
  ended: OperationEnd | undefined;
  /** How often an operator had it retried. */
  retries: number;
  retriedAt: number;
  /** When it was suspended; undefined: it is not. */
  suspendedAt: number | undefined;
  /** When a worker or an operator last had it. */
  activeAt: number;
  /** When it is due, at the latest. */
  dueAt: number;
};

/** A create that was accepted, and the incarnation of the backup with it. */
export type Accepted = Watched & {
  readonly create: NewCreate;
  readonly backupKey: string;
  readonly position: number;
  readonly lane: string;
  /** uuids that were ever recorded of it. */
  readonly uuids: Set<string>;
  readonly deletions: WatchedDeletion[];
  /** Why it may end FAILED; empty: it must not. */
  readonly excuses: Set<string>;
  hasSlot: boolean;
  /** The last claim. */
  claimedAt: number;
  /** It was cancelled while it was suspended: what it made stays until its deletion is requested. */
  isAbandoned: boolean;
  /** A reconciliation wrote down that some of it is otherwise than it was made. */
  isDrifting: boolean;
  /** What is recorded now. */
  record: BackupRecord | undefined;
  /** How it looked when its last deletion ended well. */
  settled: { readonly state: string; readonly endedAt: number | undefined } | undefined;
};

export type WatchedDeletion = Watched & { readonly of: Accepted; readonly command: NewDeletion };

export const isCreate = (operation: Watched): operation is Accepted => 'create' in operation;

/** The backup is deleted, and its id free. */
export const isDeleted = ({ deletions }: Accepted): boolean =>
  deletions.some(({ ended, command }) => ended === 'SUCCEEDED' && !command.keepBackup);

/** Its end was requested: no snapshot of it should come into being any more. */
export const isToGo = ({ ended, deletions, isAbandoned }: Accepted): boolean =>
  (ended === 'CANCELLED' && !isAbandoned) || deletions.length > 0;

/** Workers carry it out. */
export const isActive = ({ ended, suspendedAt }: Watched): boolean => ended === undefined && suspendedAt === undefined;

/** What an operator may wait for. */
export const MOMENTS = ['queued', 'part1', 'part2', 'completed', 'failed', 'deleting'] as const;
export type Moment = (typeof MOMENTS)[number];

export const momentOf = ({ ended, record, deletions }: Accepted): Moment | undefined => {
  if (deletions.some((deletion) => deletion.ended === undefined)) return 'deleting';
  if (ended === 'SUCCEEDED') return 'completed';
  if (ended === 'FAILED') return 'failed';
  if (ended === 'CANCELLED') return undefined;
  const begun = record?.parts.findLast(({ state }) => state !== 'PLANNED')?.number;
  if (begun === undefined) return 'queued';
  return begun === 1 ? 'part1' : 'part2';
};
