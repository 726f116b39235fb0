import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyHistory } from '@tandem/history/ports/keys.ts';

type Options = {
  readonly history: Pick<KeyHistory, 'releaseKey'>;
  /** Aborted when the process stops; the remaining keys then expire. */
  readonly stopping: AbortSignal;
  /** Interval between attempts. Default: 5 seconds. */
  readonly everyMs?: number;
};

/** Keys beyond this many are left to expire. */
const MAX_KEYS = 10_000;

/**
 * Keys of requests that PostgreSQL did not confirm. Each is released once PostgreSQL responds; the key of an accepted request stays, since
 * its response is stored by then. Works on one key at a time, so that it uses a single connection of the pool.
 */
export const keysInDoubt = ({ history, stopping, everyMs = 5_000 }: Options): ((key: string) => void) => {
  const keys = new Set<string>();
  let releasing = false;

  const releaseAll = async (): Promise<void> => {
    for (const key of keys) {
      while (!stopping.aborted && !(await isReleased(key))) await pause();
      keys.delete(key);
    }
  };
  const isReleased = (key: string): Promise<boolean> =>
    history.releaseKey(key).then(
      () => true,
      () => false,
    );
  // the wait ends with the process
  const pause = () => sleep(everyMs, undefined, { ref: false, signal: stopping }).catch(() => undefined);

  return (key) => {
    if (keys.size >= MAX_KEYS) return;
    keys.add(key);
    if (releasing) return;
    releasing = true;
    void releaseAll().finally(() => {
      releasing = false;
    });
  };
};
