import type { EventHistory } from '@tandem/history/ports/events.ts';
import type { ChangeFeed } from '@tandem/queue/port.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { problemLog } from '@tandem/runtime/logging/problem-log.ts';

export type Revision = { readonly lastEventId: string; readonly ended: boolean };

type Bounds = {
  readonly withinMs: number;
  readonly signal: AbortSignal;
  /**
   * Records the progress of a set that another process takes and that no worker of ours would record. Called periodically while callers
   * wait for the backup, once for all of them.
   */
  readonly refresh?: () => Promise<unknown>;
};

export type ChangeHub = {
  /**
   * Resolves with the revision of a backup once `isEnough` accepts it, or with the latest one seen on time-out or abort. Undefined: the id
   * is unknown. PostgreSQL is queried once for all waiting callers, after each change and periodically.
   */
  readonly until: (
    backupId: string,
    isEnough: (revision: Revision) => boolean,
    bounds: Bounds,
  ) => Promise<Revision | undefined>;
  readonly close: () => void;
};

type Waiter = { readonly notify: (revision: Revision | undefined) => void; readonly refresh: Bounds['refresh'] };

export type ChangeHubOptions = {
  readonly history: Pick<EventHistory, 'revisionsOf'>;
  readonly feed: ChangeFeed;
  readonly log: Logger;
  /** How often PostgreSQL is queried without a notification, to make up for lost ones. */
  readonly everyMs: number;
};

/** Max ids per statement. */
const AT_ONCE = 1_000;

export const changeHub = ({ history, feed, log, everyMs }: ChangeHubOptions): ChangeHub => {
  const waiting = new Map<string, Set<Waiter>>();
  const changed = new Set<string>();
  const refreshing = new Set<string>();
  let querying = false;
  const problems = problemLog(log);

  const notify = (ids: readonly string[], found: ReadonlyMap<string, Revision>): void => {
    for (const id of ids) for (const waiter of waiting.get(id) ?? []) waiter.notify(found.get(id));
  };

  /** Runs one statement at a time; the next one reads what changes meanwhile. */
  const query = async (): Promise<void> => {
    if (querying) return;
    querying = true;
    try {
      while (changed.size > 0) {
        const ids = [...changed].slice(0, AT_ONCE);
        for (const id of ids) changed.delete(id);
        const revisions = await history.revisionsOf(ids);
        problems.over('query');
        notify(ids, new Map(revisions.map(({ backupId, ...revision }) => [backupId, revision])));
      }
    } catch (error) {
      problems.met('query', { err: error }, 'revisions not read; waiting callers are notified later');
    } finally {
      querying = false;
    }
  };

  const enqueue = (ids: Iterable<string>): void => {
    for (const id of ids) if (waiting.has(id)) changed.add(id);
    if (changed.size > 0) void query();
  };

  /** Separate from the statement for all ids: a slow engine must not delay the other callers. */
  const refreshOne = async (id: string, refresh: NonNullable<Bounds['refresh']>): Promise<void> => {
    if (refreshing.has(id)) return;
    refreshing.add(id);
    try {
      await refresh();
      problems.over(`refresh ${id}`);
      enqueue([id]);
    } catch (error) {
      problems.met(
        `refresh ${id}`,
        { err: error, backupId: id },
        'a backup with waiting callers could not be refreshed',
      );
    } finally {
      refreshing.delete(id);
    }
  };

  const slowPoll = (): void => {
    enqueue(waiting.keys());
    for (const [id, waiters] of waiting) {
      const refresh = [...waiters].find((waiter) => waiter.refresh !== undefined)?.refresh;
      if (refresh !== undefined) void refreshOne(id, refresh);
    }
  };

  const unsubscribe = feed.listen(enqueue);
  const timer = setInterval(slowPoll, everyMs).unref();

  const until: ChangeHub['until'] = (backupId, isEnough, { withinMs, signal, refresh }) =>
    new Promise((resolve) => {
      let latest: Revision | undefined;
      const end = (): void => {
        clearTimeout(timeUp);
        signal.removeEventListener('abort', end);
        const waiters = waiting.get(backupId);
        waiters?.delete(waiter);
        if (waiters?.size === 0) waiting.delete(backupId);
        resolve(latest);
      };
      const waiter: Waiter = {
        refresh,
        notify: (revision) => {
          latest = revision;
          if (revision !== undefined && isEnough(revision)) end();
        },
      };
      waiting.set(backupId, (waiting.get(backupId) ?? new Set()).add(waiter));
      const timeUp = setTimeout(end, withinMs);
      signal.addEventListener('abort', end);
      if (signal.aborted) end();
      else enqueue([backupId]);
    });

  const close = () => {
    unsubscribe();
    clearInterval(timer);
  };
  return { until, close };
};
