import type { Reason } from '../../failure/reason.ts';
import type { Actor } from '../../history/event.ts';
import { asShown, asStored } from '../../history/stored-names.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import type { Aspect, AspectCounts, UnmeasuredIndex } from '../manifest/manifest-comparison.ts';
import type { LeftOffAlias } from '../plan/aliases-left-off.ts';
import type { RestoreRequest, TemplatesPlan } from '../plan/plan-facts.ts';
import type { PlannedDeletion, PlannedRestorePart } from '../plan/planned-restore.ts';
import type { NotRestored } from '../plan/restore-ownership.ts';
import type { PlanHashVersion } from '../plan/restore-plan-hash.ts';
import type { IndexBlock } from './index-blocks.ts';
import type { RestoredSelection } from './restored-selection.ts';

/** Where a restore is, for people. */
export const RESTORE_STEPS = [
  'preflight',
  'safety-backup',
  'delete-existing',
  'parts',
  'templates',
  'compare',
  'blocks',
  'take-back',
  'done',
] as const;
export type RestoreStepName = (typeof RESTORE_STEPS)[number];

/** One part as it is to be restored. */
export type RestorePart = Omit<PlannedRestorePart, 'skipped'> & {
  readonly indices: readonly { readonly index: string; readonly as: string }[];
  /** Some indices of a part come back without aliases, by a call of their own (aliases-left-off.ts). Absent: as the request says. */
  readonly withoutAliases?: true;
};

/** What the progress of a part is remembered under. */
export const partKey = ({ number, withoutAliases }: Pick<RestorePart, 'number' | 'withoutAliases'>): string =>
  withoutAliases ? `${number} without aliases` : `${number}`;

/** The names under which the indices of these parts are restored. */
export const targetNames = (parts: readonly RestorePart[]): readonly string[] =>
  parts.flatMap(({ indices }) => indices.map(({ as }) => as));

/** The request of a restore or rehearsal; written with its operation and never changed. */
export type RestoreTask = RestoreRequest & {
  readonly inPlace: boolean;
  readonly clusterUuid: string;
  readonly parts: readonly RestorePart[];
  readonly deletes: readonly PlannedDeletion[];
  /** What the backup holds and the restore leaves out. */
  readonly notRestored: readonly NotRestored[];
  /** Absent in tasks of earlier versions: none. */
  readonly aliasesLeftOff?: readonly LeftOffAlias[] | undefined;
  /** Numbers of the parts that hold no chosen index. Absent: none. */
  readonly skippedParts?: readonly number[] | undefined;
  readonly planHash: string;
  /** Which contents `planHash` covers; absent in tasks of before there was more than one: 1. */
  readonly hashVersion?: PlanHashVersion | undefined;
  readonly rollback: boolean;
  readonly restoreTemplates: boolean;
  /** The id of the backup that is taken of what is there before it is deleted; undefined: none. */
  readonly safetyBackupId: string | undefined;
  /** Where the run takes it. Absent in tasks of earlier versions, whose safety backup was requested when the restore was. */
  readonly safetyRepository?: string | undefined;
  readonly bytes: number | undefined;
};

/** sending: the call was about to be made. accepted: the engine took it. done: every shard is there. */
export type PartProgress = 'sending' | 'accepted' | 'done';

export type Ending = {
  readonly state: 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  /** Where it stopped. */
  readonly at: RestoreStepName;
  readonly reason: Reason | undefined;
  /** What was restored stays, whatever `rollback` says. */
  readonly keep?: boolean;
};

/** What it remembers from tick to tick, in the operation's detail. Times are the database's. */
export type RestoreMemory = {
  readonly step: RestoreStepName;
  /** When it began; a retry starts over. */
  readonly startedAt: string | undefined;
  /** When the first part was sent: what a rate is counted from. */
  readonly sentAt: string | undefined;
  readonly checked: boolean;
  readonly deleted: boolean;
  /** A deletion was begun, by name, and whether the engine is done with it is not known: it may still come. */
  readonly deleting: boolean;
  /** A call that deletes or restores indices was about to be sent: from then on it does not expire. */
  readonly written: boolean;
  readonly parts: Readonly<Record<string, PartProgress>>;
  /** How often a part was sent again because the engine had lost it. */
  readonly resent: number;
  /** A poll did not find indices that had been there. */
  readonly missed: boolean;
  /** Parts that were sent with the write block; those of renamed restores, of rehearsals and of earlier versions are not. */
  readonly blocked: readonly number[];
  /** By uuid: operations that its primaries had numbered when it was restored; null: it could not be measured. */
  readonly operations: Readonly<Record<string, number | null>>;
  readonly templatesDone: boolean;
  /** How often the restored indices were measured in vain for one that cannot be. */
  readonly measuredInVain: number;
  /** By target name, of those that were saved with any. */
  readonly savedBlocks: Readonly<Record<string, readonly IndexBlock[]>>;
  /** The saved blocks are set. */
  readonly blocksDone: boolean;
  /** Set: the restored indices are rolled back, or all is done; then it ends with this. */
  readonly ending: Ending | undefined;
  readonly absentSince: string | undefined;
};

export const NO_MEMORY: RestoreMemory = {
  step: 'preflight',
  startedAt: undefined,
  sentAt: undefined,
  checked: false,
  deleted: false,
  deleting: false,
  written: false,
  parts: {},
  resent: 0,
  missed: false,
  blocked: [],
  operations: {},
  templatesDone: false,
  measuredInVain: 0,
  savedBlocks: {},
  blocksDone: false,
  ending: undefined,
  absentSince: undefined,
};

/** Names as restored and their uuids: what may be rolled back. */
export type RestoredUuids = Readonly<Record<string, string>>;

/** What the comparison found; kept with the operation, and with a rehearsal as the backup's proof. */
export type RestoreReport = {
  readonly indices: number;
  readonly documents: number;
  readonly bytes: number;
  readonly milliseconds: number;
  /** In words, what was compared of at least one index. */
  readonly compared: readonly string[];
  /** How many indices, by aspect. Absent in reports of earlier versions, like the next two. */
  readonly aspects?: Readonly<Partial<Record<Aspect, AspectCounts>>>;
  /** At most 100 of `unmeasuredIndices`: what could not be compared, and so is neither equal nor different. */
  readonly unmeasured?: readonly UnmeasuredIndex[];
  readonly unmeasuredIndices?: number;
  /** At most 100; how many there are in all is in `differing`. */
  readonly differences: readonly unknown[];
  readonly differing: number;
  /** Saved closed, restored open, and still open: the data is back all the same. Absent: there is none. */
  readonly notClosed?: readonly { readonly indices: readonly string[]; readonly reason: string }[];
  /** What the backup holds and was left out, and why. */
  readonly notRestored: readonly NotRestored[];
  /** Of a restore of chosen indices. */
  readonly selection?: RestoredSelection;
  /** What was deleted and no safety backup holds, as accepted. */
  readonly unsaved: readonly string[];
  /** Templates that are missing or differ, or were put back. */
  readonly templates: {
    readonly missing: readonly string[];
    readonly changed: readonly string[];
    /** Missing or changed, and not put back since they are not certainly ours. Absent in reports of earlier versions. */
    readonly leftOut?: TemplatesPlan['leftOut'];
    /** Kinds that were not read, then or now. Absent: none. */
    readonly unknown?: TemplatesPlan['unknown'];
    readonly restored: readonly string[];
    /** Templates that the engine refused; the data is restored anyway. */
    readonly refused: readonly { readonly template: string; readonly reason: string }[];
  } | null;
  /** The blocks that a restore in place set again, by index; `unknown`: how many indices are in no manifest and got no block. */
  readonly blocks?: {
    readonly set: Readonly<Record<string, readonly IndexBlock[]>>;
    readonly unknown: number;
  };
};

/** Who requested it, when and why; earlier versions recorded the reason only. */
export type StopRequest = {
  readonly actor?: Actor;
  readonly reason?: string;
  readonly requestId?: string;
  readonly at?: string;
};

export type RestoreDetail = {
  readonly task: RestoreTask;
  /** The reason given by the caller. */
  readonly reason: string | undefined;
  readonly memory: RestoreMemory;
  /** Database time of the last tick that did not fail, or of an operator's retry; undefined: there was none. */
  readonly progressAt?: string | undefined;
  readonly restored: RestoredUuids;
  readonly report: Partial<RestoreReport> | undefined;
  /** Its cancellation was requested. */
  readonly stop: StopRequest | undefined;
};

type Kept = Readonly<Record<string, unknown>>;

/** Tasks of earlier versions lack these. */
const NOT_IN_EARLIER_TASKS = { deleteUnknown: [], keepUnknown: [], notRestored: [] };

/** What the detail of a restore or rehearsal remembers, under the names of this version. This module alone writes and reads it. */
export const readRestoreDetail = (detail: Kept): RestoreDetail => ({
  task: { ...NOT_IN_EARLIER_TASKS, ...(asShown('restoreTask', detail.task as object) as RestoreTask) },
  reason: (detail.reason as string | null | undefined) ?? undefined,
  memory: { ...NO_MEMORY, ...(detail.memory as Partial<RestoreMemory> | null | undefined) },
  progressAt: (detail.progressAt as string | null | undefined) ?? undefined,
  restored: (detail.restored as RestoredUuids | null | undefined) ?? {},
  report: (detail.report as RestoreReport | null | undefined) ?? undefined,
  stop: (detail.stop as StopRequest | null | undefined) ?? undefined,
});

/** The detail that a restore or rehearsal begins with, under the stored names, so that workers of the previous version can read it. */
export const newRestoreDetail = (
  task: RestoreTask,
  reason?: string | undefined,
): Kept & { readonly inPlace: boolean } => ({
  inPlace: task.inPlace,
  task: asStored('restoreTask', task),
  ...omitUndefined({ reason }),
});
