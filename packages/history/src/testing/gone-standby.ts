import pg from 'pg';
import { expect } from 'vitest';
import { query } from './real-postgres.ts';

/** Processes of PostgreSQL whose COMMIT waits for a standby, of that program. */
export const waitingForStandby = async (url: string, application: string): Promise<number> => {
  const sql = `SELECT pid FROM pg_stat_activity WHERE application_name = $1 AND wait_event = 'SyncRep'`;
  return (await query(url, sql, [application])).length;
};

const TRIED = 'commit-tried';

/** What `SHOW` says on a new connection is not yet what a COMMIT does. */
const aCommitWaits = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, application_name: TRIED });
  client.on('error', () => undefined);
  await client.connect();
  let isCommitted = false;
  const committed = client.query(`SELECT pg_logical_emit_message(true, 'tried', '')`).then(() => {
    isCommitted = true;
  });
  const isSettled = async () => isCommitted || (await waitingForStandby(url, TRIED)) > 0;
  await expect.poll(isSettled, { timeout: 10_000 }).toBe(true);
  const waits = !isCommitted;
  if (waits)
    await query(url, 'SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [TRIED]);
  await committed;
  await client.end();
  return waits;
};

const nameStandby = async (url: string, name: string): Promise<void> => {
  await query(url, `ALTER SYSTEM SET synchronous_standby_names = '${name}'`);
  await query(url, 'SELECT pg_reload_conf()');
  await expect.poll(() => aCommitWaits(url), { timeout: 20_000 }).toBe(name !== '');
};

/** Every COMMIT waits from then on for a standby that nobody runs. */
export const standbyIsGone = (url: string): Promise<void> => nameStandby(url, 'absent');

export const standbyIsBack = (url: string): Promise<void> => nameStandby(url, '');
