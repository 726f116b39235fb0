import type { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { certificatesIn, privateKeyIn } from './certificates.ts';
import type { Settings } from './settings-catalogue.ts';

/** What the files hold; undefined: not set, or not readable, which is a problem of its own. */
export type TlsTexts = Partial<Pick<Settings, 'tlsCertificate' | 'tlsKey' | 'tlsClientCa'>>;

/** Why these files cannot be used together; `problemsSoFar` may already say that one of them cannot be read. */
export const tlsContradictions = (
  { tlsCertificate, tlsKey, tlsClientCa }: TlsTexts,
  problemsSoFar: readonly string[],
  now: Date,
): readonly string[] => {
  const isMissing = (value: string | undefined, name: string) =>
    value === undefined && !problemsSoFar.some((problem) => problem.includes(name));
  const problems: string[] = [];
  if (tlsCertificate !== undefined && isMissing(tlsKey, 'TLS_KEY_FILE')) {
    problems.push('TLS_CERT_FILE is set, TLS_KEY_FILE is not: set both, or neither');
  }
  if (tlsKey !== undefined && isMissing(tlsCertificate, 'TLS_CERT_FILE')) {
    problems.push('TLS_KEY_FILE is set, TLS_CERT_FILE is not: set both, or neither');
  }
  if (tlsClientCa !== undefined && tlsKey === undefined && isMissing(tlsCertificate, 'TLS_CERT_FILE')) {
    problems.push(
      'TLS_CLIENT_CA_FILE is set: clients show certificates only over TLS, so set TLS_CERT_FILE and TLS_KEY_FILE too',
    );
  }
  if (tlsClientCa !== undefined && certificatesIn(tlsClientCa) === undefined)
    problems.push(noCertificate('TLS_CLIENT_CA_FILE'));
  problems.push(...ofPair(tlsCertificate, tlsKey, now));
  return problems.length > 0 ? problems : refusedByOpenssl(tlsCertificate, tlsKey);
};

const noCertificate = (name: string): string =>
  `${name}: the file contains no certificate (PEM, "-----BEGIN CERTIFICATE-----")`;

/** Such as a key that is too short. */
const refusedByOpenssl = (cert: string | undefined, key: string | undefined): readonly string[] => {
  if (cert === undefined || key === undefined) return [];
  try {
    createSecureContext({ cert, key });
    return [];
  } catch (error) {
    return [`TLS_CERT_FILE and TLS_KEY_FILE: OpenSSL refuses them (${(error as Error).message})`];
  }
};

const ofPair = (certificate: string | undefined, key: string | undefined, now: Date): readonly string[] => {
  const [own] = certificate === undefined ? [] : (certificatesIn(certificate) ?? []);
  const privateKey = key === undefined ? undefined : privateKeyIn(key);
  return [
    ...(certificate !== undefined && own === undefined ? [noCertificate('TLS_CERT_FILE')] : []),
    ...(key !== undefined && privateKey === undefined
      ? [
          'TLS_KEY_FILE: the file contains no private key (PEM), or an encrypted one; "openssl pkey -in FILE -out FILE" decrypts it',
        ]
      : []),
    ...(own !== undefined && privateKey !== undefined && !own.checkPrivateKey(privateKey)
      ? [
          `TLS_KEY_FILE: the key does not belong to the first certificate in TLS_CERT_FILE (${subjectOf(own)}). The API's own certificate comes first, its authorities after it`,
        ]
      : []),
    ...(own === undefined ? [] : ofPeriod(own, now)),
  ];
};

const ofPeriod = (own: X509Certificate, now: Date): readonly string[] => {
  const [from, to] = [own.validFromDate, own.validToDate];
  if (to <= now) return [`TLS_CERT_FILE: the certificate (${subjectOf(own)}) expired at ${to.toISOString()}`];
  if (from > now)
    return [
      `TLS_CERT_FILE: the certificate (${subjectOf(own)}) is not valid before ${from.toISOString()}; is the clock of this machine right?`,
    ];
  return [];
};

const subjectOf = ({ subject, serialNumber }: X509Certificate): string =>
  subject?.replaceAll('\n', ', ') || `serial number ${serialNumber}`;
