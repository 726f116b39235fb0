import type { EventHistory } from '@tandem/history/ports/events.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { every } from '@tandem/runtime/process/every.ts';
import type { Failure } from '@tandem/shared/domain/failure/failure.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import { networkOf } from '@tandem/shared/domain/identity/network-of.ts';
import type { RequestContext } from '../http/route.ts';

export type DeniedRequests = {
  /** Counts it; `route` is its path in the table, without ids. */
  readonly note: (failure: Failure, context: Pick<RequestContext, 'actor' | 'requestId'>, route: string) => void;
  /** Writes what was counted since the last minute. */
  readonly close: () => Promise<void>;
};

export type DeniedRequestsOptions = {
  readonly history: Pick<EventHistory, 'appendEvents'>;
  /** Counts each of them in the metrics, too. */
  readonly onDenied: (code: string) => void;
  readonly log: Logger;
  readonly now: () => Date;
};

type Denied = Parameters<EventHistory['appendEvents']>[0][number];

/** What was denied to one actor for one reason since the last write. */
type Denial = {
  readonly actor: Actor;
  readonly code: string;
  readonly firstAt: string;
  lastAt: string;
  count: number;
  /** The request that the event names. */
  readonly requestId: string;
  readonly routes: Set<string>;
};

const WRITE_EVERY_MS = 60_000;
/** Whoever can send from many addresses must not fill the memory or the history: those beyond it share one event for each reason. */
const MAX_DENIALS = 500;
const MAX_ROUTES = 5;
const ELSEWHERE: Actor = { kind: 'anonymous', address: 'other addresses' };

/** One event a minute for each address (of IPv6, network), actor and reason. While PostgreSQL is away they go on counting, and are written when it is back. */
export const deniedRequests = ({ history, onDenied, log, now }: DeniedRequestsOptions): DeniedRequests => {
  const denials = new Map<string, Denial>();
  let writing: Promise<void> = Promise.resolve();

  const note: DeniedRequests['note'] = ({ code }, { actor, requestId }, route) => {
    onDenied(code);
    const at = now().toISOString();
    const own = keyOf(actor, code);
    const isFull = denials.size >= MAX_DENIALS && !denials.has(own);
    const [counted, key] = isFull ? [ELSEWHERE, keyOf(ELSEWHERE, code)] : [actor, own];
    const denial = denials.get(key) ?? {
      ...{ actor: counted, code, requestId, firstAt: at, lastAt: at, count: 0, routes: new Set<string>() },
    };
    denial.count += 1;
    denial.lastAt = at;
    if (denial.routes.size < MAX_ROUTES) denial.routes.add(route);
    denials.set(key, denial);
  };
  const write = async (): Promise<void> => {
    const [keys, events] = [[...denials.keys()], [...denials.values()].map(eventOf)];
    if (events.length === 0) return;
    const written = [...denials.values()];
    denials.clear();
    await history.appendEvents(events).catch((error: unknown) => {
      log.warn({ err: error, waiting: written.length }, 'denied requests not recorded; will retry');
      for (const [nth, key] of keys.entries()) putBack(denials, key, written[nth]);
    });
  };
  const writeInTurn = (): Promise<void> => {
    writing = writing.then(write);
    return writing;
  };
  const stop = every(WRITE_EVERY_MS, () => void writeInTurn());
  return {
    note,
    close: () => {
      stop();
      return writeInTurn();
    },
  };
};

const keyOf = (actor: Actor, code: string): string =>
  JSON.stringify([
    code,
    actor.kind,
    'id' in actor ? actor.id : 'name' in actor ? actor.name : '',
    'address' in actor ? networkOf(actor.address) : '',
  ]);

const putBack = (denials: Map<string, Denial>, key: string, earlier: Denial | undefined): void => {
  if (earlier === undefined) return;
  const isFull = denials.size >= MAX_DENIALS && !denials.has(key);
  const [actor, into] = isFull ? [ELSEWHERE, keyOf(ELSEWHERE, earlier.code)] : [earlier.actor, key];
  const later = denials.get(into);
  const count = earlier.count + (later?.count ?? 0);
  denials.set(into, { ...earlier, actor, count, lastAt: later?.lastAt ?? earlier.lastAt });
};

const eventOf = ({ actor, code, firstAt, lastAt, count, requestId, routes }: Denial): Denied => ({
  kind: 'access.denied',
  ...{ actor, source: 'api' as const, requestId, backupId: undefined },
  reason: `${code}: ${count} ${count === 1 ? 'request' : 'requests'} within a minute`,
  after: { code, count, firstAt, lastAt, routes: [...routes] },
});
