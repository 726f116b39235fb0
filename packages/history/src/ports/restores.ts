import type { OperationEnd, OperationKind, OperationState } from '@tandem/shared/domain/backup/backup.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { Command } from './events.ts';
import type { Idempotency } from './keys.ts';
import type { DueOperation } from './ledger.ts';
import type { OperationRecord } from './operations.ts';

/* Restores and rehearsals, and the contents that manifests are made of. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE. */

export type RestoreKind = Extract<OperationKind, 'restore' | 'rehearse'>;

export type NewRestoreOperation = {
  /** A UUID that the caller made. */
  readonly operationId: string;
  readonly kind: RestoreKind;
  readonly backupKey: string;
  /** The cluster that is written to: not always the one that the backup was taken in. */
  readonly clusterUuid: string;
  readonly requestId: string | undefined;
  /** `who` of the operation; the events carry theirs. */
  readonly actor: NewEvent['actor'];
  /** What it was asked to do, and `inPlace`: whether it writes under the names of Optimize's own indices. */
  readonly detail: Readonly<Record<string, unknown>> & { readonly inPlace: boolean };
  readonly events: readonly NewEvent[];
  /** The answer that is kept for a claimed key, in the same statement. HISTORY_UNREACHABLE where the key is not held any more. */
  readonly idempotency?: Idempotency;
};

export type RestoreRequested =
  | { readonly accepted: true; readonly revision: number }
  | { readonly accepted: false; readonly why: 'unknown' | 'deleted' }
  /** `busy`: that operation of the same backup is open. `restoring`: that restore is, into the same cluster; of restores only. */
  | {
      readonly accepted: false;
      readonly why: 'busy' | 'restoring';
      readonly operationId: string;
      readonly kind: OperationKind;
      readonly backupId: string;
      /** It is SUSPENDED: of `busy` only. */
      readonly suspended?: true;
    };

/** A restore or rehearsal with what it was asked to do, remembers, and found out. */
export type RestoreRecord = OperationRecord & { readonly detail: Readonly<Record<string, unknown>> };

export type RestoreFilter = {
  readonly kinds?: readonly RestoreKind[];
  readonly states?: readonly OperationState[];
  readonly backupId?: string;
};

export type Stopped =
  | { readonly done: true; readonly due: DueOperation }
  /** `unknown`: there is no such restore or rehearsal. `suspended`: it can be abandoned only, see `cancelOperation`. */
  | { readonly done: false; readonly why: 'unknown' | 'ended' | 'suspended' };

/** Bytes by the SHA-256 of what they say; kept once however often, for ever. */
export type Content = { readonly digest: string; readonly body: Uint8Array };

export interface RestoreHistory {
  /**
   * Opens a restore or rehearsal of a backup that is not deleted, QUEUED and due now. Not accepted: an operation of the backup is open, or, for
   * a restore, another restore into that cluster is. However many processes ask at once, one is accepted. While one with `inPlace` is
   * open, `accept` takes no backup of that cluster except the one whose `safetyOf` names it.
   *
   * Creates that are open already do not prevent it: the restore must read `openCreates` before it writes. No create is missed: one that was
   * committed before the restore is in `openCreates`, running or not; one that `accept` was still writing may not be, but is not claimed
   * before the restore has ended.
   */
  requestRestore(restore: NewRestoreOperation): Promise<RestoreRequested>;

  /** Undefined: no restore or rehearsal has that id. */
  findRestore(operationId: string): Promise<RestoreRecord | undefined>;
  /** Newest first. `after`: the position of the last one of the page before; undefined: from the newest. */
  listRestores(filter: RestoreFilter, after: string | undefined, limit: number): Promise<readonly RestoreRecord[]>;

  /**
   * Requests that an open restore or rehearsal stops: QUEUED and due now, with no failures counted and the trigger `person`. Its next tick
   * finds `stop` ({reason, requestId, actor}) in its detail, rolls back and ends. A worker that holds it is fenced, but may still send the call
   * it was about to send. Requested again, the first request stays and nobody is fenced. Writes the event `restore.stop-requested` or
   * `rehearsal.stop-requested`.
   */
  stopRestore(operationId: string, asked: Command): Promise<Stopped>;

  /** `detail.report` of those that SUCCEEDED and have one, last ended first: estimates are made from them. */
  pastReports(limit: number): Promise<readonly Readonly<Record<string, unknown>>[]>;

  /** Open creates of backups in that cluster, in the order they were accepted. */
  openCreates(clusterUuid: string): Promise<readonly { readonly operationId: string; readonly backupId: string }[]>;

  /** Rehearsals that ended within the last `withinMs`, last first: a worker that was paused may have sent a late call for one. */
  endedRehearsals(
    withinMs: number,
    limit: number,
  ): Promise<readonly { readonly operationId: string; readonly backupId: string; readonly state: OperationEnd }[]>;

  /** Stores contents that are not stored yet. The caller guarantees that a body matches its digest. */
  keepContents(contents: readonly Content[]): Promise<void>;
  /** Those of the contents that are stored, in any order. */
  readContents(digests: readonly string[]): Promise<readonly Content[]>;
}
