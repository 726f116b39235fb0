import type { ApiKeyHistory } from '@tandem/history/ports/api-keys.ts';
import type { EventHistory } from '@tandem/history/ports/events.ts';
import type { SharedCounts } from '@tandem/queue/counts-port.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { Settings } from '@tandem/runtime/settings/settings-catalogue.ts';
import type { Failure } from '@tandem/shared/domain/failure/failure.ts';
import { type Sleep, withTimeLimit } from '@tandem/shared/domain/time-limit.ts';
import type { AfterAnswer } from '../backups/request/after-answer.ts';
import type { RequestContext } from '../http/route.ts';
import type { BrowserSessions } from '../ui/browser-sessions.ts';
import { access } from './access.ts';
import { authenticate } from './authenticate.ts';
import type { Authenticator } from './caller.ts';
import { certificateAuthenticator } from './certificate-authenticator.ts';
import { deniedRequests } from './denied-requests.ts';
import { dependsOnKeys, exposures, type Port } from './exposures.ts';
import { createGate, type Gate } from './gate.ts';
import { keyPresence } from './key-presence.ts';
import { adoptBootstrapKey } from './keys/adopt-bootstrap-key.ts';
import { apiKeyAuthenticator } from './keys/api-key-authenticator.ts';
import { knownApiKeys } from './keys/known-api-keys.ts';
import { requestLimits } from './limits/request-limits.ts';
import { openOidc } from './oidc/oidc.ts';
import { openLogins } from './session/logins.ts';
import { startRefusal, startWarning } from './start-safety.ts';

export type IdentityParts = {
  readonly settings: Settings;
  readonly log: Logger;
  readonly history: Pick<ApiKeyHistory, 'liveApiKeys' | 'noteApiKeyUse' | 'adoptApiKey'> &
    Pick<EventHistory, 'appendEvents'>;
  /** Counts each denied request. */
  readonly onDenied: (code: string) => void;
  readonly after: AfterAnswer['run'];
  /** What all replicas count. */
  readonly counts: SharedCounts;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly sleep: Sleep;
};

export type Identity = {
  readonly gates: Readonly<Record<Port, Gate>>;
  readonly browserSessions: BrowserSessions;
  /** Called for every request that its caller may not send. */
  readonly onDenied: (failure: Failure, context: RequestContext, route: string) => void;
  /** Call this after this process changed a key. */
  readonly onKeysChanged: () => void;
  /** Await this before a port is opened. Why that must not happen; undefined: it may. */
  readonly start: () => Promise<string | undefined>;
  /** Sentences about who is let in, for the log at start. */
  readonly warnings: () => readonly string[];
  readonly close: () => Promise<void>;
};

/** How often it is asked whether there is a key; with the cache of keys: authentication is required within 10 s. */
const ASK_EVERY_MS = 2_000;

/** A start waits no longer for PostgreSQL to say so. */
const START_MS = 3_000;

/** Puts together who may call the API, for compose.ts: a kind of credentials is a line of the list. */
export const openIdentity = (parts: IdentityParts): Identity => {
  const { settings, log, history, counts, onDenied, after, now, sleep } = parts;
  const denied = deniedRequests({ history, onDenied, log, now: () => new Date() });
  const stopped = new AbortController();
  const adopting = { history, log, sleep, signal: stopped.signal };
  const apiKeys = knownApiKeys({ history, now, sleep });
  const { rateLimit, authFailureLimit } = settings;
  const limits = requestLimits({ rateLimit, authFailureLimit, shared: counts });
  const ofApiKeys = apiKeyAuthenticator({ keys: apiKeys, history, after, now });
  const oidc = openOidc(settings, log);
  const logins = openLogins({ settings, log, oidc, apiKeys: ofApiKeys });
  const authenticators: readonly Authenticator[] = [
    ofApiKeys,
    ...(oidc === undefined ? [] : [oidc.authenticator]),
    logins.authenticator,
    certificateAuthenticator(settings.roleMapping),
  ];
  const keys = keyPresence({
    hasKeys: async () => (await apiKeys.current()).any,
    ...{ everyMs: ASK_EVERY_MS, sleep },
    onError: (error) => log.error({ err: error }, 'cannot find out whether there are API keys; will retry'),
  });
  const ports = exposures(settings, oidc !== undefined || settings.tlsClientCa !== undefined);
  const gateOf = (port: Port): Gate =>
    createGate({
      ...{ access, keys, limits, publicUrl: settings.publicUrl, authenticate: authenticate(authenticators) },
      exposureOf: (path) => ports[port][path.startsWith('/actuator/') ? 'actuator' : 'api'],
    });
  return {
    gates: { main: gateOf('main'), management: gateOf('management') },
    browserSessions: logins.sessions,
    onDenied: denied.note,
    onKeysChanged: apiKeys.forget,
    start: async () => {
      const contents = settings.bootstrapAdminKey;
      const adopted = contents === undefined ? undefined : adoptBootstrapKey({ ...adopting, contents });
      await withTimeLimit(sleep, START_MS, Promise.resolve(adopted).then(keys.ask), () => undefined);
      if (dependsOnKeys(ports)) keys.watch();
      return startRefusal(settings, ports, keys.known());
    },
    warnings: () => [...startWarning(settings, ports, keys.known()), ...logins.warnings],
    close: async () => {
      stopped.abort();
      keys.stop();
      limits.close();
      await denied.close();
    },
  };
};
