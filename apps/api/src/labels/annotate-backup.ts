import type { Annotated, Annotation, LabelHistory } from '@tandem/history/ports/labels.ts';
import type { Annotations, PatchRequest } from '@tandem/shared/contract/labels.ts';
import { MAX_LABELS } from '@tandem/shared/domain/backup/hold.ts';
import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import type { FoundRecord } from '../backups/read/find-record.ts';
import type { RequestContext } from '../http/route.ts';
import { holdAnswer } from './hold-answer.ts';

export type AnnotateBackup = {
  readonly history: LabelHistory;
  /** Takes a set that is only in the engine into the history first. BACKUP_NOT_FOUND. */
  readonly findRecord: (backupId: string, context: RequestContext) => Promise<FoundRecord>;
  readonly announce: (backupIds: readonly string[]) => void;
};

/**
 * Labels, notes and holds of the newest incarnation that is not deleted, else of the newest that is; that one cannot be held.
 * REQUEST_INVALID, BACKUP_DELETED, BACKUP_BUSY; rejects as `findRecord`.
 */
export const annotateBackup =
  ({ history, findRecord, announce }: AnnotateBackup) =>
  async (request: PatchRequest, context: RequestContext): Promise<Annotations> => {
    const { backupId, reason } = request;
    const { actor, requestId } = context;
    const { record } = await findRecord(backupId, context);
    const annotated = await history.annotate(record.key, { actor, requestId, reason }, annotationOf(request));
    if (!annotated.done) throw refusal(request, annotated);
    announce([backupId]);
    const { labels, note, hold } = annotated;
    return { backupId, labels, note: note ?? null, hold: holdAnswer(hold) };
  };

const annotationOf = ({ labels, note, hold }: PatchRequest): Annotation => ({
  ...(labels === undefined ? {} : { labels }),
  ...(note === undefined ? {} : { note }),
  ...(hold === undefined ? {} : { hold: hold && { reason: hold.reason, until: hold.until ?? undefined } }),
});

const refusal = ({ backupId, hold }: PatchRequest, refused: Extract<Annotated, { readonly done: false }>): Failure => {
  switch (refused.why) {
    case 'unknown':
      return fail('BACKUP_NOT_FOUND', `No backup has the id ${backupId}.`, { backupId });
    case 'labels':
      return fail(
        'REQUEST_INVALID',
        `labels would be ${refused.count} with those that there are, and may be ${MAX_LABELS}: take some away with null.`,
        { backupId, labels: refused.count },
      );
    case 'deleted':
      return fail('BACKUP_DELETED', `Backup ${backupId} has been deleted: nothing is left to hold.`, { backupId });
    case 'deleting':
      return fail(
        'BACKUP_BUSY',
        `Operation ${refused.operationId} deletes backup ${backupId}: cancel it, then hold what is left.`,
        { backupId, operationId: refused.operationId },
      );
    case 'past': {
      const [until, now] = [hold?.until?.toISOString(), refused.now.toISOString()];
      return fail('REQUEST_INVALID', `hold.until must be in the future, found ${until}; it is ${now}.`, { until, now });
    }
  }
};
