import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export type BenchSealer = {
  /** Seals all that there is; answers how many events that were. */
  readonly run: () => Promise<number>;
  readonly close: () => Promise<void>;
};

/** Beside the clients, as in production: what it computes is not taken from their thread. */
export const benchSealer = (databaseUrl: string): BenchSealer => {
  const thread = new Worker(new URL('./sealer-thread.ts', import.meta.url), { workerData: databaseUrl });
  return {
    run: async () => {
      const answered = once(thread, 'message');
      thread.postMessage('seal');
      const [count] = await answered;
      return Number(count);
    },
    close: async () => {
      const ended = once(thread, 'exit');
      thread.postMessage('end');
      await ended;
    },
  };
};
