import type { AttemptRecord } from '../../ports/operations.ts';
import { asDate } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { isOperationId } from '../operation-id.ts';

/** Read by `asAttemptRecord`. `a` is the row's alias. */
export const ATTEMPT_JSON = `jsonb_build_object(
  'number', a.number, 'part', a.part, 'trigger', a.trigger, 'actor', a.actor, 'errorClass', a.error_class, 'reason', a.reason,
  'startedAt', a.started_at, 'endedAt', a.ended_at, 'nextAttemptAt', a.next_try_at)`;

const ATTEMPTS_OF = `
SELECT coalesce(jsonb_agg(${ATTEMPT_JSON} ORDER BY a.number), '[]') AS answer
FROM attempt a WHERE a.operation_id = $1::uuid`;

type Nullable = 'part' | 'errorClass' | 'reason';
export type AttemptJson = Omit<AttemptRecord, Nullable | 'startedAt' | 'endedAt' | 'nextAttemptAt'> & {
  readonly [K in Nullable]: Exclude<AttemptRecord[K], undefined> | null;
} & { readonly startedAt: string; readonly endedAt: string; readonly nextAttemptAt: string | null };

export const asAttemptRecord = (json: AttemptJson): AttemptRecord => ({
  ...json,
  part: json.part ?? undefined,
  errorClass: json.errorClass ?? undefined,
  reason: json.reason ?? undefined,
  startedAt: new Date(json.startedAt),
  endedAt: new Date(json.endedAt),
  nextAttemptAt: asDate(json.nextAttemptAt),
});

export const attemptsOf =
  (database: Database) =>
  async (operationId: string): Promise<readonly AttemptRecord[]> => {
    if (!isOperationId(operationId)) return [];
    const attempts = await database.ask<readonly AttemptJson[]>(ATTEMPTS_OF, operationId);
    return (attempts ?? []).map(asAttemptRecord);
  };
