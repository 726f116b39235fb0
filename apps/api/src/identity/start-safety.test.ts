import { describe, expect, it } from 'vitest';
import { type ExposureSettings, exposures } from './exposures.ts';
import { startRefusal, startWarning } from './start-safety.ts';

const settings = (given: Partial<ExposureSettings>): ExposureSettings => ({
  ...{ host: '127.0.0.1', authMode: undefined, actuatorAuth: undefined },
  ...{ managementPort: undefined, managementHost: '127.0.0.1' },
  ...given,
});

type Known = { readonly hasKeys?: boolean | undefined; readonly hasIssuer?: boolean };

const refusalOf = (given: Partial<ExposureSettings>, { hasKeys, hasIssuer = false }: Known = { hasKeys: false }) =>
  startRefusal(settings(given), exposures(settings(given), hasIssuer), hasKeys);
const warningsOf = (given: Partial<ExposureSettings>, { hasKeys, hasIssuer = false }: Known = { hasKeys: false }) =>
  startWarning(settings(given), exposures(settings(given), hasIssuer), hasKeys);

describe('the start', () => {
  it.each<[string, Partial<ExposureSettings>, Known | undefined, RegExp | undefined]>([
    ['on a loopback address', {}, undefined, undefined],
    [
      'on another address',
      { host: '0.0.0.0' },
      undefined,
      /^On 0\.0\.0\.0 others than this machine would reach the API/,
    ],
    ['on another address with a key', { host: '0.0.0.0' }, { hasKeys: true }, undefined],
    ['on another address with an issuer', { host: '0.0.0.0' }, { hasKeys: false, hasIssuer: true }, undefined],
    ['on another address without PostgreSQL', { host: '0.0.0.0' }, { hasKeys: undefined }, undefined],
    ['with AUTH_MODE=open', { host: '0.0.0.0', authMode: 'open' }, undefined, undefined],
    ['with AUTH_MODE=required', { host: '0.0.0.0', authMode: 'required' }, undefined, undefined],
    ['with only ACTUATOR_AUTH', { host: '0.0.0.0', actuatorAuth: 'open' }, undefined, /AUTH_MODE=open/],
    [
      'with /actuator elsewhere',
      { managementPort: 9600, managementHost: '10.0.0.5' },
      undefined,
      /^On 10\.0\.0\.5 .*ACTUATOR_AUTH=required/,
    ],
    ['with /actuator on a loopback address', { managementPort: 9600 }, undefined, undefined],
    ['with MANAGEMENT_HOST but no port', { managementHost: '10.0.0.5' }, undefined, undefined],
  ])('%s', (_, given, known, expected) => {
    const refusal = refusalOf(given, known);
    if (expected === undefined) expect(refusal).toBeUndefined();
    else expect(refusal).toMatch(expected);
  });

  it.each<[string, Partial<ExposureSettings>, Known | undefined, readonly RegExp[]]>([
    ['open', {}, undefined, [/the API are not authenticated.*127\.0\.0\.1 is admin.*proxy on this machine/]],
    ['open to others', { host: '0.0.0.0', authMode: 'open' }, undefined, [/everyone who reaches 0\.0\.0\.0 is admin/]],
    ['required, with a key', {}, { hasKeys: true }, []],
    ['required, without one', { authMode: 'required' }, undefined, [/no API key.*keys -- create --role admin/]],
    ['required, with an issuer', {}, { hasKeys: false, hasIssuer: true }, []],
    [
      'required, but not for /actuator',
      { actuatorAuth: 'open' },
      { hasKeys: true },
      [/\/actuator are not authenticated/],
    ],
    [
      'open in two places',
      { managementPort: 9600, managementHost: 'localhost' },
      undefined,
      [/the API/, /\/actuator.*localhost/],
    ],
    ['not known yet', {}, { hasKeys: undefined }, []],
  ])('warns where callers are let in: %s', (_, given, known, expected) => {
    const warnings = warningsOf(given, known);
    expect(warnings).toHaveLength(expected.length);
    for (const [at, words] of expected.entries()) expect(warnings[at]).toMatch(words);
  });
});
