import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Sleep } from '@tandem/shared/domain/time-limit.ts';

export type KeyPresenceOptions = {
  /** Whether a key was ever created. HISTORY_UNREACHABLE. */
  readonly hasKeys: () => Promise<boolean>;
  readonly everyMs: number;
  readonly sleep: Sleep;
  readonly onError: (error: unknown) => void;
};

export type KeyPresence = {
  /** What was found last; undefined: nothing yet. Once there was a key there is one until the process ends. */
  readonly known: () => boolean | undefined;
  /** Asks now; resolves to what is known then. Never rejects. */
  readonly ask: () => Promise<boolean | undefined>;
  /** Asks again and again until there is a key, so that no request waits for the answer. */
  readonly watch: () => void;
  readonly stop: () => void;
};

/**
 * Whether there is a key, which decides whether callers must authenticate. While PostgreSQL does not respond the last answer stands: a key
 * cannot be created through this process then. That the last key expires or is revoked never opens the API again.
 */
export const keyPresence = ({ hasKeys, everyMs, sleep, onError }: KeyPresenceOptions): KeyPresence => {
  let known: boolean | undefined;
  let asking: Promise<boolean | undefined> | undefined;
  let stopped = false;
  const once = async (): Promise<boolean | undefined> => {
    try {
      known = (await hasKeys()) || known === true;
    } catch (error) {
      if (!isFailure(error, 'HISTORY_UNREACHABLE')) onError(error);
    } finally {
      asking = undefined;
    }
    return known;
  };
  const ask = (): Promise<boolean | undefined> => {
    asking ??= once();
    return asking;
  };
  const repeat = async (): Promise<void> => {
    while (!stopped && known !== true) {
      await sleep(everyMs);
      if (!stopped) await ask();
    }
  };
  return {
    known: () => known,
    ask,
    watch: () => void repeat(),
    stop: () => {
      stopped = true;
    },
  };
};
