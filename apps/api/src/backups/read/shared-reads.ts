import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { withTimeLimit } from '@tandem/shared/domain/time-limit.ts';
import type { RequestContext } from '../../http/route.ts';

type Read<Value, Context> = (backupId: string, context: Context) => Promise<Value>;

/** Max wait for a running read before the next one starts. */
const TURN_MS = 250;

/**
 * Coalesces concurrent reads of a backup: one read runs at a time, and all callers that arrive meanwhile share the next one, so that no
 * caller gets a result that was read before its call. The shared read uses the context of its first caller.
 */
export const sharedReads = <Value, Context = RequestContext>(read: Read<Value, Context>): Read<Value, Context> => {
  const running = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<Value>>();

  const begin = async (backupId: string, context: Context): Promise<Value> => {
    const before = running.get(backupId);
    await (before === undefined ? nextTurn() : withTimeLimit(sleep, TURN_MS, before, () => undefined));
    next.delete(backupId);
    const reading = read(backupId, context);
    const ended = reading.then(
      () => undefined,
      () => undefined,
    );
    running.set(backupId, ended);
    try {
      return await reading;
    } finally {
      if (running.get(backupId) === ended) running.delete(backupId);
    }
  };

  return (backupId, context) => {
    const shared = next.get(backupId) ?? begin(backupId, context);
    next.set(backupId, shared);
    return shared;
  };
};
