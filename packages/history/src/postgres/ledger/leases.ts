import type { FarLease, OperationLedger } from '../../ports/ledger.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, isTrue, json, list, NOW, sql, statement } from '../sql/statement.ts';
import { CLOCK_SLACK_MS } from './due-rows.ts';

/* Not by Prisma's client: leases go by the database's time, which it can neither write nor compare with. */

const isFar = (until: string): string =>
  `${until} > now() + make_interval(secs => (lease_ms + ${CLOCK_SLACK_MS}) / 1000)`;

// Ordered, so that both are read from an index, the second from that of open operations.
const LEASE_JSON = sql<FarLease>(`jsonb_build_object('on', l.on, 'id', l.id, 'until', l.until, 'leaseMs', l.lease_ms)`);

const FAR = statement`
SELECT ${answer(json({ now: NOW, leases: list(LEASE_JSON, 'l.on, l.id') }))}
FROM (
  (SELECT 'task' AS on, name AS id, until::text AS until, lease_ms FROM lease WHERE ${isFar('until')} ORDER BY name LIMIT $1::int)
  UNION ALL
  (SELECT 'operation', id::text, lease_until::text, lease_ms FROM operation
    WHERE ended_at IS NULL AND ${isFar('lease_until')} ORDER BY next_tick_at, position LIMIT $1::int)
) l`;

export const farLeases =
  (database: Database): OperationLedger['farLeases'] =>
  async (limit) => {
    const found = await database.ask(FAR, limit);
    if (found === undefined) throw new Error('PostgreSQL did not print its time.');
    return { now: new Date(found.now), leases: found.leases };
  };

const END_TASK = statement`UPDATE lease SET until = now() WHERE name = $1 AND until = $2::timestamptz RETURNING ${answer(isTrue('true'))}`;
const END_OPERATION = statement`
UPDATE operation SET lease_until = now() WHERE id = $1::uuid AND lease_until = $2::timestamptz AND ended_at IS NULL RETURNING ${answer(isTrue('true'))}`;

export const endLease =
  (database: Database): OperationLedger['endLease'] =>
  async ({ on, id, until }) =>
    (await database.ask(on === 'task' ? END_TASK : END_OPERATION, id, until)) === true;

const RENEW = statement`
UPDATE operation SET lease_until = now() + make_interval(secs => $3::float8 / 1000), lease_ms = $3::float8
WHERE id = $1::uuid AND revision = $2::int AND state = 'RUNNING'
RETURNING ${answer(isTrue('true'))}`;

export const renew =
  (database: Database) =>
  async (operationId: string, revision: number, leaseMs: number): Promise<boolean> =>
    (await database.ask(RENEW, operationId, revision, leaseMs)) === true;

const TAKE_LEASE = statement`
INSERT INTO lease AS held (name, holder, until, lease_ms) VALUES ($1, $2, now() + make_interval(secs => $3::float8 / 1000), $3::float8)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until, lease_ms = excluded.lease_ms
WHERE held.holder = excluded.holder OR held.until <= now()
RETURNING ${answer(isTrue('true'))}`;

export const takeLease =
  (database: Database) =>
  async (name: string, holder: string, leaseMs: number): Promise<boolean> =>
    (await database.ask(TAKE_LEASE, name, holder, leaseMs)) === true;
