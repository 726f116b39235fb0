import { newCreate } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import { expect, it, vi } from 'vitest';
import { idempotent } from './idempotent.ts';

const unconfirmed = fail('HISTORY_UNREACHABLE', 'PostgreSQL took a statement and did not answer it.', {
  ...{ cause: 'NO_ANSWER', outcome: 'unknown' },
});

const actor: Actor = { kind: 'anonymous', address: '10.0.0.7' };

const setUp = (changes: object = {}) => {
  const history = { ...inMemoryHistory({ now: () => new Date() }), ...changes };
  const releaseLater = vi.fn();
  const ask = (work: () => Promise<string>) =>
    idempotent({ history, releaseLater })({ key: 'key', body: {}, actor, work, parse: String });
  return { history, releaseLater, ask };
};

it('does the work of each request without a key, and claims nothing', async () => {
  const claimKey = vi.fn();
  const { history, releaseLater } = setUp({ claimKey });
  const work = vi.fn(async () => 'done');
  const request = { key: undefined, body: {}, actor, work, parse: String };
  const ask = idempotent({ history, releaseLater });
  expect([await ask(request), await ask(request)]).toEqual(['done', 'done']);
  expect(work).toHaveBeenCalledTimes(2);
  expect(claimKey).not.toHaveBeenCalled();
});

/** Requests with one key, answered as `idempotency` keeps it: with the response in the statement that does the work. */
const answering = () => {
  const history = inMemoryHistory({ now: () => new Date('2026-01-01T00:00:00Z') });
  const releaseLater = vi.fn();
  let works = 0;
  const ask = (key: string, body: unknown, by: Actor = actor) =>
    idempotent({ history, releaseLater })({
      ...{ key, body, actor: by, parse: (kept) => kept },
      work: async () => {
        works += 1;
        const answer = { response: works };
        await history.accept(newCreate(works, `backup-${works}`, { idempotency: { key, answer } }));
        return answer;
      },
    });
  return { ask, works: () => works };
};

it('does the work once, and answers later requests with the same key and body as the first', async () => {
  const { ask, works } = answering();
  expect(await ask('key', { backupId: 'a' })).toEqual({ response: 1 });
  expect(await ask('key', { backupId: 'a' })).toEqual({ response: 1 });
  expect(works()).toBe(1);
});

it('does the work again for another key', async () => {
  const { ask, works } = answering();
  await ask('key', {});
  expect(await ask('another key', {})).toEqual({ response: 2 });
  expect(works()).toBe(2);
});

it('refuses a key that was used with another body', async () => {
  const { ask, works } = answering();
  await ask('key', { backupId: 'a' });
  await expect(ask('key', { backupId: 'b' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  expect(works()).toBe(1);
});

const key = (id: string, name: string): Actor => ({ kind: 'api-key', id, name, address: '10.0.0.7' });
const token = (id: string, issuer: string): Actor => ({ kind: 'oidc', id, issuer, name: 'anna', address: '10.0.0.7' });
const certificate = (id: string): Actor => ({ kind: 'certificate', id, name: 'ci', address: '10.0.0.7' });

it.each<[string, Actor, Actor]>([
  ['key', key('tdm_1', 'ci'), key('tdm_2', 'anna')],
  ['subject', token('1', 'https://a'), token('2', 'https://a')],
  ['issuer', token('1', 'https://a'), token('1', 'https://b')],
  ['certificate', certificate('CN=ci,O=a'), certificate('CN=ci,O=b')],
])('refuses the same request of another %s', async (_, first, other) => {
  const { ask, works } = answering();
  await ask('key', {}, first);
  await expect(ask('key', {}, other)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  await expect(ask('key', {})).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  expect(works()).toBe(1);
});

it.each<[string, Actor, Actor]>([
  ['whose key was rotated', key('tdm_1', 'ci'), key('tdm_2', 'ci')],
  ['from another address', actor, { kind: 'anonymous', address: '10.0.0.8' }],
])('answers a caller %s as before', async (_, first, again) => {
  const { ask } = answering();
  expect(await ask('key', {}, first)).toEqual(await ask('key', {}, again));
});

it('refuses a second request while the first one runs', async () => {
  const { ask } = setUp();
  let end = (_answer: string): void => undefined;
  const first = ask(
    () =>
      new Promise<string>((resolve) => {
        end = resolve;
      }),
  );
  await vi.waitFor(() => expect(ask(async () => 'second')).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_RUNNING' }));
  end('first');
  expect(await first).toBe('first');
});

it('keeps the key of a request that PostgreSQL did not confirm until it does', async () => {
  const { ask, releaseLater } = setUp();
  await expect(ask(() => Promise.reject(unconfirmed))).rejects.toBe(unconfirmed);
  expect(releaseLater).toHaveBeenCalledWith('key');
  await expect(ask(async () => 'again')).rejects.toMatchObject({
    code: 'IDEMPOTENCY_KEY_RUNNING',
    message: expect.stringMatching(/not known whether it was accepted/),
  });
});

it('gives the key of a request that was refused back at once', async () => {
  const { ask, releaseLater } = setUp();
  await expect(ask(() => Promise.reject(fail('NO_INDICES', 'None.')))).rejects.toMatchObject({ code: 'NO_INDICES' });
  expect(await ask(async () => 'again')).toBe('again');
  expect(releaseLater).not.toHaveBeenCalled();
});

it('rejects with what refused the request also where its key cannot be given back', async () => {
  const { ask, releaseLater } = setUp({ releaseKey: () => Promise.reject(unconfirmed) });
  await expect(ask(() => Promise.reject(fail('NO_INDICES', 'None.')))).rejects.toMatchObject({ code: 'NO_INDICES' });
  expect(releaseLater).toHaveBeenCalledWith('key');
});

it.each([
  ['is not confirmed', unconfirmed, 1, /did not answer it\.$/],
  [
    'takes too long',
    fail('HISTORY_UNREACHABLE', 'Statement timeout.', { cause: '57014' }),
    0,
    /^PostgreSQL did not finish checking .* This request was not accepted; an earlier one with the key may have been/,
  ],
])('does not know either where the claim of the key %s', async (_, error, released, message) => {
  const { ask, releaseLater } = setUp({ claimKey: () => Promise.reject(error) });
  await expect(ask(async () => 'never')).rejects.toMatchObject({
    ...{ message: expect.stringMatching(message), data: { outcome: 'unknown' } },
  });
  expect(releaseLater).toHaveBeenCalledTimes(released);
});
