import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { Settings } from '@tandem/runtime/settings/settings-catalogue.ts';
import { type BrowserSessions, type BrowserSessionsOptions, browserSessions } from '../../ui/browser-sessions.ts';
import type { Authenticator } from '../caller.ts';
import type { Oidc } from '../oidc/oidc.ts';
import { browserLogin } from './browser-login.ts';
import { sealedCookies } from './sealed-cookies.ts';
import { sessionAuthenticator } from './session.ts';

export type LoginsParts = Pick<BrowserSessionsOptions, 'apiKeys'> & {
  readonly settings: Settings;
  readonly log: Logger;
  readonly oidc: Oidc | undefined;
};

export type Logins = {
  readonly authenticator: Authenticator;
  readonly sessions: BrowserSessions;
  /** Sentences for the log at start. */
  readonly warnings: readonly string[];
};

/** Puts together the sessions of browsers. */
export const openLogins = ({ settings, log, oidc, apiKeys }: LoginsParts): Logins => {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcScope: scope, roleMapping: mapping } = settings;
  const cookies = sealedCookies(settings.sessionKeys);
  const flow = oidc && clientId !== undefined && browserLogin({ ...oidc, clientId, scope, log });
  return {
    authenticator: sessionAuthenticator({ cookies, apiKeys, issuer, mapping }),
    sessions: browserSessions({
      ...{ cookies, apiKeys, publicUrl: settings.publicUrl },
      login: oidc && flow && issuer !== undefined ? { flow, issuer: oidc.issuer, issuerUrl: issuer } : undefined,
      now: () => new Date(),
    }),
    // said only where a browser session is likely
    warnings: settings.sessionKeys === undefined && flow !== undefined ? [RANDOM_KEY] : [],
  };
};

const RANDOM_KEY =
  'SESSION_KEY_FILE is not set: the key of browser sessions is random, so a restart ends them, and another replica does not accept them.';
