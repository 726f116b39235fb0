import { expect, it } from 'vitest';
import { refuseMisplacedCredentials } from './misplaced-credentials.ts';

const key = `tdm_4f9a2c7b_${'aB3'.repeat(16)}9`;
const post = { method: 'post', readsOnly: false } as const;
const none = { idempotencyKey: undefined };

it.each<[string, Parameters<typeof refuseMisplacedCredentials>]>([
  ['a field', [post, { backupId: 'a', note: `use ${key}` }, none]],
  ['a nested field', [post, { labels: { owner: { key } } }, none]],
  ['the name of a field', [post, { labels: { [key]: '' } }, none]],
  ['a token', [post, { reason: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln' }, none]],
  ['the idempotency key', [{ method: 'delete', readsOnly: false }, undefined, { idempotencyKey: key }]],
])('refuses %s, and does not repeat it', (_, given) => {
  expect(() => refuseMisplacedCredentials(...given)).toThrow(
    expect.objectContaining({ code: 'REQUEST_INVALID', message: expect.not.stringContaining('aB3') }),
  );
});

it.each<[string, Parameters<typeof refuseMisplacedCredentials>]>([
  ['what only names a key', [post, { reason: 'revoked tdm_4f9a2c7b' }, none]],
  ['a reading request', [{ method: 'get', readsOnly: false }, { reason: key }, none]],
  ['a route that exchanges one', [{ ...post, readsOnly: true }, { key }, none]],
  ['no body', [post, undefined, none]],
])('accepts %s', (_, given) => expect(() => refuseMisplacedCredentials(...given)).not.toThrow());
