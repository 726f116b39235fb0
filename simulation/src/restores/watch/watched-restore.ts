import type { Evidence } from '@tandem/history/ports/ledger.ts';
import type { NewRestoreOperation } from '@tandem/history/ports/restores.ts';
import type { RestoreStepName, RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { Watched } from '../../watch/watched.ts';
import type { Batch } from '../documents.ts';

/** An index that a call of the operation really made. */
export type MadeIndex = {
  readonly name: string;
  readonly snapshotUuid: string | undefined;
  readonly isLate: boolean;
  readonly isRaced: boolean;
};

/** What the watch keeps of a restore or rehearsal. */
export type WatchedRestore = Watched & {
  readonly request: NewRestoreOperation;
  readonly task: RestoreTask;
  /** Documents that were in what it deletes when it was accepted: those an operator knew of. */
  readonly reviewed: ReadonlySet<Batch>;
  /** As last recorded. */
  step: RestoreStepName;
  /** By uuid, those of runs before too. */
  readonly made: Map<string, MadeIndex>;
  /** Uuids that are written down as its own. */
  recorded: ReadonlySet<string>;
  /** When its first tick of this run began; undefined: none has. */
  runSince: number | undefined;
  isStopped: boolean;
  /** The claim that a stop overtook: it may still send what it was about to. */
  fenced: Watched['held'];
  /** A call of this run that changes indices was sent. */
  hasBegun: boolean;
  /** Such a call is about to be sent, or was. */
  hasIntent: boolean;
  /** When the tick began that first recorded such a call: from then on nobody can know that it was not sent. */
  writesSince: number | undefined;
  /** It counts as restored. */
  isRestored: boolean;
  /** What this run recorded of its backup. */
  found: Evidence;
  /** Uuids of what a run made whose tries were spent while it rolled back: its failure names them, and no later run knows them. */
  readonly leftBehind: Set<string>;
  /** When the tick began that holds it. */
  tickSince: number;
  readonly acceptedAt: number;
  /** When the last tick began that did not fail; before it, when it was accepted or retried. */
  progressAt: number;
};

/** The tick that a call to the engine was sent by, and what that tick had seen. */
export type Sender = {
  readonly restore: WatchedRestore | undefined;
  /** Uuids by name, as of the last read; undefined: not there. */
  readonly seen: Map<string, string | undefined>;
  readonly snapshots: Map<string, string | undefined>;
  /** Uuids by name of the safety backup's snapshots that were complete at the last read. */
  readonly intact: Map<string, string>;
  /** What an index contained when the tick last read it from the engine, by uuid. */
  readonly read: Map<string, readonly Batch[]>;
};

export const keepsNothing = ({ task, ended }: WatchedRestore): boolean =>
  task.copy || (ended !== 'SUCCEEDED' && task.rollback);

export const isOpen = ({ ended }: Watched): boolean => ended === undefined;
