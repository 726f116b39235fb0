import type { Logger } from '@tandem/runtime/logging/logger.ts';

export type AfterAnswer = {
  /** Runs a task that no response waits for; logs its failure. */
  readonly run: (what: string, task: () => Promise<unknown>) => void;
  /** Collects items and delivers them in order, in batches of up to `limit`. Items beyond `max` waiting ones are dropped. */
  readonly batched: <Item>(
    what: string,
    limits: BatchLimits,
    deliver: (items: readonly Item[]) => Promise<unknown>,
  ) => (item: Item) => void;
  /** Resolves when every started task has ended. */
  readonly drained: () => Promise<void>;
};

export type BatchLimits = { readonly limit: number; readonly max: number };

/** Work that follows a response: queueing, recording refused requests and discovered sets. It never delays a request. */
export const afterAnswer = (log: Logger): AfterAnswer => {
  const running = new Set<Promise<void>>();

  const run: AfterAnswer['run'] = (what, task) => {
    const done = task().then(
      () => undefined,
      (error: unknown) => log.warn({ err: error, what }, 'work after a response failed'),
    );
    const tracked = done.finally(() => running.delete(tracked));
    running.add(tracked);
  };

  const batched: AfterAnswer['batched'] = (what, { limit, max }, deliver) => {
    type Item = Parameters<typeof deliver>[0][number];
    const waiting: Item[] = [];
    let delivering = false;
    const deliverAll = async () => {
      while (waiting.length > 0) {
        const items = waiting.splice(0, limit);
        await deliver(items).catch((error: unknown) =>
          log.warn({ err: error, what, lost: items.length }, 'work after a response failed'),
        );
      }
    };
    return (item) => {
      if (waiting.length >= max) return log.warn({ what }, 'too much work waiting after responses; dropped');
      waiting.push(item);
      if (delivering) return;
      delivering = true;
      // by the next turn of the event loop all requests that arrived together have been collected
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
