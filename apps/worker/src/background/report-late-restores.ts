import type { IndexEngine, IndexRecovery } from '@tandem/engine/index-port.ts';
import type { EventHistory } from '@tandem/history/ports/events.ts';
import type { RestoreHistory, RestoreRecord } from '@tandem/history/ports/restores.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { type ProblemLog, problemLog } from '@tandem/runtime/logging/problem-log.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import { type RestoreTask, readRestoreDetail, targetNames } from '@tandem/shared/domain/restore/run/restore-memory.ts';

export type ReportLateRestores = {
  readonly history: Pick<RestoreHistory, 'listRestores'> & Pick<EventHistory, 'appendEvents'>;
  readonly engine: Pick<IndexEngine, 'indexRecoveries'>;
  readonly actor: Actor;
  readonly log: Logger;
  /** How long after the end of a restore its late indices are still searched for. */
  readonly withinMs: number;
  readonly now: () => Date;
};

const AT_ONCE = 20;

type Late = { readonly name: string; readonly uuid: string };

/**
 * A worker that slept may have sent a part of a restore that had been rolled back. Within the quiet period the restore removes it; what
 * comes later is reported, once by each process, and never deleted: an operator may have restored the same snapshot by hand. Resolves with
 * how many indices are new.
 */
export const reportLateRestores = (deps: ReportLateRestores): (() => Promise<number>) => {
  const reported = new Set<string>();
  const problems = problemLog(deps.log);
  return async () => {
    const endRound = problems.round();
    const records = await deps.history.listRestores({ kinds: ['restore'] }, undefined, AT_ONCE);
    const since = deps.now().getTime() - deps.withinMs;
    let count = 0;
    for (const [at, record] of records.entries()) {
      if (!isRolledBack(record) || (record.endedAt?.getTime() ?? 0) < since) continue;
      const newer = new Set(records.slice(0, at).flatMap((one) => targetNames(taskOf(one).parts)));
      const late = (await lateOf(deps, problems, record, newer)).filter(({ uuid }) => !reported.has(uuid));
      if (late.length === 0) continue;
      await report(deps, record, late);
      for (const { uuid } of late) reported.add(uuid);
      count += late.length;
    }
    endRound();
    return count;
  };
};

const taskOf = ({ detail }: RestoreRecord): RestoreTask => readRestoreDetail(detail).task;

const isRolledBack = ({ state, failure }: RestoreRecord): boolean =>
  (state === 'FAILED' || state === 'CANCELLED') && failure?.data.rolledBack === true;

/** Indices from a snapshot of the restore, without those that it left behind and those that a newer restore has taken over. */
const lateOf = async (
  { engine }: ReportLateRestores,
  problems: ProblemLog,
  record: RestoreRecord,
  newer: ReadonlySet<string>,
): Promise<readonly Late[]> => {
  const { parts } = taskOf(record);
  const left: readonly unknown[] = Array.isArray(record.failure?.data.left) ? record.failure.data.left : [];
  const names = targetNames(parts).filter((name) => !newer.has(name) && !left.includes(name));
  const snapshots = new Set(parts.map(({ snapshot }) => snapshot));
  const isOfRestore = ({ source }: IndexRecovery): boolean =>
    source !== undefined && source.repository === record.repository && snapshots.has(source.snapshot);
  try {
    return names.length === 0 ? [] : (await engine.indexRecoveries(names)).filter(isOfRestore);
  } catch (error) {
    if (!isFailure(error)) throw error;
    const { operationId, backupId } = record;
    problems.met(operationId, { operationId, backupId, err: error }, 'late indices of a restore not read');
    return [];
  }
};

const report = async (
  { history, actor, log }: ReportLateRestores,
  { operationId, backupId }: RestoreRecord,
  late: readonly Late[],
): Promise<void> => {
  const indices = cutList(
    'indices',
    late.map(({ name }) => name),
  );
  log.warn({ operationId, backupId, ...indices }, 'indices appeared after the restore was rolled back');
  const reason =
    'Indices from a snapshot of this restore appeared after it was rolled back. They were not changed: delete them unless an operator restored them.';
  const after = { operationId, ...indices };
  await history.appendEvents([{ kind: 'index.late', actor, source: 'sweep', reason, backupId: undefined, after }]);
};
