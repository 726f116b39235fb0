import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyHistory } from '@tandem/history/ports/keys.ts';

type Options = {
  readonly history: Pick<KeyHistory, 'releaseKey'>;
  /** Aborted when the process stops: then keys are abandoned after their time. */
  readonly stopping: AbortSignal;
  /** Between two tries. Default 5 seconds. */
  readonly everyMs?: number;
};

/** More at once are left to be abandoned after their time. */
const MOST = 10_000;

/**
 * Keys of requests that PostgreSQL did not confirm. Each is released when it answers: a request that was accepted has kept its answer by then, and
 * its key stays. One at a time, so that they hold one connection of the pool and no more.
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
    if (keys.size >= MOST) return;
    keys.add(key);
    if (releasing) return;
    releasing = true;
    void releaseAll().finally(() => {
      releasing = false;
    });
  };
};
