import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import type { RestoredUuids } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { carriesBlock } from '@tandem/shared/domain/restore/run/restored-index.ts';
import type { RestoreStep } from '@tandem/shared/domain/restore/run/restoring.ts';
import type { RestoreTick } from '../context.ts';
import { resend } from '../parts/resend.ts';
import { indexRemovedEvent, remember, restoreEvent } from '../restore-records.ts';
import { optimizeAt } from '../running-optimize.ts';
import { endRestore } from './end.ts';

const nothingElse = { tries: 'progress', outcome: { do: 'wait', inMs: 0 } } as const;

/**
 * Deletes the indices that the read at the start of this tick proved untouched; none while Optimize responds. The uuid is forgotten with its
 * index: an index that a late call restores under the name is recognized by its source snapshot.
 */
export const rollBack = async (
  tick: RestoreTick,
  { remove, left }: Extract<RestoreStep, { step: 'take-back' }>,
): Promise<OperationChange> => {
  const { job, detail, tools } = tick;
  const names = Object.keys(remove);
  const answersAt = await optimizeAt(tick);
  if (answersAt !== undefined) {
    const kept = names.map((name) => keptIndex(tick, name));
    return endRestore(tick, { indices: [...kept, ...left], optimizeAt: answersAt });
  }
  await tools.record({
    detail: { ...remember(tick, { absentSince: undefined }), restored: { ...detail.restored, ...remove } },
  });
  await job.engine.deleteIndices(names);
  const why = detail.task.copy
    ? 'a rehearsal removes what it restored'
    : 'the restore did not end well, and rolls back what it restored';
  return {
    detail: { restored: without(detail.restored, names) },
    events: [indexRemovedEvent(tick, names, why)],
    ...nothingElse,
  };
};

/** The read at the start of this tick compared their uuids. Lifts only the blocks that prevent their deletion; none while Optimize responds. */
export const unblock = async (
  tick: RestoreTick,
  { block, names, then }: Extract<RestoreStep, { step: 'unblock' }>,
): Promise<OperationChange> => {
  if ((await optimizeAt(tick)) !== undefined)
    return then.step === 'resend' ? resend(tick, then.part, then.remove) : rollBack(tick, then);
  const { job, tools } = tick;
  await tools.record({ events: [restoreEvent(tick, 'step', { after: { step: 'unblock', block, indices: names } })] });
  await job.engine.setIndexBlock(names, block, 'lift');
  return nothingElse;
};

const keptIndex = ({ seen, detail }: RestoreTick, name: string) => {
  const index = seen.find((one) => one.name === name);
  return { name, why: 'kept' as const, isBlocked: index !== undefined && carriesBlock(detail, index) };
};

const without = (restored: RestoredUuids, names: readonly string[]): RestoredUuids =>
  Object.fromEntries(Object.entries(restored).filter(([name]) => !names.includes(name)));

const LATE = {
  restore:
    'The restored indices are deleted. A delayed worker may still restore an index, so Tandem checks again at this time.',
  deletion: 'A deletion of indices was sent and may still take effect. The operation continues at this time.',
};

/** Also forgets the uuids of indices that are gone although the response to their deletion was lost. */
export const waitQuiet = (
  tick: RestoreTick,
  { absentSince, inMs }: Extract<RestoreStep, { step: 'quiet' }>,
): OperationChange => {
  const { detail, seen } = tick;
  const isGone = (name: string): boolean =>
    detail.memory.ending !== undefined && seen.every((index) => index.name !== name);
  const gone = Object.keys(detail.restored).filter(isGone);
  return {
    detail: {
      ...remember(tick, { absentSince: absentSince.toISOString() }),
      restored: without(detail.restored, gone),
    },
    tries: 'progress',
    outcome: { do: 'wait', inMs, for: detail.memory.deleting ? LATE.deletion : LATE.restore },
  };
};
