import { type TlsProblem, tlsProblem } from '@tandem/shared/domain/address/tls-problem.ts';

/** The operator's remedy for a failed connection. */
const tlsRemedies: Readonly<Record<TlsProblem, string>> = {
  'no TLS there': 'the port does not speak TLS: begin the URL with http://, or name the TLS port',
  'requires a client certificate':
    'it requires a client certificate, which Tandem does not send: set xpack.security.http.ssl.client_authentication (Elasticsearch) or plugins.security.ssl.http.clientauth_mode (OpenSearch) to none or optional',
  expired: 'its certificate has expired: renew it',
  'for other names': 'its certificate is for other names: use one of them in the URL',
  'not trusted': 'its certificate is not trusted: name the file of its authority in ENGINE_CA_FILE',
};

const CLOSED = /other side closed|socket hang up|ECONNRESET/;
const closedRemedy = 'it closed the connection before it answered: if the port speaks TLS, begin the URL with https://';

/** Undefined: all that is known is that nothing answers there. */
export const connectionRemedy = (url: string, reason: string): string | undefined => {
  // of several, joined by commas, the reason says what is wrong with each
  if (url.includes(', ')) return undefined;
  const { protocol } = new URL(url);
  if (protocol === 'http:') return CLOSED.test(reason) ? closedRemedy : undefined;
  const problem = tlsProblem(reason);
  return problem && tlsRemedies[problem];
};

/** OpenSSL's errors carry a thread's number and a path of Node's sources; Node's advice is about itself. */
export const connectionReason = (reason: string): string =>
  reason
    .replace(/^(?:write EPROTO )?[0-9A-F]+:error:[0-9A-F]+:([^:]+):[^:]*:([^:]+):.*$/s, '$1: $2')
    .replace(/; if the root CA is installed locally.*$/s, '')
    .trim();
