import type { BackupRecord } from '../backup/backup.ts';
import type { Actor } from '../history/event.ts';
import type { AttemptTrigger, OperationKind } from './operation.ts';

/** An open operation as its claimant sees it. */
export type ClaimedOperation = {
  readonly operationId: string;
  readonly kind: OperationKind;
  /** The claim: writes carry it, and one that was overtaken changes nothing. */
  readonly revision: number;
  readonly requestedAt: Date;
  readonly requestId: string | undefined;
  /** Who requested it. */
  readonly actor: Actor;
  /** Failed tries in a row, and since when: the input of the retry policy. Both reset by progress. */
  readonly failedTries: number;
  readonly failingSince: Date | undefined;
  /** The trigger of the current attempt, recorded with it when it ends. */
  readonly trigger: AttemptTrigger;
  /** What was requested of its kind, and its memory from tick to tick. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** Database time of the claim. */
  readonly now: Date;
  /** How far in the future it was due, beyond any wait it was given: the database's clock was put back. Undefined: it was due. */
  readonly aheadMs?: number | undefined;
  readonly backup: BackupRecord;
};
