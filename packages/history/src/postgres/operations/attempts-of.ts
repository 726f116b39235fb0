import type { Attempt } from '../../generated/client.ts';
import type { AttemptRecord } from '../../ports/operations.ts';
import { asDate, type WithTimes } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { isOperationId } from '../operation-id.ts';
import { columns, json, type ValueOf } from '../sql/statement.ts';
import { stored } from '../sql/stored-rows.ts';

const a = columns<'Attempt'>('a');

/** Read by `asAttemptRecord`. `a` is the row's alias. */
export const ATTEMPT_JSON = json({
  ...{ number: a.number, part: a.part, trigger: a.trigger, actor: a.actor, errorClass: a.errorClass, reason: a.reason },
  ...{ startedAt: a.startedAt, endedAt: a.endedAt, nextAttemptAt: a.nextTryAt },
});

export type AttemptJson = ValueOf<typeof ATTEMPT_JSON>;

export const asAttemptRecord = (
  attempt: WithTimes<AttemptJson, 'startedAt' | 'endedAt' | 'nextAttemptAt'>,
): AttemptRecord => ({
  ...attempt,
  part: attempt.part ?? undefined,
  errorClass: attempt.errorClass ?? undefined,
  reason: attempt.reason ?? undefined,
  startedAt: new Date(attempt.startedAt),
  endedAt: new Date(attempt.endedAt),
  nextAttemptAt: asDate(attempt.nextAttemptAt),
});

const asRecord = (row: Attempt): AttemptRecord => {
  const { number, part, trigger, actor, errorClass, reason, startedAt, endedAt, nextTryAt } = stored<'Attempt'>(row);
  const times = { startedAt, endedAt, nextAttemptAt: nextTryAt };
  return asAttemptRecord({ number, part, trigger, actor, errorClass, reason, ...times });
};

export const attemptsOf =
  ({ models }: Database) =>
  async (operationId: string): Promise<readonly AttemptRecord[]> => {
    if (!isOperationId(operationId)) return [];
    return (await models.attempt.findMany({ where: { operationId }, orderBy: { number: 'asc' } })).map(asRecord);
  };
