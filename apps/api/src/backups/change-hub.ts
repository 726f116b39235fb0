import type { EventHistory } from '@tandem/history/ports/events.ts';
import type { ChangeFeed } from '@tandem/queue/port.ts';
import type { Logger } from '@tandem/runtime/logger.ts';
import { problemLog } from '@tandem/runtime/problem-log.ts';

export type Revision = { readonly lastEventId: string; readonly ended: boolean };

type Bounds = {
  readonly withinMs: number;
  readonly signal: AbortSignal;
  /**
   * Takes into the history what nobody here would write: how a set is doing that somebody else makes. Called now and then while the
   * backup is waited for, once for all who wait for it.
   */
  readonly look?: () => Promise<unknown>;
};

export type ChangeHub = {
  /**
   * Resolves with the revision of a backup once `isEnough` says so, or with the latest one seen when the time is up or the signal is
   * aborted. Undefined: nothing is known of that id. However many wait, PostgreSQL is asked once for all of them after a change, and now and then.
   */
  readonly until: (
    backupId: string,
    isEnough: (revision: Revision) => boolean,
    bounds: Bounds,
  ) => Promise<Revision | undefined>;
  readonly close: () => void;
};

type Waiter = { readonly tell: (revision: Revision | undefined) => void; readonly look: Bounds['look'] };

export type ChangeHubOptions = {
  readonly history: Pick<EventHistory, 'revisionsOf'>;
  readonly feed: ChangeFeed;
  readonly log: Logger;
  /** How often PostgreSQL is asked although nothing was heard: what makes up for a lost hint. */
  readonly everyMs: number;
};

/** Ids that one statement asks for. */
const AT_ONCE = 1_000;

export const changeHub = ({ history, feed, log, everyMs }: ChangeHubOptions): ChangeHub => {
  const waiting = new Map<string, Set<Waiter>>();
  const changed = new Set<string>();
  const looking = new Set<string>();
  let asking = false;
  const problems = problemLog(log);

  const tell = (ids: readonly string[], found: ReadonlyMap<string, Revision>): void => {
    for (const id of ids) for (const waiter of waiting.get(id) ?? []) waiter.tell(found.get(id));
  };

  /** One statement at a time; what changes meanwhile is asked for by the next. */
  const ask = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    try {
      while (changed.size > 0) {
        const ids = [...changed].slice(0, AT_ONCE);
        for (const id of ids) changed.delete(id);
        const revisions = await history.revisionsOf(ids);
        problems.over('ask');
        tell(ids, new Map(revisions.map(({ backupId, ...revision }) => [backupId, revision])));
      }
    } catch (error) {
      problems.met('ask', { err: error }, 'those who wait for a backup are told later');
    } finally {
      asking = false;
    }
  };

  const lookAt = (ids: Iterable<string>): void => {
    for (const id of ids) if (waiting.has(id)) changed.add(id);
    if (changed.size > 0) void ask();
  };

  /** Apart from the statement that asks for all: an engine that is slow to answer must not hold the others up. */
  const lookOutside = async (id: string, look: NonNullable<Bounds['look']>): Promise<void> => {
    if (looking.has(id)) return;
    looking.add(id);
    try {
      await look();
      problems.over(`look ${id}`);
      lookAt([id]);
    } catch (error) {
      problems.met(`look ${id}`, { err: error, backupId: id }, 'a backup that is waited for could not be looked at');
    } finally {
      looking.delete(id);
    }
  };

  const slowPoll = (): void => {
    lookAt(waiting.keys());
    for (const [id, waiters] of waiting) {
      const look = [...waiters].find((waiter) => waiter.look !== undefined)?.look;
      if (look !== undefined) void lookOutside(id, look);
    }
  };

  const deaf = feed.listen(lookAt);
  const timer = setInterval(slowPoll, everyMs).unref();

  const until: ChangeHub['until'] = (backupId, isEnough, { withinMs, signal, look }) =>
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
        look,
        tell: (revision) => {
          latest = revision;
          if (revision !== undefined && isEnough(revision)) end();
        },
      };
      waiting.set(backupId, (waiting.get(backupId) ?? new Set()).add(waiter));
      const timeUp = setTimeout(end, withinMs);
      signal.addEventListener('abort', end);
      if (signal.aborted) end();
      else lookAt([backupId]);
    });

  const close = () => {
    deaf();
    clearInterval(timer);
  };
  return { until, close };
};
