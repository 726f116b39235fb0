import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { OperationEnd } from '@tandem/shared/domain/operation/operation.ts';
import type { PresenceCounts } from '@tandem/shared/domain/reconciliation/reconciliation.ts';

/* What says whether the installation is protected. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE. */

export type StatusBackup = {
  readonly backupId: string;
  readonly optimizeVersion: string;
  readonly endedAt: Date;
  readonly ageMs: number;
};

export type StatusFigures = {
  /** Backups that were COMPLETED when last seen and are not deleted, without safety backups: the one that ended last first. */
  readonly completed: readonly StatusBackup[];
  /** Of those with a full proof, whatever their state, the one that was requested last. Undefined: there is none. */
  readonly proven: { readonly backupId: string; readonly provenAt: Date; readonly ageMs: number } | undefined;
  /** FAILED backups that ended after the last COMPLETED one: the last one, and how many, counted up to 100. Undefined: there is none. */
  readonly failed: { readonly backupId: string; readonly count: number } | undefined;
  /** The restore that ended last in the order of acceptance; rehearsals do not count. Undefined: none has. */
  readonly lastRestore:
    | {
        readonly operationId: string;
        readonly backupId: string;
        readonly state: OperationEnd;
        readonly failure: Reason | undefined;
      }
    | undefined;
  /** Parts by what the last reconciliation found; undefined: none has ended. */
  readonly parts: PresenceCounts | undefined;
};

export interface StatusHistory {
  /** With at most `limit` COMPLETED backups. The cost does not grow with the number of backups and operations. */
  statusFigures(limit: number): Promise<StatusFigures>;
}
