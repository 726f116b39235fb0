import type { SuspendedCreate, SuspensionHistory } from '../../ports/suspensions.ts';
import { asBackupRecord, BACKUP_JSON } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, columns, given, json, list, NOW, statement, text, type ValueOf } from '../sql/statement.ts';

const o = columns<'Operation'>('o');

const CREATE_JSON = json({
  ...{ position: text(o.position), operationId: o.id, requestId: o.requestId, revision: o.revision },
  ...{ suspendedAt: given(o.suspendedAt), requestedAt: o.requestedAt, now: NOW, detail: o.detail, backup: BACKUP_JSON },
});

// Open ones are few. LIMIT 1 keeps the planner from joining whole tables.
const CREATES = statement`
SELECT ${answer(list(CREATE_JSON, 'o.position'))}
FROM (
  SELECT * FROM operation
  WHERE ended_at IS NULL AND suspended_at IS NOT NULL AND kind = 'create' AND position > $1::bigint ORDER BY position LIMIT $2::int
) o, LATERAL (SELECT * FROM backup WHERE key = o.backup_key LIMIT 1) b`;

const asCreate = ({ position: _, ...json }: ValueOf<typeof CREATE_JSON>): SuspendedCreate => ({
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
    const found = (await database.ask(CREATES, after ?? '0', limit)) ?? [];
    return { creates: found.map(asCreate), next: found.length < limit ? undefined : found.at(-1)?.position };
  };
