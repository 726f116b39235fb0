import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { KeyCommand } from '@tandem/history/ports/api-keys.ts';
import { newApiKey } from '@tandem/runtime/identity/new-api-key.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { formatApiKey } from '@tandem/shared/domain/identity/api-key.ts';
import { describe, expect, it } from 'vitest';
import { apiKeyAuthenticator } from './api-key-authenticator.ts';
import { knownApiKeys } from './known-api-keys.ts';

const by: KeyCommand = {
  ...{ actor: { kind: 'system', name: 'test' }, source: 'command', reason: undefined, requestId: undefined },
};

const setUp = () => {
  const clock = { ms: 0, slept: 0 };
  const now = () => clock.ms;
  const history = inMemoryHistory({ now: () => new Date(Date.UTC(2026, 10, 30) + clock.ms) });
  const database = { reads: 0, isDown: false, writes: 0 };
  const liveApiKeys = async () => {
    database.reads += 1;
    if (database.isDown) throw fail('HISTORY_UNREACHABLE', 'PostgreSQL cannot be reached.', {});
    return history.liveApiKeys();
  };
  const noteApiKeyUse = async (id: string) => {
    database.writes += 1;
    await history.noteApiKeyUse(id);
  };
  const sleep = async (ms: number) => {
    clock.ms += ms;
    clock.slept += ms;
  };
  const keys = knownApiKeys({ history: { liveApiKeys }, now, sleep });
  const authenticate = apiKeyAuthenticator({
    ...{ keys, history: { noteApiKeyUse }, now },
    after: (_, task) => void task(),
  });
  const withBearer = (bearer: string | undefined) =>
    authenticate({ ...{ address: '10.0.0.9', bearer, cookie: undefined, certificate: undefined } });
  const create = async (name: string, livesMs?: number) => {
    const { key, ...material } = newApiKey();
    await history.createApiKey({ ...material, name, role: 'operator', livesMs }, by);
    return { key, id: material.id };
  };
  return { clock, database, history, keys, withBearer, create };
};

const UNAUTHENTICATED = expect.objectContaining({ code: 'UNAUTHENTICATED' });

describe('API keys', () => {
  it('recognise their caller, by name, id and address', async () => {
    const { create, withBearer } = setUp();
    const { key, id } = await create('ci');
    expect(await withBearer(key)).toMatchObject({
      actor: { kind: 'api-key', id, name: 'ci', address: '10.0.0.9' },
      role: 'operator',
    });
  });

  it('are not asked for other credentials', async () => {
    const { withBearer, database } = setUp();
    expect(await withBearer(undefined)).toBeUndefined();
    expect(await withBearer('eyJhbGciOiJSUzI1NiJ9.e30.c2ln')).toBeUndefined();
    expect(database.reads).toBe(0);
  });

  it('are refused by their checksum without asking the database', async () => {
    const { create, withBearer, database } = setUp();
    const { key } = await create('ci');
    for (const wrong of [`${key}0`, key.slice(0, -1), 'tdm_', `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`])
      await expect(withBearer(wrong), wrong).rejects.toEqual(UNAUTHENTICATED);
    expect(database.reads).toBe(0);
  });

  it('are refused in the same way for an unknown id and for a wrong secret', async () => {
    const { create, withBearer, database, clock } = setUp();
    const { id } = await create('ci');
    const wrongSecret = formatApiKey(id, 'A'.repeat(43));
    const refusal = async (bearer: string) => {
      const before = { reads: database.reads, slept: clock.slept };
      const error = await withBearer(bearer).then(
        () => undefined,
        ({ code, message, data }) => ({ code, message, data }),
      );
      return { error, reads: database.reads - before.reads, slept: clock.slept - before.slept };
    };
    await refusal(wrongSecret);
    const [unknown, wrong] = [await refusal(newApiKey().key), await refusal(wrongSecret)];
    expect(unknown).toEqual(wrong);
    expect(unknown).toMatchObject({ error: { code: 'UNAUTHENTICATED' }, reads: 1, slept: 500 });
  });

  it('that nobody created cost two reads of the database a second, however many there are', async () => {
    const { withBearer, database, clock } = setUp();
    await Promise.allSettled(Array.from({ length: 5_000 }, () => withBearer(newApiKey().key)));
    expect(database.reads).toBeLessThanOrEqual(3);
    for (let nth = 0; nth < 20; nth += 1)
      await Promise.allSettled(Array.from({ length: 50 }, () => withBearer(newApiKey().key)));
    expect(database.reads).toBeLessThanOrEqual(3 + clock.ms / 500);
  });

  it('are accepted as soon as they are created, also by another process', async () => {
    const { create, withBearer } = setUp();
    await withBearer((await create('first')).key);
    const { key, id } = await create('second');
    expect(await withBearer(key)).toMatchObject({ actor: { id } });
  });

  it('end within 5 s after they were revoked, and so does what is still open', async () => {
    const { create, withBearer, clock, history } = setUp();
    const { key, id } = await create('ci');
    const caller = await withBearer(key);
    expect(await caller?.stillAccepted?.()).toBe(true);
    await history.revokeApiKey(id, false, by);
    clock.ms += 5_001;
    expect(await caller?.stillAccepted?.()).toBe(false);
    await expect(withBearer(key)).rejects.toEqual(UNAUTHENTICATED);
  });

  it('end at once where this process revoked them', async () => {
    const { create, withBearer, history, keys } = setUp();
    const { key, id } = await create('ci');
    await withBearer(key);
    await history.revokeApiKey(id, false, by);
    keys.forget();
    await expect(withBearer(key)).rejects.toEqual(UNAUTHENTICATED);
  });

  it('end at the moment they expire', async () => {
    const { create, withBearer, clock } = setUp();
    const { key } = await create('ci', 1_500);
    const caller = await withBearer(key);
    clock.ms += 1_499;
    expect(await caller?.stillAccepted?.()).toBe(true);
    clock.ms += 1;
    expect(await caller?.stillAccepted?.()).toBe(false);
    await expect(withBearer(key)).rejects.toEqual(UNAUTHENTICATED);
  });

  it('go on for 5 s without the database, and then cannot be checked', async () => {
    const { create, withBearer, clock, database } = setUp();
    const { key } = await create('ci');
    await withBearer(key);
    database.isDown = true;
    clock.ms += 5_000;
    expect(await withBearer(key)).toMatchObject({ role: 'operator' });
    await expect(withBearer(newApiKey().key)).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    clock.ms += 1_000;
    await expect(withBearer(key)).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    database.isDown = false;
    expect(await withBearer(key)).toMatchObject({ role: 'operator' });
  });

  it('read the database once in two seconds while they are in use', async () => {
    const { create, withBearer, clock, database } = setUp();
    const { key } = await create('ci');
    for (let nth = 0; nth < 1_000; nth += 1) {
      await withBearer(key);
      clock.ms += 10;
    }
    expect(database.reads).toBeGreaterThanOrEqual(5);
    expect(database.reads).toBeLessThanOrEqual(6);
  });

  it('note once a minute that they are used, and only where they are accepted', async () => {
    const { create, withBearer, clock, database, history } = setUp();
    const { key, id } = await create('ci');
    await withBearer(formatApiKey(id, 'A'.repeat(43))).catch(() => undefined);
    expect(database.writes).toBe(0);
    for (let nth = 0; nth < 100; nth += 1) {
      await withBearer(key);
      clock.ms += 1_190;
    }
    expect(database.writes).toBe(2);
    expect(await history.listApiKeys({ ended: false }, 1)).toMatchObject([{ lastUsedAt: expect.any(Date) }]);
  });
});
