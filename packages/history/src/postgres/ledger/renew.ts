import type { Database } from '../open-database.ts';

const RENEW = `
UPDATE operation SET lease_until = now() + make_interval(secs => $3::float8 / 1000), lease_ms = $3::float8
WHERE id = $1::uuid AND revision = $2::int AND state = 'RUNNING'
RETURNING true AS answer`;

export const renew =
  (database: Database) =>
  async (operationId: string, revision: number, leaseMs: number): Promise<boolean> =>
    (await database.ask<boolean>(RENEW, operationId, revision, leaseMs)) === true;
