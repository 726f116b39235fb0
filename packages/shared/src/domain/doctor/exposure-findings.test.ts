import { describe, expect, it } from 'vitest';
import { type ExposureFacts, exposureFindings } from './exposure-findings.ts';

const now = new Date('2026-11-30T12:00:00Z');
const onLoopback: ExposureFacts = {
  ...{ host: '127.0.0.1', authMode: undefined, actuatorAuth: undefined, managementHost: undefined },
  certificate: undefined,
};
const until = (date: string) => ({ subject: 'CN=tandem.example.com', validTo: new Date(date) });
const found = (facts: Partial<ExposureFacts>) => exposureFindings({ ...onLoopback, ...facts }, now);

describe('exposure', () => {
  it.each<[string, Partial<ExposureFacts>, string, RegExp]>([
    ['loopback', {}, 'ok', /nothing is served without/],
    ['an open API on loopback', { authMode: 'open' }, 'ok', /nothing/],
    ['an open API on IPv6 loopback', { authMode: 'open', host: '::1' }, 'ok', /nothing/],
    ['any address, authenticated', { host: '0.0.0.0', authMode: 'required' }, 'ok', /nothing/],
    ['any address, by default', { host: '0.0.0.0' }, 'ok', /nothing/],
    [
      'an open API',
      { host: '0.0.0.0', authMode: 'open' },
      'warn',
      /^The API on 0\.0\.0\.0 and \/actuator on 0\.0\.0\.0 accept/,
    ],
    [
      'an open actuator',
      { host: '::', authMode: 'required', actuatorAuth: 'open' },
      'warn',
      /^\/actuator on :: accepts/,
    ],
    [
      'an open port of management',
      { actuatorAuth: 'open', managementHost: '10.0.0.1' },
      'warn',
      /\/actuator on 10\.0\.0\.1/,
    ],
    [
      'an open actuator on loopback',
      { host: '0.0.0.0', authMode: 'required', actuatorAuth: 'open', managementHost: '127.0.0.1' },
      'ok',
      /nothing/,
    ],
  ])('of %s', (_, facts, result, summary) =>
    expect(found(facts)[0]).toMatchObject({ check: 'exposure', result, summary: expect.stringMatching(summary) }),
  );
});

describe('tls', () => {
  it.each<[string, Partial<ExposureFacts>, string, RegExp]>([
    ['none on loopback', {}, 'ok', /needs no TLS/],
    ['none on any address', { host: '0.0.0.0' }, 'warn', /0\.0\.0\.0 has no TLS/],
    ['none on the port of management', { managementHost: '10.0.0.1' }, 'warn', /10\.0\.0\.1 has no TLS/],
    ['a valid certificate', { host: '0.0.0.0', certificate: until('2027-11-30') }, 'ok', /valid for 364 more days/],
    ['a certificate of 30 days', { certificate: until('2026-12-30T12:00:00Z') }, 'ok', /valid for 30 more days/],
    ['a certificate that ends soon', { certificate: until('2026-12-30T11:00:00Z') }, 'warn', /expires in 29 days/],
    ['an expired certificate', { certificate: until('2026-11-30T12:00:00Z') }, 'fail', /expired at 2026-11-30/],
  ])('of %s', (_, facts, result, summary) =>
    expect(found(facts)[1]).toMatchObject({ check: 'tls', result, summary: expect.stringMatching(summary) }),
  );
});
