import type { OperationHistory } from '@tandem/history/ports/operations.ts';
import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import { ACTIVE_STATES, OPEN_STATES } from '@tandem/shared/domain/operation/operation-state.ts';
import type { OpenOperation, PlanFacts } from '@tandem/shared/domain/restore/plan/plan-facts.ts';
import { readRestoreDetail } from '@tandem/shared/domain/restore/run/restore-memory.ts';

type OpenWork = Pick<PlanFacts, 'openCreates' | 'openRestore' | 'openOperation'>;

/** The operations that keep a restore into that cluster from being accepted or from starting. A restore with that id does not block itself. */
export const openWork = async (
  history: RestoreHistory & Pick<OperationHistory, 'listOperations'>,
  backup: BackupRecord,
  clusterUuid: string,
  ownId: string | undefined,
): Promise<OpenWork> => {
  const [openCreates, openRestore, openOperation] = await Promise.all([
    history.openCreates(clusterUuid),
    restoreInto(history, clusterUuid, ownId),
    operationOf(history, backup, ownId),
  ]);
  return { openCreates, openRestore, openOperation };
};

/** All clusters that share the history; each has at most one. */
const MAX_RESTORES = 1_000;

const restoreInto = async (history: RestoreHistory, clusterUuid: string, ownId: string | undefined) => {
  const open = await history.listRestores({ kinds: ['restore'], states: ACTIVE_STATES }, undefined, MAX_RESTORES);
  const other = open.find(
    ({ operationId, detail }) => operationId !== ownId && readRestoreDetail(detail).task.clusterUuid === clusterUuid,
  );
  return other === undefined ? undefined : { operationId: other.operationId, backupId: other.backupId };
};

/** All incarnations of an id; each has at most one. */
const MAX_INCARNATIONS = 1_000;

const operationOf = async (
  history: Pick<OperationHistory, 'listOperations'>,
  { key, backupId }: BackupRecord,
  ownId: string | undefined,
): Promise<OpenOperation | undefined> => {
  const open = await history.listOperations({ backupId, states: OPEN_STATES }, undefined, MAX_INCARNATIONS);
  const other = open.find(({ backupKey, operationId }) => backupKey === key && operationId !== ownId);
  return other && { operationId: other.operationId, kind: other.kind, suspended: other.state === 'SUSPENDED' };
};
