import type { Logger } from '@tandem/runtime/logger.ts';

export type AfterAnswer = {
  /** Runs a task that no answer waits for; its failure is a line in the log. */
  readonly run: (what: string, task: () => Promise<unknown>) => void;
  /** Collects items and hands them over in batches, `limit` at most and in order; while that fails or is slow, more than `most` are dropped. */
  readonly batched: <Item>(
    what: string,
    limits: BatchLimits,
    deliver: (items: readonly Item[]) => Promise<unknown>,
  ) => (item: Item) => void;
  /** Resolves when all that was begun has ended. */
  readonly drained: () => Promise<void>;
};

export type BatchLimits = { readonly limit: number; readonly most: number };

/** What follows an answer: queueing, refused requests, discovered sets. None of it may hold a request up. */
export const afterAnswer = (log: Logger): AfterAnswer => {
  const running = new Set<Promise<void>>();

  const run: AfterAnswer['run'] = (what, task) => {
    const done = task().then(
      () => undefined,
      (error: unknown) => log.warn({ err: error, what }, 'work after an answer failed'),
    );
    const tracked = done.finally(() => running.delete(tracked));
    running.add(tracked);
  };

  const batched: AfterAnswer['batched'] = (what, { limit, most }, deliver) => {
    type Item = Parameters<typeof deliver>[0][number];
    const waiting: Item[] = [];
    let delivering = false;
    const deliverAll = async () => {
      while (waiting.length > 0) {
        const items = waiting.splice(0, limit);
        await deliver(items).catch((error: unknown) =>
          log.warn({ err: error, what, lost: items.length }, 'work after an answer failed'),
        );
      }
    };
    return (item) => {
      if (waiting.length >= most) return log.warn({ what }, 'too much work waits after answers: dropped');
      waiting.push(item);
      if (delivering) return;
      delivering = true;
      // by the next turn of the loop the requests that came together have all been collected
      setImmediate(() =>
        run(what, () =>
          deliverAll().finally(() => {
            delivering = false;
          }),
        ),
      );
    };
  };

  const drained = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    while (running.size > 0) await Promise.all(running);
  };
  return { run, batched, drained };
};
