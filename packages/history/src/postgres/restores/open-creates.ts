import type { RestoreHistory } from '../../ports/restores.ts';
import type { Database } from '../open-database.ts';

// Open ones are few. LIMIT 1 keeps the planner from joining whole tables.
const OPEN_CREATES = `
SELECT coalesce(jsonb_agg(jsonb_build_object('operationId', o.id, 'backupId', b.backup_id) ORDER BY o.position), '[]') AS answer
FROM operation o, LATERAL (SELECT * FROM backup WHERE key = o.backup_key LIMIT 1) b
WHERE o.ended_at IS NULL AND o.suspended_at IS NULL AND o.kind = 'create' AND b.cluster_uuid = $1`;

export const openCreates =
  (database: Database): RestoreHistory['openCreates'] =>
  async (clusterUuid) =>
    (await database.ask(OPEN_CREATES, clusterUuid)) ?? [];
