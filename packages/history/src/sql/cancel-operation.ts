import type { Database } from '../open-database.ts';
import { isOperationId } from '../operation-id.ts';
import type { Asked, Cancelled, NewDeletion } from '../operations-port.ts';
import type { DueOperation } from '../port.ts';
import { askedFrom, askedRow, DUE, END_AND_DELETE } from './open-deletion.ts';
import { isRestore } from './restore-rows.ts';

const CANCEL = `
WITH ${askedFrom('$2')}, target AS (
  SELECT o.* FROM operation o WHERE o.id = $1::uuid AND o.ended_at IS NULL AND NOT ${isRestore('o')} FOR UPDATE
), place AS (
  SELECT b.* FROM backup b WHERE b.key = (SELECT backup_key FROM target) FOR UPDATE
), ${END_AND_DELETE}
SELECT jsonb_build_object('ended', EXISTS (SELECT FROM ended), 'due', ${DUE}, 'restore', o.ended_at IS NULL AND ${isRestore('o')}) AS answer
FROM operation o WHERE o.id = $1::uuid`;

type Answer = { readonly ended: boolean; readonly due: readonly DueOperation[]; readonly restore: boolean };

export const cancelOperation =
  (database: Database) =>
  async (operationId: string, asked: Asked, deletion: NewDeletion | undefined): Promise<Cancelled> => {
    if (!isOperationId(operationId)) return { done: false, why: 'unknown' };
    const answer = await database.ask<Answer>(CANCEL, operationId, askedRow(asked, deletion));
    if (answer === undefined) return { done: false, why: 'unknown' };
    if (answer.restore) return { done: false, why: 'restore' };
    return answer.ended ? { done: true, due: answer.due } : { done: false, why: 'ended' };
  };
