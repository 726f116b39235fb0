import type { Database } from '../open-database.ts';

const TAKE_LEASE = `
INSERT INTO lease AS held (name, holder, until, lease_ms) VALUES ($1, $2, now() + make_interval(secs => $3::float8 / 1000), $3::float8)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until, lease_ms = excluded.lease_ms
WHERE held.holder = excluded.holder OR held.until <= now()
RETURNING true AS answer`;

export const takeLease =
  (database: Database) =>
  async (name: string, holder: string, leaseMs: number): Promise<boolean> =>
    (await database.ask<boolean>(TAKE_LEASE, name, holder, leaseMs)) === true;
