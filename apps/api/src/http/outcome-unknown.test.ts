import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { expect, it } from 'vitest';
import { KEY_NOT_CHECKED, orAskGet, withSeenAt } from './outcome-unknown.ts';
import type { Route } from './route.ts';

const unconfirmed = fail('HISTORY_UNREACHABLE', 'It did not answer.', { cause: 'NO_ANSWER', outcome: 'unknown' });
const away = fail('HISTORY_UNREACHABLE', 'It is away.', { cause: 'ECONNREFUSED' });

it('says where to look only where it is not known what became of the request', async () => {
  await expect(orAskGet('/x/1', () => Promise.reject(unconfirmed))).rejects.toMatchObject({
    code: 'OUTCOME_UNKNOWN',
    message: expect.stringContaining('send GET /x/1;'),
    data: { seenAt: '/x/1' },
  });
  await expect(orAskGet('/x/1', () => Promise.reject(away))).rejects.toBe(away);
});

const routes = ['/things', '/things/:id'].map((path) => ({ method: 'get', path })) as unknown as readonly Route[];

it.each([
  ['/things/:id', '/things/7', '/things/7'],
  ['/things/:id/retry', '/things/7/retry', '/things/7'],
  ['/things', '/things', '/things'],
])('a change at %s is seen at the path of a GET', (route, path, seenAt) => {
  expect(withSeenAt(unconfirmed, routes, route, path)).toMatchObject({ code: 'OUTCOME_UNKNOWN', data: { seenAt } });
  expect(withSeenAt(away, routes, route, path)).toBe(away);
});

it('does not say that PostgreSQL took a request whose key it did not finish checking', () => {
  const words = 'PostgreSQL did not finish checking this Idempotency-Key in time.';
  const held = fail('HISTORY_UNREACHABLE', words, { cause: KEY_NOT_CHECKED, outcome: 'unknown' });
  const message = `${words} Once readiness is UP, GET /things/7 shows what was accepted.`;
  expect(withSeenAt(held, routes, '/things/:id', '/things/7')).toMatchObject({ code: 'OUTCOME_UNKNOWN', message });
});

it('leaves the failure as it is where no GET shows it', () => {
  expect(withSeenAt(unconfirmed, routes, '/others/:id', '/others/7')).toBe(unconfirmed);
});
