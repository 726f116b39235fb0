import type { ClaimedOperation } from '@tandem/shared/domain/backup/backup.ts';
import { asBackupRecord, asDate, type BackupJson } from '../backups/backup-json.ts';

export type ClaimedJson = Pick<
  ClaimedOperation,
  'operationId' | 'kind' | 'revision' | 'actor' | 'failedTries' | 'trigger' | 'detail'
> & {
  readonly requestedAt: string;
  readonly requestId: string | null;
  readonly failingSince: string | null;
  readonly now: string;
  readonly aheadMs: number | null;
  readonly backup: BackupJson;
};

/** The backup was read beside the claim and still shows its create or deletion as it was before. */
const withClaim = ({ operationId, revision, backup }: ClaimedJson): BackupJson => {
  const { create, deletion } = backup;
  if (create?.operationId === operationId) return { ...backup, create: { operationId, state: 'RUNNING', revision } };
  return deletion?.operationId === operationId ? { ...backup, deletion: { ...deletion, state: 'RUNNING' } } : backup;
};

export const asClaimedOperation = (json: ClaimedJson): ClaimedOperation => ({
  ...json,
  requestedAt: new Date(json.requestedAt),
  requestId: json.requestId ?? undefined,
  failingSince: asDate(json.failingSince),
  now: new Date(json.now),
  aheadMs: json.aheadMs ?? undefined,
  backup: asBackupRecord(withClaim(json)),
});
