import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { ApiKeyHistory } from '@tandem/history/ports/api-keys.ts';
import { newApiKey } from '@tandem/runtime/identity/new-api-key.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { expect, it } from 'vitest';
import { adoptBootstrapKey } from './adopt-bootstrap-key.ts';

const setUp = (adopt?: (history: ApiKeyHistory) => ApiKeyHistory['adoptApiKey']) => {
  const history = inMemoryHistory({ now: () => new Date('2026-11-30T12:00:00Z') });
  const logged: unknown[] = [];
  const line = (...words: unknown[]) => void logged.push(words);
  const stopping = new AbortController();
  let slept = 0;
  const run = (contents: string) =>
    adoptBootstrapKey({
      history: adopt === undefined ? history : { adoptApiKey: adopt(history) },
      contents,
      log: { info: line, warn: line },
      sleep: async () => {
        slept += 1;
      },
      signal: stopping.signal,
    });
  return { history, logged, run, stopping, slept: () => slept };
};

it('adopts the key of the file once, and says so without showing it', async () => {
  const { history, logged, run } = setUp();
  const { id, key, digest } = newApiKey();
  await run(`${key}\n`);
  expect((await history.liveApiKeys()).live).toEqual([
    { id, digest, name: 'bootstrap', role: 'admin', endsInMs: undefined },
  ]);
  await run(key);
  expect(logged.map((words) => (words as unknown[])[1])).toEqual([
    'adopted the bootstrap key as an admin key',
    'ignored the bootstrap key: it is an admin key already',
  ]);
  expect(JSON.stringify(logged)).not.toContain(key.slice(14));
});

it('ignores the key while another admin key is live, and once it was revoked', async () => {
  const { history, logged, run } = setUp();
  const [first, second] = [newApiKey(), newApiKey()];
  await run(first.key);
  await run(second.key);
  const by = { actor: { kind: 'system', name: 'test' }, source: 'command' } as const;
  await history.revokeApiKey(first.id, true, { ...by, reason: undefined, requestId: undefined });
  await run(first.key);
  expect((await history.liveApiKeys()).live).toEqual([]);
  expect(logged.slice(1)).toEqual([
    [{ keyId: second.id }, 'ignored the bootstrap key: there is an admin key'],
    [{ keyId: first.id }, 'ignored the bootstrap key: it was revoked or replaced; generate another one'],
  ]);
});

it('adopts the key as soon as PostgreSQL is there, with one line about it', async () => {
  let left = 5;
  const { history, logged, run, slept } = setUp((to) => async (...given) => {
    left -= 1;
    if (left >= 0) throw fail('HISTORY_UNREACHABLE', 'PostgreSQL cannot be reached.', {});
    return to.adoptApiKey(...given);
  });
  await run(newApiKey().key);
  expect(slept()).toBe(5);
  expect((await history.liveApiKeys()).live).toHaveLength(1);
  expect(logged).toHaveLength(2);
});

it('ends when the process stops', async () => {
  const { run, stopping, slept } = setUp(() => async () => {
    if (slept() === 3) stopping.abort();
    throw fail('HISTORY_UNREACHABLE', 'PostgreSQL cannot be reached.', {});
  });
  await run(newApiKey().key);
  expect(slept()).toBe(4);
});
