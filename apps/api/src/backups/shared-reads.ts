import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { RequestContext } from '../http/route.ts';

type Read<Value> = (backupId: string, context: RequestContext) => Promise<Value>;

/** Nobody waits longer than this for a read that is under way before another begins. */
const TURN_MS = 250;

/**
 * However many ask for one backup at once, one read goes on at a time, and all who ask meanwhile share the next: nobody is answered
 * what was read before they asked. It is done in the name of the first of them.
 */
export const sharedReads = <Value>(read: Read<Value>): Read<Value> => {
  const running = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<Value>>();

  const begin = async (backupId: string, context: RequestContext): Promise<Value> => {
    const before = running.get(backupId);
    await (before === undefined ? nextTurn() : Promise.race([before, pause(TURN_MS)]));
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
