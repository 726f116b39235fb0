import type { Actor } from '@tandem/shared/domain/history/event.ts';
import type { Role } from '@tandem/shared/domain/identity/role.ts';

/** Who sent a request, and the role that was granted for it. */
export type Caller = {
  readonly actor: Actor;
  readonly role: Role;
  /** Whether the credentials are still accepted; asked while an event stream is open. Undefined: they do not end before the stream does. */
  readonly stillAccepted?: () => Promise<boolean>;
};

/** What a request carries that may say who sent it. */
export type Credentials = {
  /** Of the client; behind a trusted proxy, as the proxy reports it. */
  readonly address: string;
  /** What follows `Bearer `; undefined: the request has none. */
  readonly bearer: string | undefined;
  /** The header `cookie`. */
  readonly cookie: string | undefined;
  /** Of a connection with TLS whose client showed one, trusted or not. */
  readonly certificate: ClientCertificate | undefined;
};

export type ClientCertificate = {
  /** As in RFC 4514, such as `CN=backup-ci,OU=platform,O=Example`. */
  readonly subject: string;
  readonly commonName: string | undefined;
  /** As Node reports them: `DNS:ci.example.com`, `URI:spiffe://example/ci`, `email:ci@example.com`. */
  readonly alternativeNames: readonly string[];
  /** Whether TLS_CLIENT_CA_FILE, as it is now, vouches for it, and it has not expired. */
  readonly isTrusted: () => boolean;
};

/**
 * Recognises one kind of credential. Resolves to undefined if the request carries none of its kind, so that the next one is asked. Rejects with
 * UNAUTHENTICATED if it carries one that is not accepted, and with IDENTITY_UNAVAILABLE if that cannot be found out now.
 */
export type Authenticator = (credentials: Credentials) => Promise<Caller | undefined>;
