import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export type BenchSealer = {
  /** Seals all pending events; returns their number. */
  readonly run: () => Promise<number>;
  readonly close: () => Promise<void>;
};

/** In another thread than the clients, as in production: it does not slow them down. */
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
