import { timingSafeEqual } from 'node:crypto';
import type { ApiKeyHistory, LiveApiKey } from '@tandem/history/ports/api-keys.ts';
import { apiKeyDigest } from '@tandem/runtime/identity/new-api-key.ts';
import { apiKeyIdOf, isMeantAsApiKey } from '@tandem/shared/domain/identity/api-key.ts';
import type { AfterAnswer } from '../../backups/request/after-answer.ts';
import type { Authenticator, Caller } from '../caller.ts';
import { keysUnavailable, unauthenticated } from '../refusals.ts';
import type { ApiKeysSeen, KnownApiKeys } from './known-api-keys.ts';

type Options = {
  readonly keys: KnownApiKeys;
  readonly history: Pick<ApiKeyHistory, 'noteApiKeyUse'>;
  readonly after: AfterAnswer['run'];
  /** Monotonic milliseconds. */
  readonly now: () => number;
};

/**
 * Recognises API keys. What is no key, by its form and checksum, is refused at once. An unknown id and a wrong secret are the same from outside:
 * both are compared with a digest, and both wait until the keys were read again, since the key may have been created a moment ago.
 */
export const apiKeyAuthenticator = ({ keys, history, after, now }: Options): Authenticator => {
  const noteUse = usesNoted({ history, after, now });

  return async ({ bearer, address }) => {
    if (bearer === undefined || !isMeantAsApiKey(bearer)) return undefined;
    const id = apiKeyIdOf(bearer);
    if (id === undefined) throw unauthenticated();
    const digest = apiKeyDigest(bearer);
    const key =
      matching(await readable(keys.current()), id, digest) ?? matching(await readable(keys.fresh()), id, digest);
    if (key === undefined) throw unauthenticated();
    noteUse(id);
    return callerOf(key, address, async () => matching(await readable(keys.current()), id, digest) !== undefined);
  };
};

const readable = (reading: Promise<ApiKeysSeen>): Promise<ApiKeysSeen> =>
  reading.catch((error: unknown) => {
    throw keysUnavailable(error);
  });

const NO_DIGEST = '0'.repeat(64);

const matching = (seen: ApiKeysSeen, id: string, digest: string): LiveApiKey | undefined => {
  const key = seen.find(id);
  const same = timingSafeEqual(Buffer.from(key?.digest ?? NO_DIGEST, 'hex'), Buffer.from(digest, 'hex'));
  return same ? key : undefined;
};

const callerOf = ({ id, name, role }: LiveApiKey, address: string, stillAccepted: () => Promise<boolean>): Caller => ({
  ...{ actor: { kind: 'api-key', id, name, address }, role },
  stillAccepted,
});

const NOTED_EVERY_MS = 60_000;

/** Only of keys that exist, so that the map does not grow with what callers make up. */
const usesNoted = ({ history, after, now }: Pick<Options, 'history' | 'after' | 'now'>) => {
  const notedAt = new Map<string, number>();
  return (id: string): void => {
    const last = notedAt.get(id);
    if (last !== undefined && now() - last < NOTED_EVERY_MS) return;
    notedAt.set(id, now());
    after('record when an API key was last used', () => history.noteApiKeyUse(id));
  };
};
