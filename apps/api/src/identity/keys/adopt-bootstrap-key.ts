import type { Adoption, ApiKeyHistory, KeyCommand } from '@tandem/history/ports/api-keys.ts';
import { apiKeyDigest } from '@tandem/runtime/identity/new-api-key.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { apiKeyIdOf } from '@tandem/shared/domain/identity/api-key.ts';
import { BOOTSTRAP_NAME } from '@tandem/shared/domain/identity/api-key-name.ts';
import type { Sleep } from '@tandem/shared/domain/time-limit.ts';

type Options = {
  readonly history: Pick<ApiKeyHistory, 'adoptApiKey'>;
  /** What BOOTSTRAP_ADMIN_KEY_FILE contains: a key, as the settings have checked. */
  readonly contents: string;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly sleep: Sleep;
  /** Ends the tries. */
  readonly signal: AbortSignal;
};

const RETRY_MS = 1_000;

const by: KeyCommand = {
  ...{ actor: { kind: 'system', name: 'api' }, source: 'api', requestId: undefined },
  reason: 'BOOTSTRAP_ADMIN_KEY_FILE',
};

/** Adopts the key while no admin key is live. While PostgreSQL is away it is tried again; resolves once it is decided, or on the signal. */
export const adoptBootstrapKey = async ({ history, contents, log, sleep, signal }: Options): Promise<void> => {
  const key = contents.trim();
  const id = apiKeyIdOf(key);
  if (id === undefined) throw new Error('BOOTSTRAP_ADMIN_KEY_FILE contains no key.');
  const material = { id, digest: apiKeyDigest(key), name: BOOTSTRAP_NAME };
  for (let tries = 0; !signal.aborted; tries += 1) {
    try {
      return report(log, id, await history.adoptApiKey(material, by));
    } catch (error) {
      if (tries === 0) log.warn({ keyId: id, err: error }, 'bootstrap key not adopted; will retry');
    }
    await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
  }
};

const WORDS = {
  adopted: ['info', 'adopted the bootstrap key as an admin key'],
  'adopted-before': ['info', 'ignored the bootstrap key: it is an admin key already'],
  'not-needed': ['info', 'ignored the bootstrap key: there is an admin key'],
  ended: ['warn', 'ignored the bootstrap key: it was revoked or replaced; generate another one'],
  'name-taken': ['warn', `ignored the bootstrap key: a key without the role admin is called ${BOOTSTRAP_NAME}`],
} as const satisfies Readonly<Record<Adoption, readonly ['info' | 'warn', string]>>;

const report = (log: Options['log'], keyId: string, adoption: Adoption): void => {
  const [level, words] = WORDS[adoption];
  log[level]({ keyId }, words);
};
