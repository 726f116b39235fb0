/** What a connection that failed says of its cause, and what an operator does about it. */
const remedies: readonly (readonly [scheme: 'https:' | 'http:', says: RegExp, remedy: string])[] = [
  [
    'https:',
    /wrong version number|packet length too long|EPROTO/,
    'the port does not speak TLS: begin the URL with http://, or name the TLS port',
  ],
  ['https:', /certificate has expired|CERT_HAS_EXPIRED/, 'its certificate has expired: renew it'],
  ['https:', /does not match certificate's altnames/, 'its certificate is for other names: use one of them in the URL'],
  [
    'https:',
    /self-signed certificate|unable to (?:verify|get)|UNABLE_TO|issuer certificate/,
    'its certificate is not trusted: name the file of its authority in ENGINE_CA_FILE',
  ],
  [
    'http:',
    /other side closed|socket hang up|ECONNRESET/,
    'it closed the connection before it answered: if the port speaks TLS, begin the URL with https://',
  ],
];

/** Undefined: nothing more can be said than that it does not answer there. */
export const connectionRemedy = (url: string, reason: string): string | undefined => {
  // several addresses are joined by a comma
  const { protocol } = new URL(url.split(', ')[0] ?? url);
  return remedies.find(([scheme, says]) => scheme === protocol && says.test(reason))?.[2];
};

/** OpenSSL's errors carry a thread's number and a path of Node's sources; Node's advice is about itself. */
export const connectionReason = (reason: string): string =>
  reason
    .replace(/^[0-9A-F]+:error:[0-9A-F]+:([^:]+):[^:]*:([^:]+):.*$/s, '$1: $2')
    .replace(/; if the root CA is installed locally.*$/s, '')
    .trim();
