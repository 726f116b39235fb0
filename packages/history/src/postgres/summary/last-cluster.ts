import type { SummaryHistory } from '../../ports/summary.ts';
import type { Database } from '../open-database.ts';

const LAST = `SELECT to_jsonb(b.cluster_uuid) AS answer FROM backup b
  WHERE b.origin <> 'discovered' AND b.cluster_uuid IS NOT NULL ORDER BY b.key DESC LIMIT 1`;

export const lastCluster =
  (database: Database): SummaryHistory['lastCluster'] =>
  async () =>
    database.ask<string>(LAST);
