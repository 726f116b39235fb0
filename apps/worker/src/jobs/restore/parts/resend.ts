import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import {
  partKey,
  type RestoredUuids,
  type RestoreMemory,
  type RestorePart,
} from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { RestoreTick } from '../context.ts';
import { failRestore } from '../end/end.ts';
import { indexRemovedEvent, remember } from '../restore-records.ts';
import { optimizeAnswers, optimizeAt } from '../running-optimize.ts';

/** A restarted engine has forgotten the source of the shards: the remains of the part are removed, and it is sent again. */
export const resend = async (tick: RestoreTick, part: RestorePart, remove: RestoredUuids): Promise<OperationChange> => {
  const { job, detail, tools } = tick;
  const answersAt = await optimizeAt(tick);
  if (answersAt !== undefined) return failRestore(tick, 'parts', optimizeAnswers(answersAt));
  const names = Object.keys(remove);
  const again: Partial<RestoreMemory> = {
    parts: { ...detail.memory.parts, [partKey(part)]: 'sending' },
    absentSince: undefined,
  };
  await tools.record({ detail: remember(tick, { ...again, deleting: true }) });
  await job.engine.deleteIndices(names);
  return {
    detail: remember(tick, { ...again, resent: detail.memory.resent + 1 }),
    events: [indexRemovedEvent(tick, names, 'the engine was restarted and lost the restore; it is sent again')],
    tries: 'progress',
    outcome: { do: 'wait', inMs: 0 },
  };
};
