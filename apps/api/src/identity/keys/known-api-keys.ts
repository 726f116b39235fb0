import type { ApiKeyHistory, LiveApiKey } from '@tandem/history/ports/api-keys.ts';
import type { Sleep } from '@tandem/shared/domain/time-limit.ts';

type Options = {
  readonly history: Pick<ApiKeyHistory, 'liveApiKeys'>;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly sleep: Sleep;
};

export type KnownApiKeys = {
  /**
   * The live keys as they were at most 5 s ago, by id. Rejects as the history does if they cannot be read, while those that were read are
   * older.
   */
  readonly current: () => Promise<ApiKeysSeen>;
  /** As they were after the call, for a key that `current` does not have. However often it is called, the history is asked twice a second. */
  readonly fresh: () => Promise<ApiKeysSeen>;
  /** What was read no longer counts: this process changed a key. */
  readonly forget: () => void;
};

export type ApiKeysSeen = {
  /** The live key with that id. */
  readonly find: (id: string) => LiveApiKey | undefined;
  /** Whether a key was created or adopted at some time. */
  readonly any: boolean;
};

/** Older ones are not used: a revoked key ends within this time, also while the history is unreachable. */
const MAX_AGE_MS = 5_000;
/** Older ones are read again, while they are used. */
const RENEW_MS = 2_000;
const SPACED_MS = 500;

/**
 * All live keys, read together: a key that does not exist costs no lookup of its own, so that made-up keys neither burden the database nor fill a
 * cache.
 */
export const knownApiKeys = ({ history, now, sleep }: Options): KnownApiKeys => {
  let seen: (ApiKeysSeen & { readonly at: number }) | undefined;
  let reading: Promise<ApiKeysSeen> | undefined;
  let next: Promise<ApiKeysSeen> | undefined;
  let lastBegan = Number.NEGATIVE_INFINITY;

  const read = (): Promise<ApiKeysSeen> => {
    const at = now();
    lastBegan = at;
    const begun = history.liveApiKeys().then((found) => {
      const keys = { ...asSeen(found, at, now), at };
      if (reading === begun) seen = keys;
      return keys;
    });
    const done = () => {
      if (reading === begun) reading = undefined;
    };
    begun.then(done, done);
    reading = begun;
    return begun;
  };

  const current = async () => {
    const age = seen === undefined ? Number.POSITIVE_INFINITY : now() - seen.at;
    if (seen === undefined || age > MAX_AGE_MS) return reading ?? read();
    // a failure is reported once what was read is too old
    if (age > RENEW_MS && reading === undefined) read().catch(() => undefined);
    return seen;
  };

  const begin = async () => {
    await reading?.catch(() => undefined);
    const wait = lastBegan + SPACED_MS - now();
    if (wait > 0) await sleep(wait);
    next = undefined;
    return read();
  };
  const fresh = () => {
    next ??= begin();
    return next;
  };

  const forget = () => {
    seen = undefined;
    reading = undefined;
  };

  return { current, fresh, forget };
};

type LiveApiKeys = Awaited<ReturnType<ApiKeyHistory['liveApiKeys']>>;

const asSeen = ({ any, live }: LiveApiKeys, at: number, now: () => number): ApiKeysSeen => {
  const byId = new Map(live.map((key) => [key.id, key]));
  const hasEnded = ({ endsInMs }: LiveApiKey) => endsInMs !== undefined && now() >= at + endsInMs;
  const find = (id: string) => {
    const key = byId.get(id);
    return key === undefined || hasEnded(key) ? undefined : key;
  };
  return { find, any };
};
