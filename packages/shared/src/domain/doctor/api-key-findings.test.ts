import { expect, it } from 'vitest';
import { apiKeyFinding, type LiveKeyFacts } from './api-key-findings.ts';

const now = new Date('2026-11-30T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const key = (name: string, facts: Partial<LiveKeyFacts> = {}): LiveKeyFacts => ({
  ...{ name, role: 'operator', expiresAt: undefined, isReplaced: false },
  ...facts,
});
const admin = key('anna', { role: 'admin' });

it.each<[string, readonly LiveKeyFacts[], boolean, string, RegExp]>([
  ['no key yet', [], false, 'ok', /no API keys/],
  ['keys that do not expire', [admin, key('ci')], true, 'ok', /No key expires/],
  ['a key that expires later', [admin, key('ci', { expiresAt: inDays(15) })], true, 'ok', /No key expires/],
  ['a key that expires soon', [admin, key('ci', { expiresAt: inDays(14) })], true, 'warn', /expire the keys of ci\.$/],
  [
    'one that was replaced',
    [admin, key('ci', { expiresAt: inDays(1), isReplaced: true }), key('ci')],
    true,
    'ok',
    /No key expires/,
  ],
  ['only ended keys', [], true, 'warn', /No admin key is live/],
  ['no admin key', [key('ci')], true, 'warn', /No admin key is live/],
  [
    'a last admin key that expires soon',
    [{ ...admin, expiresAt: inDays(3) }],
    true,
    'warn',
    /Every admin key expires within 14 days \(anna\)/,
  ],
  [
    'an admin key that outlasts the other',
    [{ ...admin, expiresAt: inDays(3), isReplaced: true }, admin],
    true,
    'ok',
    /No key expires/,
  ],
])('finds %s', (_, live, any, result, summary) =>
  expect(apiKeyFinding(live, any, now)).toMatchObject({
    check: 'api-keys',
    result,
    summary: expect.stringMatching(summary),
  }),
);
