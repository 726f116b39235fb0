import type { SuspendedCreate, SuspensionHistory } from '../../ports/suspensions.ts';
import { asBackupRecord, BACKUP_JSON, type BackupJson } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';

// Open ones are few. LIMIT 1 keeps the planner from joining whole tables.
const CREATES = `
SELECT coalesce(jsonb_agg(jsonb_build_object('position', o.position::text, 'operationId', o.id, 'requestId', o.request_id,
  'revision', o.revision, 'suspendedAt', o.suspended_at, 'requestedAt', o.requested_at, 'now', now(), 'detail', o.detail, 'backup', ${BACKUP_JSON}
) ORDER BY o.position), '[]') AS answer
FROM (
  SELECT * FROM operation
  WHERE ended_at IS NULL AND suspended_at IS NOT NULL AND kind = 'create' AND position > $1::bigint ORDER BY position LIMIT $2::int
) o, LATERAL (SELECT * FROM backup WHERE key = o.backup_key LIMIT 1) b`;

type CreateJson = Pick<SuspendedCreate, 'operationId' | 'revision' | 'detail'> & {
  readonly [K in 'position' | 'suspendedAt' | 'requestedAt' | 'now']: string;
} & { readonly requestId: string | null; readonly backup: BackupJson };

const asCreate = ({ position: _, ...json }: CreateJson): SuspendedCreate => ({
  ...json,
  requestId: json.requestId ?? undefined,
  suspendedAt: new Date(json.suspendedAt),
  requestedAt: new Date(json.requestedAt),
  now: new Date(json.now),
  backup: asBackupRecord(json.backup),
});

export const suspendedCreates =
  (database: Database): SuspensionHistory['suspendedCreates'] =>
  async (after, limit) => {
    const found = (await database.ask<readonly CreateJson[]>(CREATES, after ?? '0', limit)) ?? [];
    return { creates: found.map(asCreate), next: found.length < limit ? undefined : found.at(-1)?.position };
  };
