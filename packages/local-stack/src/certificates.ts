import { generate } from 'selfsigned';

const DAY_MS = 86_400_000;

/** PEM texts of a certificate and its key. */
export type Certificate = { readonly certificate: string; readonly key: string };

const valid = () => ({
  notBeforeDate: new Date(Date.now() - DAY_MS),
  notAfterDate: new Date(Date.now() + DAY_MS),
  algorithm: 'sha256',
});

/** A private authority: nothing trusts it by default. */
export const newAuthority = async (): Promise<Certificate> => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Tandem test authority' }], {
    ...valid(),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { certificate: cert, key };
};

/** A certificate for localhost, for servers and clients, that the authority signed. */
export const localCertificate = async (authority: Certificate): Promise<Certificate> => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...valid(),
    ca: { cert: authority.certificate, key: authority.key },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { certificate: cert, key };
};

export type ClientOptions = {
  /** In the order of the certificate: the country first, the name last. */
  readonly subject: readonly { readonly shortName: 'C' | 'O' | 'OU' | 'CN'; readonly value: string }[];
  readonly dns?: string;
  readonly uri?: string;
  readonly notAfterDate?: Date;
  /** Default: that it is a client's. */
  readonly usage?: { readonly clientAuth?: boolean; readonly serverAuth?: boolean };
};

/** A certificate for a client alone, that the authority signed. */
export const clientCertificate = async (authority: Certificate, options: ClientOptions): Promise<Certificate> => {
  const { subject, dns, uri, notAfterDate, usage = { clientAuth: true } } = options;
  const altNames = [
    ...(dns === undefined ? [] : [{ type: 2 as const, value: dns }]),
    ...(uri === undefined ? [] : [{ type: 6 as const, value: uri }]),
  ];
  const { cert, private: key } = await generate([...subject], {
    ...valid(),
    ...(notAfterDate === undefined ? {} : { notAfterDate }),
    ca: { cert: authority.certificate, key: authority.key },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', ...usage },
      ...(altNames.length === 0 ? [] : [{ name: 'subjectAltName' as const, altNames }]),
    ],
  });
  return { certificate: cert, key };
};
