import type { Reason } from '../../failure/reason.ts';
import type { IndexBlock } from './index-blocks.ts';
import type { RestoreDetail, RestoredUuids, RestorePart, RestoreStepName } from './restore-memory.ts';

/** One target index as the engine has it. */
export type SeenIndex = {
  readonly name: string;
  readonly uuid: string;
  readonly blocks: readonly IndexBlock[];
  /** Primaries. */
  readonly shards: number;
  readonly shardsDone: number;
  readonly source: { readonly repository: string; readonly snapshot: string } | undefined;
  readonly failures: readonly { readonly shard: number; readonly reason: string; readonly lost: boolean }[];
};

/** Highest sequence numbers of an index's primaries; read where a step may delete it. */
export type WriteCounts = {
  /** By target name; absent: it cannot be measured. */
  readonly now: ReadonlyMap<string, number>;
  /** By target name, as the manifest recorded right after the part: the snapshot holds no more. Absent: not known. */
  readonly savedAtMost: ReadonlyMap<string, number>;
};

export const NOT_MEASURED: WriteCounts = { now: new Map(), savedAtMost: new Map() };

export type Restoring = {
  readonly detail: RestoreDetail;
  readonly repository: string;
  /** All target names that the engine has. */
  readonly seen: readonly SeenIndex[];
  readonly operations: WriteCounts;
  /** Lease and the engine's master time-out. */
  readonly quietMs: number;
  readonly requestedAt: Date;
  /** How long it may go without progress before its first write. */
  readonly expiryMs: number;
  readonly now: Date;
};

/**
 * An index under a target name when the restore ends. foreign: not provably of this restore. unblocked: its write block is gone. written:
 * operations were added since it was restored. unmeasured: that cannot be ruled out. kept: of this restore, and not to be deleted.
 */
export type LeftIndex = {
  readonly name: string;
  readonly why: 'foreign' | 'unblocked' | 'written' | 'unmeasured' | 'kept';
  /** It carries the write block of this restore. */
  readonly isBlocked: boolean;
};

/** One change of a block, of several indices; in the order in which engines accept them. */
export type BlockStep = {
  readonly block: IndexBlock;
  readonly change: 'set' | 'lift';
  readonly names: readonly string[];
};

/** A step that deletes indices of this restore. */
export type Removal =
  /** The engine was restarted and has lost the copy: remove what is left of the part and send it again. */
  | { readonly step: 'resend'; readonly part: RestorePart; readonly remove: RestoredUuids }
  | { readonly step: 'take-back'; readonly remove: RestoredUuids; readonly left: readonly LeftIndex[] };

/** The one next step of a restore or rehearsal. */
export type RestoreStep =
  /** Plan again, and compare with what was reviewed. */
  | { readonly step: 'preflight' }
  /** Take the safety backup, or check whether it is complete. */
  | { readonly step: 'safety-backup' }
  | { readonly step: 'delete-existing' }
  | { readonly step: 'send'; readonly part: RestorePart }
  /** Uuids of restored indices that are not recorded yet. */
  | { readonly step: 'adopt'; readonly part: RestorePart; readonly uuids: RestoredUuids }
  /** `measure`: those that are restored and were not measured since. */
  | { readonly step: 'follow'; readonly part: RestorePart; readonly measure: readonly SeenIndex[] }
  | { readonly step: 'part-done'; readonly part: RestorePart; readonly measure: readonly SeenIndex[] }
  /** It was there, or should be, and one read did not show it: read again. */
  | { readonly step: 'recheck'; readonly part: RestorePart }
  | { readonly step: 'templates' }
  | { readonly step: 'compare' }
  | { readonly step: 'fail'; readonly at: RestoreStepName; readonly reason: Reason }
  /** All was restored and compared well: set the saved blocks instead of the write block. */
  | { readonly step: 'blocks'; readonly changes: readonly BlockStep[] }
  /** About to be removed by `then`, and blocked so that the engine does not delete it. One block at a time. */
  | { readonly step: 'unblock'; readonly block: IndexBlock; readonly names: readonly string[]; readonly then: Removal }
  | Removal
  /** Nothing of ours is there; continues after the rest of the quiet period, since a worker that slept may still send a call. */
  | { readonly step: 'quiet'; readonly absentSince: Date; readonly inMs: number }
  | { readonly step: 'end'; readonly left: readonly LeftIndex[] };
