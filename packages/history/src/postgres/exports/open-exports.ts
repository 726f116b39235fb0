import { randomUUID } from 'node:crypto';
import { asHistoryFailure } from '../connection/database-failure.ts';
import { type DatabaseOptions, openPool } from '../connection/open-database.ts';
import { send } from '../connection/statement-pool.ts';
import { asSearchFailure } from '../searching.ts';

/** Statements whose answers are passed on as they come, and that end when nobody wants them any more. */
export interface Exports {
  /** One statement that answers one row. */
  ask<Row>(statement: string, parameters: readonly unknown[], signal: AbortSignal): Promise<Row | undefined>;
  close(): Promise<void>;
}

// A pooler may have given the process to another client by now, whose statement begins with no such mark.
const CANCEL = `
SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND state = 'active' AND starts_with(query, $2)`;

/** Straight to PostgreSQL's client: a page is megabytes of text, and its statement can be cancelled. */
export const openExports = (options: DatabaseOptions): Exports => {
  const pool = openPool({ ...options, applicationName: 'tandem-export' });
  // of its own, so that what is to be ended need not be waited for
  const canceller = openPool({ ...options, applicationName: 'tandem-export', poolSize: 1 });
  return {
    ask: async <Row>(statement: string, parameters: readonly unknown[], signal: AbortSignal) => {
      signal.throwIfAborted();
      const client = await pool.connect().catch(rethrow);
      const mark = `/* ${randomUUID()} */`;
      let process: number | undefined;
      let cancelled: Promise<unknown> | undefined;
      const cancel = () => {
        if (process === undefined) return;
        cancelled = canceller.query(CANCEL, [process, mark]).catch(() => undefined); // its time ends it too
      };
      const begun = (pid: number) => {
        process = pid;
        if (signal.aborted) cancel();
      };
      signal.addEventListener('abort', cancel);
      let failed = true;
      try {
        const { rows } = await send(client, { text: `${mark} ${statement}`, values: [...parameters] }, begun);
        failed = false;
        signal.throwIfAborted();
        return rows[0] as Row | undefined;
      } catch (error) {
        signal.throwIfAborted();
        throw asSearchFailure(asHistoryFailure(error));
      } finally {
        signal.removeEventListener('abort', cancel);
        await cancelled;
        // a cancellation may come late: not to whoever has the connection next
        client.release(failed || cancelled !== undefined);
      }
    },
    close: async () => {
      await Promise.all([pool.end(), canceller.end()]);
    },
  };
};

const rethrow = (error: unknown): never => {
  throw asHistoryFailure(error);
};
