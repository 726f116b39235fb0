import type { LastError } from '@tandem/shared/domain/operation/operation.ts';
import { columns, given, json, lookup, type ValueOf, when } from '../sql/statement.ts';

const a = columns<'Attempt'>('a');
const o = columns<'Operation'>('o');

/** Why the last attempt of an open operation `o` failed, read by `asLastError`: one lookup by primary key, and none where it did not fail. */
export const LAST_ERROR_JSON = when(
  'o.ended_at IS NULL AND o.error_class IS NOT NULL',
  lookup(
    json({
      ...{ errorClass: given(o.errorClass), reason: given(a.reason), at: a.endedAt },
      nextAttemptAt: when('o.suspended_at IS NULL', a.nextTryAt),
    }),
    'FROM attempt a WHERE a.operation_id = o.id AND a.number = o.attempts AND a.reason IS NOT NULL',
  ),
);

export type LastErrorJson = NonNullable<ValueOf<typeof LAST_ERROR_JSON>>;

export const asLastError = (json: LastErrorJson | null): LastError | undefined =>
  json === null
    ? undefined
    : {
        ...json,
        at: new Date(json.at),
        nextAttemptAt: json.nextAttemptAt === null ? undefined : new Date(json.nextAttemptAt),
      };
