export type TlsProblem =
  | 'no TLS there'
  | 'requires a client certificate'
  | 'expired'
  | 'for other names'
  | 'not trusted';

/** As OpenSSL and Node say it. */
const signs: readonly (readonly [TlsProblem, RegExp])[] = [
  ['no TLS there', /wrong version number|packet length too long/],
  ['requires a client certificate', /alert (?:certificate required|bad certificate|handshake failure)/],
  ['expired', /certificate has expired|CERT_HAS_EXPIRED/],
  ['for other names', /does not match certificate's altnames/],
  [
    'not trusted',
    /self-signed certificate|unable to (?:verify|get)|UNABLE_TO|issuer certificate|certificate signature failure/,
  ],
];

/** What is wrong with a TLS connection that failed with that error, for an operator. Undefined: the error is about something else. */
export const tlsProblem = (reason: string): TlsProblem | undefined => signs.find(([, says]) => says.test(reason))?.[0];
