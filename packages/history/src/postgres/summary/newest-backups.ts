import type { NewestBackups, SummaryHistory } from '../../ports/summary.ts';
import type { Database } from '../connection/open-database.ts';

const newest = (which: string, by: string): string => `(
  SELECT b.key::text FROM backup b
  WHERE b.deleted_at IS NULL AND b.safety_of IS NULL AND ${which} AND b.cluster_uuid = $1 AND b.index_prefix = $2
  ORDER BY ${by} DESC, b.key DESC LIMIT 1)`;

const NEWEST = `SELECT jsonb_build_object(
  'completed', ${newest(`b.state = 'COMPLETED' AND b.finished_at IS NOT NULL`, 'b.finished_at')},
  'proven', ${newest('b.proof IS NOT NULL', 'b.requested_at')}
) AS answer`;

type Answer = { readonly completed: string | null; readonly proven: string | null };

export const newestBackups =
  (database: Database): SummaryHistory['newestBackups'] =>
  async (clusterUuid, indexPrefix): Promise<NewestBackups> => {
    const answer = await database.ask<Answer>(NEWEST, clusterUuid, indexPrefix);
    return { completed: answer?.completed ?? undefined, proven: answer?.proven ?? undefined };
  };

const LAST = `SELECT to_jsonb(b.cluster_uuid) AS answer FROM backup b
  WHERE b.origin <> 'discovered' AND b.cluster_uuid IS NOT NULL ORDER BY b.key DESC LIMIT 1`;

export const lastCluster =
  (database: Database): SummaryHistory['lastCluster'] =>
  async () =>
    database.ask<string>(LAST);
