import { crc32 as zlibCrc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { API_KEY_ID, apiKeyIdOf, formatApiKey, isMeantAsApiKey } from './api-key.ts';
import { isApiKeyName } from './api-key-name.ts';
import { ADMIN_REMAINS_MS, apiKeyState, outlasts } from './api-key-state.ts';
import { crc32 } from './crc32.ts';

const SECRET = 'Zr8Qm2Yp8b7R3a5K1c9S4d6TgWmX0kLq9VtB7nH3jF5';
const KEY = formatApiKey('tdm_4f9a2c7b', SECRET);

describe('the form of an API key', () => {
  it('is the prefix, an id, a secret and a checksum', () => {
    expect(SECRET).toHaveLength(43);
    expect(KEY).toMatch(/^tdm_4f9a2c7b_[0-9A-Za-z]{49}$/);
    expect(apiKeyIdOf(KEY)).toBe('tdm_4f9a2c7b');
    expect(isMeantAsApiKey(KEY)).toBe(true);
    expect(isMeantAsApiKey('eyJhbGciOiJSUzI1NiJ9.e30.c2ln')).toBe(false);
  });

  it.each(['', 'a', '123456789', 'tdm_00000000_', KEY])('has the CRC-32 of zlib as its checksum: %j', (text) => {
    expect(crc32(text)).toBe(zlibCrc32(text));
  });

  it('is refused where any one character is another one', () => {
    for (let at = 0; at < KEY.length; at += 1) {
      const changed = `${KEY.slice(0, at)}${KEY[at] === 'x' ? 'y' : 'x'}${KEY.slice(at + 1)}`;
      expect(apiKeyIdOf(changed), changed).toBeUndefined();
    }
  });

  it.each([
    '',
    'tdm_',
    'tdm_4f9a2c7b',
    KEY.slice(0, -1),
    `${KEY}0`,
    ` ${KEY}`,
    `${KEY}\n`,
    `${KEY}\0`,
    KEY.toUpperCase(),
    KEY.replace('tdm_', 'TDM_'),
    KEY.replace('_4f9a2c7b_', '_4F9A2C7B_'),
    KEY.replace('_4f9a2c7b_', '_4f9a2c7l_'),
    KEY.replace('tdm_', 'tdm_../'),
    KEY.replace('Z', 'Ｚ'),
    `${KEY},${KEY}`,
    'tdm_'.repeat(10_000),
    `tdm_4f9a2c7b_${'A'.repeat(1_000_000)}`,
  ])('is not %.60j', (text) => {
    expect(apiKeyIdOf(text)).toBeUndefined();
  });

  it('has an id that is not the key', () => {
    expect('tdm_4f9a2c7b').toMatch(API_KEY_ID);
    for (const other of [KEY, '4f9a2c7b', 'tdm_4f9a2c7', 'tdm_4f9a2c7b\n', "tdm_' OR 1=1"])
      expect(other).not.toMatch(API_KEY_ID);
  });
});

describe('the name of an API key', () => {
  it.each(['ci', 'nightly-backup', 'anna@laptop', 'team.a_2', '0', 'x'.repeat(64)])('may be %j', (name) => {
    expect(isApiKeyName(name)).toBe(true);
  });

  it.each([
    ...['', ' ', 'Ci', 'ci ', '-ci', '.ci', 'x'.repeat(65), 'a b', 'a/b', 'a\nb', 'a\u202eb', 'аdmin', 'ci\0'],
    ...['tdm_4f9a2c7b', 'worker', 'api', 'sweep', 'anonymous', '<script>', "'; --", '__proto__'],
  ])('may not be %j', (name) => {
    expect(isApiKeyName(name)).toBe(false);
  });
});

describe('the end of an API key', () => {
  const now = new Date('2026-11-30T12:00:00Z');
  const inMs = (ms: number) => new Date(now.getTime() + ms);
  const never = undefined;

  it.each([
    [never, never, 'live'],
    [inMs(1), never, 'live'],
    [inMs(0), never, 'expired'],
    [inMs(-1), never, 'expired'],
    [never, inMs(-1), 'revoked'],
    [inMs(-1), inMs(-2), 'revoked'],
  ] as const)('expires at %j, revoked at %j: %s', (expiresAt, revokedAt, state) => {
    expect(apiKeyState({ expiresAt, revokedAt }, now)).toBe(state);
  });

  it.each([
    ['never', never, 'never', never, true],
    ['in two days', inMs(2 * ADMIN_REMAINS_MS), 'never', never, true],
    ['in a day', inMs(ADMIN_REMAINS_MS), 'never', never, false],
    ['in an hour', inMs(3_600_000), 'in half an hour', inMs(1_800_000), true],
    ['in an hour', inMs(3_600_000), 'at the same time', inMs(3_600_000), true],
    ['in an hour', inMs(3_600_000), 'in two hours', inMs(7_200_000), false],
    ['never', never, 'in two hours', inMs(7_200_000), true],
  ] as const)('a key that ends %s remains for one that would end %s: %s', (_, remaining, __, revoked, enough) => {
    expect(outlasts(remaining, revoked, now)).toBe(enough);
  });
});
