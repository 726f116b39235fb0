import type { LastError } from '@tandem/shared/domain/backup/backup.ts';

/** Why the last attempt of an open operation `o` failed, read by `asLastError`: one lookup by primary key, and none where it did not fail. */
export const LAST_ERROR_JSON = `CASE WHEN o.ended_at IS NULL AND o.error_class IS NOT NULL THEN (
    SELECT jsonb_build_object('errorClass', o.error_class, 'reason', a.reason, 'at', a.ended_at,
      'nextAttemptAt', CASE WHEN o.suspended_at IS NULL THEN a.next_try_at END)
    FROM attempt a WHERE a.operation_id = o.id AND a.number = o.attempts AND a.reason IS NOT NULL
  ) END`;

export type LastErrorJson = Pick<LastError, 'errorClass' | 'reason'> & {
  readonly at: string;
  readonly nextAttemptAt: string | null;
};

export const asLastError = (json: LastErrorJson | null): LastError | undefined =>
  json === null
    ? undefined
    : {
        ...json,
        at: new Date(json.at),
        nextAttemptAt: json.nextAttemptAt === null ? undefined : new Date(json.nextAttemptAt),
      };
