import { setTimeout as sleep } from 'node:timers/promises';
import type { OperationHistory, OperationRecord } from '@tandem/history/ports/operations.ts';
import type { RollbackHistory } from '@tandem/history/ports/rollback.ts';
import type { StatusBackup, StatusHistory } from '@tandem/history/ports/status.ts';
import type { Status } from '@tandem/shared/contract/status.ts';
import type { BackupState } from '@tandem/shared/domain/backup/backup.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { OPEN_STATES } from '@tandem/shared/domain/operation/operation-state.ts';
import { backupConcerns, type CheckedBackup } from '@tandem/shared/domain/status/backup-concerns.ts';
import { operationConcerns } from '@tandem/shared/domain/status/operation-concerns.ts';
import { partConcerns } from '@tandem/shared/domain/status/part-concerns.ts';
import { withTimeLimit } from '@tandem/shared/domain/time-limit.ts';
import type { StateNow } from '../backups/read/read-backup-state.ts';
import { missingWorkerSince, type Readiness } from '../health/readiness.ts';
import type { RequestContext } from '../http/route.ts';
import { MAX_OPEN, statusAnswer } from './status-answer.ts';

export type ReadStatus = {
  readonly history: StatusHistory & Pick<OperationHistory, 'listOperations'> & Pick<RollbackHistory, 'readLine'>;
  readonly readReadiness: () => Promise<Readiness>;
  readonly readState: (backupId: string, context: RequestContext) => Promise<StateNow>;
  readonly workerSeenWithinMs: number;
  /** Max wait for the state of a backup. */
  readonly withinMs: number;
  readonly now: () => Date;
};

/** How many backups are compared with the engine until one is found complete. */
const CHECKED = 3;
const MAX_FAILED = 5;

/** Whether the installation is protected, from the history and the engine as they are now. Rejects with nothing that a part of them causes. */
export const readStatus =
  (deps: ReadStatus) =>
  async (context: RequestContext): Promise<Status> => {
    const [{ components }, read] = await Promise.all([deps.readReadiness(), ofHistory(deps)]);
    const parts = partConcerns(components);
    if ('unreachable' in read) {
      const message = `PostgreSQL does not respond, so nothing is known of the backups: ${read.unreachable}`;
      return statusAnswer(deps.now(), [{ code: 'history-unreachable', leadsTo: 'unknown', message }, ...parts]);
    }
    const [figures, open, failed, line] = read.known;
    const readable = components.engine.status !== 'DOWN' && components.repository.status !== 'DOWN';
    const checked = await check(deps, figures.completed, readable, context);
    const { lastRestore } = figures;
    const { vanished = 0, replaced = 0, foreign = 0 } = figures.parts ?? {};
    const backups = backupConcerns({
      ...{ checked, unchecked: checked.length === CHECKED && checked.at(-1)?.state !== 'COMPLETED' },
      ...{ proven: figures.proven, failed: figures.failed, driftedParts: vanished + replaced + foreign },
      rolledBack: line.rollback !== undefined,
    });
    const operations = operationConcerns({
      open: open.map(factOf),
      lastRestore: lastRestore && { ...lastRestore, reason: lastRestore.failure?.message },
      workerMissingSince: missingWorkerSince(line, deps.workerSeenWithinMs),
      rollback: line.rollback && components.history.reason,
    });
    const { completed, proven } = figures;
    const concerns = [...backups, ...parts, ...operations];
    return statusAnswer(deps.now(), concerns, { completed, checked, proven, open, failed });
  };

const ofHistory = async ({ history }: ReadStatus) => {
  try {
    return {
      known: await Promise.all([
        history.statusFigures(CHECKED),
        history.listOperations({ states: OPEN_STATES }, undefined, MAX_OPEN + 1),
        history.listOperations({ states: ['FAILED'] }, undefined, MAX_FAILED),
        history.readLine([]),
      ]),
    };
  } catch (error) {
    if (!isFailure(error, 'HISTORY_UNREACHABLE')) throw error;
    return { unreachable: error.message };
  }
};

/** Until one is COMPLETED; those after it are not needed. */
const check = async (
  deps: ReadStatus,
  completed: readonly StatusBackup[],
  readable: boolean,
  context: RequestContext,
): Promise<readonly CheckedBackup[]> => {
  const checked: CheckedBackup[] = [];
  for (const { backupId, ageMs } of completed) {
    const state = readable ? await stateNow(deps, backupId, context) : undefined;
    checked.push({ backupId, ageMs, state });
    if (state === undefined || state === 'COMPLETED') break;
  }
  return checked;
};

/** Undefined: it cannot be known now, whatever the reason. */
const stateNow = (deps: ReadStatus, backupId: string, context: RequestContext): Promise<BackupState | undefined> => {
  const read = deps.readState(backupId, context).then(
    ({ state, asOf }) => (asOf === undefined ? state : undefined),
    () => undefined,
  );
  return withTimeLimit(sleep, deps.withinMs, read, () => undefined);
};

const factOf = ({ operationId, kind, state, backupId, errorClass, lastError, failure }: OperationRecord) => ({
  ...{ operationId, kind, state, backupId, errorClass },
  reason: (lastError?.reason ?? failure)?.message,
});
