import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

const CERTIFICATES = /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs;

/** All certificates of a PEM file, in its order. Undefined: it has none, or one of them cannot be read. */
export const certificatesIn = (pem: string): readonly [X509Certificate, ...X509Certificate[]] | undefined => {
  try {
    const [first, ...others] = (pem.match(CERTIFICATES) ?? []).map((one) => new X509Certificate(one));
    return first === undefined ? undefined : [first, ...others];
  } catch {
    return undefined;
  }
};

/** Undefined: the file has no private key, or an encrypted one. */
export const privateKeyIn = (pem: string): KeyObject | undefined => {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
};
