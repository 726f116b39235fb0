import { generateKeyPairSync } from 'node:crypto';
import { generate } from 'selfsigned';
import { describe, expect, it } from 'vitest';
import { tlsContradictions } from './tls-contradictions.ts';

const NOW = new Date('2026-11-30T12:00:00Z');
const issued = async (from = '2026-01-01', to = '2027-01-01') => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'tandem.example.com' }], {
    ...{ keyType: 'ec', algorithm: 'sha256', notBeforeDate: new Date(from), notAfterDate: new Date(to) },
  });
  return { tlsCertificate: cert, tlsKey: key };
};
const pair = await issued();
const another = await issued();
const expired = await issued('2025-01-01', '2026-11-29');
const ofTomorrow = await issued('2026-12-01');
const encryptedKey = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
}).privateKey;
const weak = await generate([{ name: 'commonName', value: 'weak' }], {
  ...{
    keySize: 1024,
    algorithm: 'sha256',
    notBeforeDate: new Date('2026-01-01'),
    notAfterDate: new Date('2027-01-01'),
  },
});
const chain = `${pair.tlsCertificate}\n${another.tlsCertificate}`;
const wrongOrder = `${another.tlsCertificate}\n${pair.tlsCertificate}`;

describe('the files of TLS', () => {
  it.each([
    ['none', {}],
    ['a certificate and its key', pair],
    ['a chain', { ...pair, tlsCertificate: chain }],
    ['an authority for clients', { ...pair, tlsClientCa: another.tlsCertificate }],
  ])('are accepted: %s', (_, texts) => expect(tlsContradictions(texts, [], NOW)).toEqual([]));

  it.each([
    ['a certificate alone', { tlsCertificate: pair.tlsCertificate }, /TLS_CERT_FILE is set, TLS_KEY_FILE is not/],
    ['a key alone', { tlsKey: pair.tlsKey }, /TLS_KEY_FILE is set, TLS_CERT_FILE is not/],
    [
      'an authority alone',
      { tlsClientCa: pair.tlsCertificate },
      /TLS_CLIENT_CA_FILE is set.*TLS_CERT_FILE and TLS_KEY_FILE/,
    ],
    ['no certificate in it', { ...pair, tlsCertificate: 'x' }, /^TLS_CERT_FILE: the file contains no certificate/],
    [
      'a key where a certificate should be',
      { ...pair, tlsCertificate: pair.tlsKey },
      /^TLS_CERT_FILE: the file contains no/,
    ],
    ['no authority in it', { ...pair, tlsClientCa: '' }, /^TLS_CLIENT_CA_FILE: the file contains no certificate/],
    ['no key in it', { ...pair, tlsKey: pair.tlsCertificate }, /^TLS_KEY_FILE: the file contains no private key/],
    ['an encrypted key', { ...pair, tlsKey: encryptedKey }, /^TLS_KEY_FILE: .*encrypted.*openssl pkey/],
    [
      'the key of another certificate',
      { ...pair, tlsKey: another.tlsKey },
      /^TLS_KEY_FILE: the key does not belong.*tandem\.example\.com/,
    ],
    ['a chain in the wrong order', { ...pair, tlsCertificate: wrongOrder }, /own certificate comes first/],
    ['an expired certificate', expired, /^TLS_CERT_FILE: .*expired at 2026-11-29/],
    ['a certificate of tomorrow', ofTomorrow, /^TLS_CERT_FILE: .*not valid before 2026-12-01.*clock/],
    ['a key that is too short', { tlsCertificate: weak.cert, tlsKey: weak.private }, /OpenSSL refuses them/],
  ])('are refused: %s', (_, texts, problem) =>
    expect(tlsContradictions(texts, [], NOW)).toEqual([expect.stringMatching(problem)]),
  );

  it('have one problem where a file cannot be read', () =>
    expect(
      tlsContradictions(
        { tlsCertificate: pair.tlsCertificate },
        ['TLS_KEY_FILE: the file cannot be read (ENOENT)'],
        NOW,
      ),
    ).toEqual([]));

  it('never show the key', () => {
    const problems = tlsContradictions({ ...pair, tlsKey: encryptedKey }, [], NOW);
    expect(problems.join()).not.toContain(encryptedKey.split('\n')[1]);
  });
});
