import type { ClaimedOperation } from '@tandem/shared/domain/backup.ts';
import { asBackupRecord, asDate, type BackupJson } from './backup-json.ts';

export type ClaimedJson = Pick<
  ClaimedOperation,
  'operationId' | 'kind' | 'revision' | 'actor' | 'failedTries' | 'trigger' | 'detail'
> & {
  readonly requestedAt: string;
  readonly requestId: string | null;
  readonly failingSince: string | null;
  readonly now: string;
  readonly backup: BackupJson;
};

/** The backup was read beside the claim and still shows its create operation as it was before. */
const withClaim = (json: ClaimedJson): BackupJson =>
  json.backup.create?.operationId === json.operationId
    ? { ...json.backup, create: { operationId: json.operationId, state: 'RUNNING', revision: json.revision } }
    : json.backup;

export const asClaimedOperation = (json: ClaimedJson): ClaimedOperation => ({
  ...json,
  requestedAt: new Date(json.requestedAt),
  requestId: json.requestId ?? undefined,
  failingSince: asDate(json.failingSince),
  now: new Date(json.now),
  backup: asBackupRecord(withClaim(json)),
});
