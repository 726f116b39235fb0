import type { Client } from 'pg';

/** Who blocks `waiting`: process, program, role, and since when. Undefined: nobody does any more. */
export type LockHolders = string | undefined;

// PostgreSQL shows the query of another role only to superusers and pg_read_all_stats; process, program and role to everybody.
const DESCRIBED = `
SELECT string_agg(DISTINCT format('process %s (%s, role %s%s)', holder.pid, coalesce(nullif(holder.application_name, ''), 'a program without a name'),
  coalesce(holder.usename::text, 'unknown'), coalesce(', in a transaction since ' || to_char(holder.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '')), ', ') AS holders`;

const BLOCKING = `${DESCRIBED}
FROM pg_stat_activity waiting, unnest(pg_blocking_pids(waiting.pid)) AS blocking(pid) JOIN pg_stat_activity holder ON holder.pid = blocking.pid
WHERE waiting.datname = current_database() AND waiting.application_name = $1 AND waiting.wait_event_type = 'Lock'`;

/** Who blocks the connections of that program in this database. */
export const whoBlocks = async (client: Client, applicationName: string): Promise<LockHolders> => {
  const { rows } = await client.query<{ holders: string | null }>(BLOCKING, [applicationName]);
  return rows[0]?.holders ?? undefined;
};

const HOLDING = `${DESCRIBED}
FROM pg_locks held JOIN pg_stat_activity holder ON holder.pid = held.pid
WHERE held.locktype = 'advisory' AND held.granted AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND ((held.classid::bigint << 32) | held.objid::bigint) = $1 AND held.objsubid = 1`;

/** Who holds an advisory lock with a single key. */
export const whoHolds = async (client: Client, lock: string): Promise<LockHolders> => {
  const { rows } = await client.query<{ holders: string | null }>(HOLDING, [lock]);
  return rows[0]?.holders ?? undefined;
};
