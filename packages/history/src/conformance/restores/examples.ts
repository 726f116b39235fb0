import { expect } from 'vitest';
import type { History } from '../../ports/history.ts';
import type { NewRestoreOperation } from '../../ports/restores.ts';
import { claimed, completed, here, keyOf, newCreate, operationId, someone } from '../examples.ts';

/** The nth operation of a test, as a restore. */
export const newRestore = (
  nth: number,
  backupKey: string,
  given: Partial<NewRestoreOperation> = {},
): NewRestoreOperation => ({
  operationId: operationId(nth),
  kind: 'restore',
  backupKey,
  clusterUuid: here.clusterUuid,
  requestId: `request-${nth}`,
  actor: someone,
  detail: { inPlace: true, safetyBackup: false },
  events: [{ kind: 'restore.requested', actor: someone, source: 'api', after: { operationId: operationId(nth) } }],
  ...given,
});

/** Takes a backup, leads it to its end and answers its key. */
export const backedUp = async (history: History, nth: number, backupId = `backup-${nth}`): Promise<string> => {
  await completed(history, newCreate(nth, backupId));
  return keyOf(history, backupId);
};

/** Opens what must be taken. */
export const restoring = async (history: History, restore: NewRestoreOperation): Promise<string> => {
  expect(await history.requestRestore(restore)).toEqual({ accepted: true, revision: 1 });
  return restore.operationId;
};

/** Claims a restore and ends it. */
export const restored = async (
  history: History,
  id: string,
  { state = 'SUCCEEDED', report }: { state?: 'SUCCEEDED' | 'FAILED' | 'CANCELLED'; report?: object } = {},
): Promise<void> => {
  const { revision } = await claimed(history, id);
  const change = { outcome: { do: 'end', state, backup: 'COMPLETED' }, ...(report && { detail: { report } }) } as const;
  expect(await history.record(id, revision, change)).toMatchObject({ written: true });
};
