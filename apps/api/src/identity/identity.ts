import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { Settings } from '@tandem/runtime/settings/settings-catalogue.ts';
import { authenticate } from './authenticate.ts';
import type { Authenticator } from './caller.ts';

export type IdentityParts = {
  readonly settings: Settings;
  readonly log: Logger;
};

export type Identity = {
  readonly authenticate: Authenticator;
};

/** Puts together who may call the API, for compose.ts: a kind of credentials is a line of the list. */
export const openIdentity = (_parts: IdentityParts): Identity => {
  const authenticators: readonly Authenticator[] = [
    // an API key
    // an access token
    // the cookie of a session
    // a client certificate
  ];
  return { authenticate: authenticate(authenticators) };
};
