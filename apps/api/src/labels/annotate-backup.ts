import type { Annotated, Annotation, LabelHistory } from '@tandem/history/ports/labels.ts';
import type { Annotations, PatchRequest } from '@tandem/shared/contract/labels.ts';
import { MAX_LABELS } from '@tandem/shared/domain/backup/hold.ts';
import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import { mayActAs } from '@tandem/shared/domain/identity/role.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { FoundRecord } from '../backups/read/find-record.ts';
import type { RequestContext } from '../http/route.ts';
import { forbidden, requireRole } from '../identity/require-role.ts';
import { holdAnswer } from './hold-answer.ts';

export type AnnotateBackup = {
  readonly history: LabelHistory;
  /** First records a set that exists only in the engine. BACKUP_NOT_FOUND. */
  readonly findRecord: (backupId: string, context: RequestContext) => Promise<FoundRecord>;
  readonly announce: (backupIds: readonly string[]) => void;
};

/**
 * Changes labels, note and hold of the newest incarnation that is not deleted, otherwise of the newest deleted one, which cannot be held.
 * REQUEST_INVALID, BACKUP_DELETED, BACKUP_BUSY, FORBIDDEN; rejects as `findRecord`.
 */
export const annotateBackup =
  ({ history, findRecord, announce }: AnnotateBackup) =>
  async (request: PatchRequest, context: RequestContext): Promise<Annotations> => {
    const { backupId, reason } = request;
    const { actor, requestId } = context;
    if (request.hold === null) requireRole(context, 'restorer', 'Releasing a hold');
    const { record } = await findRecord(backupId, context);
    const annotated = await history.annotate(record.key, { actor, requestId, reason }, annotationOf(request, context));
    if (!annotated.done) throw refusal(request, annotated, context);
    announce([backupId]);
    const { labels, note, hold } = annotated;
    return { backupId, labels, note: note ?? null, hold: holdAnswer(hold) };
  };

/** A hold that ends in a moment is as good as none: whoever may not release one may not replace it by that. */
const annotationOf = ({ labels, note, hold }: PatchRequest, { role }: RequestContext): Annotation => {
  const neverEarlier = !mayActAs(role, 'restorer');
  return omitUndefined({
    labels,
    note,
    hold: hold && { reason: hold.reason, until: hold.until ?? undefined, neverEarlier },
  });
};

const refusal = (
  { backupId, hold }: PatchRequest,
  refused: Extract<Annotated, { readonly done: false }>,
  context: RequestContext,
): Failure => {
  switch (refused.why) {
    case 'unknown':
      return fail('BACKUP_NOT_FOUND', `No backup has the id ${backupId}.`, { backupId });
    case 'labels':
      return fail(
        'REQUEST_INVALID',
        `The backup would have ${refused.count} labels; the maximum is ${MAX_LABELS}. Remove some by setting them to null.`,
        { backupId, labels: refused.count },
      );
    case 'deleted':
      return fail('BACKUP_DELETED', `Backup ${backupId} has been deleted and cannot be held.`, { backupId });
    case 'deleting':
      return fail(
        'BACKUP_BUSY',
        `Operation ${refused.operationId} deletes backup ${backupId}: cancel it, then hold the remaining snapshots.`,
        { backupId, operationId: refused.operationId },
      );
    case 'earlier':
      return forbidden(context, 'restorer', 'Ending a hold earlier');
    case 'past': {
      const [until, now] = [hold?.until?.toISOString(), refused.now.toISOString()];
      return fail('REQUEST_INVALID', `hold.until must be in the future, found ${until}; it is ${now}.`, { until, now });
    }
  }
};
