import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { withTimeLimit } from '@tandem/shared/domain/time-limit.ts';
import type pg from 'pg';
import { asHistoryFailure } from './database-failure.ts';
import { type DatabaseOptions, openPool } from './open-database.ts';

type WriteProbe = {
  /**
   * Resolves if PostgreSQL recently confirmed a write. One write at a time and at most one in 10 s, on a separate connection; calls in between
   * get the last result. Rejects with HISTORY_UNREACHABLE, also if a write is not confirmed within its time-out: a COMMIT waits for a
   * synchronous standby as long as that is unavailable.
   */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type WriteProbeOptions = DatabaseOptions & {
  /** Time-out for the confirmation of a write. */
  readonly confirmMs: number;
  /** Default 10 seconds. */
  readonly everyMs?: number;
  /** How long to wait for an unconfirmed write before it is cancelled in PostgreSQL. Default 1 minute. */
  readonly abandonMs?: number;
  /** Monotonic milliseconds. */
  readonly now: () => number;
};

/** Processes that probe at the same moment must not wait for each other's row; there are never more rows than this. */
const ROWS = 32;

const WRITE = `
INSERT INTO lease (name, holder, until, lease_ms) VALUES ($1, $2, 'epoch', 0) ON CONFLICT (name) DO UPDATE SET holder = excluded.holder
RETURNING pg_backend_pid() AS pid`;

/** Ends the wait for a standby once nobody waits for the result. */
const CANCEL = 'SELECT pg_cancel_backend($1)';

export const openWriteProbe = (options: WriteProbeOptions): WriteProbe => {
  const { confirmMs, everyMs = 10_000, now } = options;
  const writer = openWriter(options);
  let running: Running | undefined;
  let last: { readonly at: number; readonly error: unknown } | undefined;

  const begin = (): Running => {
    const since = now();
    let phase: Phase = 'writing';
    const committing = () => {
      phase = 'committing';
    };
    const ended = writer.write(committing).then(
      () => undefined,
      (error: unknown) => asHistoryFailure(error),
    );
    const recorded = ended.then((error) => {
      last = { at: since, error };
      running = undefined;
    });
    return { since, ended: recorded, phase: () => phase };
  };

  const check = async (): Promise<void> => {
    if (running === undefined && (last === undefined || now() - last.at >= everyMs)) running = begin();
    const awaited = running;
    if (awaited !== undefined)
      await withTimeLimit(sleep, Math.max(0, awaited.since + confirmMs - now()), awaited.ended, () => undefined);
    if (awaited !== undefined && running === awaited) throw tooLate[awaited.phase()](now() - awaited.since);
    if (last?.error !== undefined) throw last.error;
  };
  return { check, close: writer.close };
};

/** Until its COMMIT is sent, a write waits for a connection, a lock or a disk; after that for its confirmation. */
type Phase = 'writing' | 'committing';

type Running = { readonly since: number; readonly ended: Promise<void>; readonly phase: () => Phase };

const notConfirmed = (ms: number) =>
  fail(
    'HISTORY_UNREACHABLE',
    `PostgreSQL took a write and has not confirmed it for ${Math.round(ms / 1_000)} s: requests would not be answered. Look for a synchronous standby that is gone (synchronous_standby_names), or a disk that is full or stands still.`,
    { cause: 'NOT_CONFIRMED' },
  );

const notTaken = (ms: number) =>
  fail(
    'HISTORY_UNREACHABLE',
    `PostgreSQL has not taken a write for ${Math.round(ms / 1_000)} s. Check for locks, a pooler without free connections, a slow disk.`,
    { cause: 'NO_ANSWER' },
  );

const tooLate: Readonly<Record<Phase, typeof notTaken>> = { writing: notTaken, committing: notConfirmed };

type Writer = { readonly write: (committing: () => void) => Promise<void>; readonly close: () => Promise<void> };

const openWriter = ({ confirmMs, abandonMs = 60_000, ...options }: WriteProbeOptions): Writer => {
  // one writes, the other cancels
  const pool = openPool({
    ...options,
    poolSize: 2,
    queryTimeoutMs: abandonMs + 2 * confirmMs,
    statementTimeoutMs: confirmMs,
  });
  const row = `write-probe-${Math.floor(Math.random() * ROWS)}`;
  let writing: pg.PoolClient | undefined;

  const write: Writer['write'] = async (committing) => {
    const client = await pool.connect();
    writing = client;
    let failed = true;
    try {
      await client.query(`BEGIN; SET LOCAL statement_timeout = ${confirmMs}`);
      const { rows } = await client.query<{ pid: number }>(WRITE, [row, 'readiness']);
      committing();
      await commit(client, rows[0]?.pid ?? 0);
      failed = false;
    } finally {
      writing = undefined;
      client.release(failed);
    }
  };

  /** Sent separately, so that the waiting PostgreSQL process is known, and no statement time-out applies. */
  const commit = async (client: pg.PoolClient, pid: number): Promise<void> => {
    let abandoned = false;
    const timer = setTimeout(() => {
      abandoned = true;
      pool.query({ text: CANCEL, values: [pid] }).catch(() => undefined); // the time-out of the COMMIT also ends it
    }, abandonMs).unref();
    try {
      await client.query('COMMIT');
    } finally {
      clearTimeout(timer);
    }
    // a cancelled wait returns as if the standby had confirmed
    if (abandoned) throw notConfirmed(abandonMs);
  };

  const close = async (): Promise<void> => {
    // pg types `end` for connections outside a pool only
    await (writing as unknown as pg.Client | undefined)?.end();
    await pool.end();
  };
  return { write, close };
};
