import type { NewestBackups, SummaryHistory } from '../../ports/summary.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, json, sql, statement } from '../sql/statement.ts';

const newest = (which: string, by: string) =>
  sql<string | null>(`(
  SELECT b.key::text FROM backup b
  WHERE b.deleted_at IS NULL AND b.safety_of IS NULL AND ${which} AND b.cluster_uuid = $1 AND b.index_prefix = $2
  ORDER BY ${by} DESC, b.key DESC LIMIT 1)`);

const NEWEST = statement`SELECT ${answer(
  json({
    completed: newest(`b.state = 'COMPLETED' AND b.finished_at IS NOT NULL`, 'b.finished_at'),
    proven: newest('b.proof IS NOT NULL', 'b.requested_at'),
  }),
)}`;

export const newestBackups =
  (database: Database): SummaryHistory['newestBackups'] =>
  async (clusterUuid, indexPrefix): Promise<NewestBackups> => {
    const found = await database.ask(NEWEST, clusterUuid, indexPrefix);
    return { completed: found?.completed ?? undefined, proven: found?.proven ?? undefined };
  };

export const lastCluster =
  ({ models }: Database): SummaryHistory['lastCluster'] =>
  async () => {
    const where = { origin: { not: 'discovered' } };
    const last = await models.backup.findFirst({ where, orderBy: { key: 'desc' }, select: { clusterUuid: true } });
    return last?.clusterUuid;
  };
