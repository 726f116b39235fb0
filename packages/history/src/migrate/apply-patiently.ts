import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { sqlState } from '../postgres/connection/database-failure.ts';
import { applyMigrations } from './apply-migrations.ts';
import { whoBlocks } from './lock-holders.ts';
import type { Migration } from './migration-folder.ts';
import { forgetInterrupted } from './migration-ledger.ts';

const LOCK_NOT_AVAILABLE = '55P03';

/** The application name of the applying connection; the watching connection has another. */
const APPLICATION = 'tandem-migration';

export type Patience = {
  /** How long one statement waits for a lock; other statements wait behind it meanwhile. */
  readonly tryMs: number;
  /** Pause between two tries. */
  readonly pauseMs: number;
  /** Max time for all tries. */
  readonly withinMs: number;
};

/** Polls during a try, because afterwards it is unknown who held the lock. */
const LOOKS = 4;

/**
 * Applies pending migrations. A statement waits only briefly for a lock, since requests for the table queue up behind it; it then lets them
 * pass and is retried, until the time for all tries is over. `ledger`: a separate connection. Rejects with the error of PostgreSQL; for a lock,
 * with its holder.
 */
export const applyPatiently = async (
  connection: pg.ClientConfig,
  migrations: readonly Migration[],
  ledger: pg.Client,
  { tryMs, pauseMs, withinMs }: Patience,
  log: (line: string) => void,
): Promise<void> => {
  const began = performance.now();
  const patient = { ...connection, application_name: APPLICATION, lock_timeout: tryMs };
  for (;;) {
    const stop = watch(() => whoBlocks(ledger, APPLICATION), tryMs / LOOKS);
    const error = await applyMigrations(patient, migrations, ledger).then(() => undefined, asError);
    const holders = (await stop()) ?? 'a process that has ended since';
    if (error === undefined) return;
    if (sqlState(error.cause) !== LOCK_NOT_AVAILABLE) throw error;
    if (performance.now() - began > withinMs) throw locked(holders, withinMs, error);
    log(`lock held by ${holders}; letting requests pass, next try in ${pauseMs} ms`);
    // its script was one transaction, which left only its row
    await forgetInterrupted(ledger);
    await sleep(pauseMs);
  }
};

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const locked = (holders: string, withinMs: number, cause: Error): Error =>
  new Error(
    `Could not get a lock for ${Math.round(withinMs / 1_000)} s: it is held by ${holders}. Wait until that ends, or end it (SELECT pg_terminate_backend(<process>)), then run the migration again.`,
    { cause },
  );

/** Polls repeatedly; stopping it returns the last result. */
const watch = (look: () => Promise<string | undefined>, everyMs: number): (() => Promise<string | undefined>) => {
  const stopped = new AbortController();
  let last: string | undefined;
  const looking = (async () => {
    while (!stopped.signal.aborted) {
      last = (await look().catch(() => undefined)) ?? last;
      await sleep(everyMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();
  return async () => {
    stopped.abort();
    await looking;
    return last;
  };
};
