import type { BackupRecord } from '../backup/backup.ts';
import type { FailureCode } from '../failure/failure.ts';
import type { Reason } from '../failure/reason.ts';
import { type Actor, actorName } from '../history/event.ts';
import { omitUndefined } from '../omit-undefined.ts';
import type { OperationKind } from './operation.ts';

/** How an operation came to be CANCELLED. superseded: a deletion of its backup was requested, and replaced it. */
export const CANCEL_CAUSES = ['request', 'superseded'] as const;
export type CancelCause = (typeof CANCEL_CAUSES)[number];

export const CANCELLED_CODE = 'OPERATION_CANCELLED' satisfies FailureCode;

/** Whether the create of a backup was cancelled before all its parts were there. */
export const isCancelled = ({ state, failure }: Pick<BackupRecord, 'state' | 'failure'>): boolean =>
  state !== 'COMPLETED' && failure?.code === CANCELLED_CODE;

export type Cancelling = {
  /** Undefined: an earlier version did not record it. */
  readonly actor: Actor | undefined;
  readonly reason: string | undefined;
  readonly requestId: string | undefined;
  /** The deletion that replaces it; undefined: none was requested. */
  readonly supersededBy?: string | undefined;
  /** What an abandoned restore leaves behind. */
  readonly report?: Reason | undefined;
};

/** Why an operation was cancelled, but for the time, which the database says: it comes between both pieces. */
export type Cancellation = {
  readonly code: string;
  readonly before: string;
  readonly after: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** Why an operation was cancelled, as its failure: code, data, and the message up to and after the time, which the database adds. */
export const cancellation = (kind: OperationKind, cancelling: Cancelling): Cancellation => {
  const { actor, reason, requestId, supersededBy, report } = cancelling;
  const superseding = supersededBy === undefined ? '' : `, since deletion ${supersededBy} was requested`;
  const cause: CancelCause = supersededBy === undefined ? 'request' : 'superseded';
  return {
    code: report?.code ?? CANCELLED_CODE,
    before: `Cancelled by ${actor === undefined ? 'a caller that was not recorded' : actorName(actor)} at `,
    after: `${superseding}: ${[sentence(reason ?? 'no reason was given'), nextStep(kind, cancelling)].join(' ').trimEnd()}`,
    data: { ...report?.data, cause, ...omitUndefined({ by: actor, reason, requestId, supersededBy }) },
  };
};

/** The failure of a cancelled operation as it is recorded. `at` undefined: an earlier version did not record the time. */
export const cancelledReason = ({ code, before, after, data }: Cancellation, at: Date | undefined): Reason => {
  const time = at?.toISOString();
  return {
    code,
    message: `${before}${time ?? 'an unknown time'}${after}`,
    data: { ...data, ...omitUndefined({ at: time }) },
  };
};

const nextStep = (kind: OperationKind, { supersededBy, report }: Cancelling): string => {
  if (report !== undefined) return report.message;
  if (supersededBy !== undefined) return '';
  if (kind === 'create') return 'Take a backup under another id, or delete this one to use its id again.';
  return kind === 'delete' ? 'What it had deleted is gone: request the deletion again to delete the rest.' : '';
};

/** The text with a full stop, unless it ends a sentence already. */
export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
