import { randomUUID } from 'node:crypto';
import { asHistoryFailure } from '../connection/database-failure.ts';
import { type DatabaseOptions, openPool } from '../connection/open-database.ts';
import { send } from '../connection/statement-pool.ts';
import { asSearchFailure } from '../searching.ts';

/** Statements whose results are streamed, and that are cancelled when they are no longer needed. */
export interface Exports {
  /** A statement that returns one row. */
  ask<Row>(statement: string, parameters: readonly unknown[], signal: AbortSignal): Promise<Row | undefined>;
  close(): Promise<void>;
}

// A pooler may have assigned the process to another client by now, whose statement does not begin with this mark.
const CANCEL = `
SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND state = 'active' AND starts_with(query, $2)`;

/** Uses pg directly: a page is megabytes of text, and its statement can be cancelled. */
export const openExports = (options: DatabaseOptions): Exports => {
  const pool = openPool({ ...options, applicationName: 'tandem-export' });
  // a separate connection, since those of the pool may be busy with what is to be cancelled
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
        cancelled = canceller.query(CANCEL, [process, mark]).catch(() => undefined); // its time-out also ends it
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
        // a late cancellation must not hit the next user of the connection
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
