import { expect, it } from 'vitest';
import { holdsCredentials, maskCredentials } from './mask-credentials.ts';

const key = `tdm_4f9a2c7b_${'aB3'.repeat(16)}9`;
const token = `eyJhbGciOiJSUzI1NiJ9.${'eyJzdWIiOiJhIn0'}.${'c2lnbmF0dXJl'}`;
const session = `eyJhbGciOiJkaXIifQ..${'aXZpdml2'}.${'Y2lwaGVy'}.${'dGFn'}`;

it.each([
  [key, 'tdm_4f9a2c7b_***'],
  [`/api/v1/backups/${key}/events`, '/api/v1/backups/tdm_4f9a2c7b_***/events'],
  [`?key=${key.replaceAll('_', '%5F')}&x=1`, '?key=tdm_4f9a2c7b_***&x=1'],
  [`found ${JSON.stringify(key)}`, 'found "tdm_4f9a2c7b_***"'],
  [`${key} and ${key}`, 'tdm_4f9a2c7b_*** and tdm_4f9a2c7b_***'],
  [`Bearer ${token}`, 'Bearer eyJ***'],
  [JSON.stringify({ reason: `with this token:\n${token}` }), String.raw`{"reason":"with this token:\neyJ***"}`],
  [`/api/v1/backups/Bearer%20${session}`, '/api/v1/backups/Bearer%20eyJ***'],
  [`tandem_session=${session}; other=1`, 'tandem_session=eyJ***; other=1'],
])('masks %s', (text, masked) => {
  expect(maskCredentials(text)).toBe(masked);
  expect(holdsCredentials(text)).toBe(true);
});

it.each([
  'tdm_4f9a2c7b',
  'key ci (tdm_4f9a2c7b) has the role operator',
  'tdm_4f9a2c7b_***',
  'nightly-2026-11-30',
  'eyJ',
  'cursor eyJhZnRlciI6IjEiLCJvZiI6IngifQ',
])('leaves %s', (text) => {
  expect(maskCredentials(text)).toBe(text);
  expect(holdsCredentials(text)).toBe(false);
});

it('masks a token that was cut off', () => expect(maskCredentials(`found ${token.slice(0, 30)}`)).toBe('found eyJ***'));

it('takes no longer for a long word that begins like a token at each letter', () => {
  const text = 'eyJ'.repeat(300_000);
  const began = performance.now();
  expect(holdsCredentials(text)).toBe(false);
  expect(performance.now() - began).toBeLessThan(1_000);
});
