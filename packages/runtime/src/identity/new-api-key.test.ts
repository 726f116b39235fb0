import { createHash } from 'node:crypto';
import { apiKeyIdOf } from '@tandem/shared/domain/identity/api-key.ts';
import { expect, it } from 'vitest';
import { newApiKey } from './new-api-key.ts';

it('makes keys of the form that is recognised, each another one', () => {
  const made = Array.from({ length: 500 }, newApiKey);
  for (const { id, key, digest } of made) {
    expect(apiKeyIdOf(key)).toBe(id);
    expect(digest).toBe(createHash('sha256').update(key).digest('hex'));
  }
  expect(new Set(made.map(({ key }) => key)).size).toBe(500);
  expect(new Set(made.map(({ id }) => id)).size).toBe(500);
});

it('chooses from the whole alphabet at every position of the secret', () => {
  const seen = Array.from({ length: 43 }, () => new Set<string>());
  for (let nth = 0; nth < 2_000; nth += 1) {
    const secret = newApiKey().key.slice('tdm_4f9a2c7b_'.length);
    for (const [at, characters] of seen.entries()) characters.add(secret[at] ?? '');
  }
  expect(seen.map(({ size }) => size)).toEqual(seen.map(() => 62));
});
