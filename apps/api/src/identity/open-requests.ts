import { isIP } from 'node:net';
import { fail } from '@tandem/shared/domain/failure/failure.ts';

/** What decides whether a request is served without authentication. */
export type OpenRequest = {
  /** As sent; undefined: HTTP/1.0 without one. */
  readonly host: string | undefined;
  /** The name of the header that a proxy has added, if there is one. */
  readonly forwardedBy: string | undefined;
};

export type OpenAddress = {
  /** Whether only this machine reaches the port. */
  readonly loopback: boolean;
  /** Whether an operator set AUTH_MODE or ACTUATOR_AUTH to open. */
  readonly chosen: boolean;
  readonly publicUrl: string | undefined;
};

const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Without authentication whoever can have a request sent is admin, a web page in an operator's browser included: by a name of its own that
 * resolves to our address (DNS rebinding). Such a name has a dot. Throws HOST_NOT_SERVED or PROXY_NOT_TRUSTED.
 */
export const checkOpenRequest = ({ host, forwardedBy }: OpenRequest, address: OpenAddress): void => {
  if (forwardedBy !== undefined && !address.chosen) {
    throw fail(
      'PROXY_NOT_TRUSTED',
      `The request has the header ${forwardedBy}, so it came through a proxy, and everyone behind it would be admin. Set AUTH_MODE=required and create a key, or AUTH_MODE=open to allow it; set TRUST_PROXY to the address of the proxy.`,
    );
  }
  if (isServed(host, address)) return;
  const found = JSON.stringify((host ?? '').slice(0, 100));
  const served = address.loopback
    ? 'only localhost, 127.0.0.1 and [::1] are served'
    : 'only addresses, names without a dot and the host of PUBLIC_URL are served';
  throw fail(
    'HOST_NOT_SERVED',
    `The header host is ${found}. While AUTH_MODE is open, ${served}. Create a key (npm run keys -- create), or set AUTH_MODE.`,
  );
};

const isServed = (host: string | undefined, { loopback, chosen, publicUrl }: OpenAddress): boolean => {
  const name = hostName(host);
  if (name === undefined) return host === undefined;
  if (LOOPBACK_HOSTS.includes(name)) return true;
  if (!chosen) return false;
  if (publicUrl !== undefined && name === new URL(publicUrl).hostname) return true;
  return !loopback && (!name.includes('.') || isIP(name.replace(/^\[|\]$/g, '')) !== 0);
};

const HOST = /^(?<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

const hostName = (host: string | undefined): string | undefined => HOST.exec(host ?? '')?.groups?.name?.toLowerCase();
