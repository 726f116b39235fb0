import { ADMIN_REMAINS_MS } from '@tandem/shared/domain/identity/api-key-state.ts';
import { expect, it } from 'vitest';
import type { KeyCommand, KeyMaterial, NewApiKey } from '../ports/api-keys.ts';
import type { History } from '../ports/history.ts';
import { someone } from './examples.ts';
import type { MakeHistory } from './history-under-test.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const by: KeyCommand = { actor: someone, source: 'api', reason: 'a new pipeline', requestId: 'request-7' };

const keyId = (nth: number): string => `tdm_${String(nth).padStart(8, '0')}`;
const material = (nth: number): KeyMaterial => ({ id: keyId(nth), digest: String(nth % 10).repeat(64) });
const newKey = (nth: number, given: Partial<NewApiKey> = {}): NewApiKey => ({
  ...{ ...material(nth), name: `key-${nth}`, role: 'operator', livesMs: undefined },
  ...given,
});
const admin = (nth: number, livesMs?: number): NewApiKey => newKey(nth, { role: 'admin', livesMs });

const liveIds = async (history: History): Promise<readonly string[]> =>
  (await history.liveApiKeys()).live.map(({ id }) => id).toSorted();

const keyEvents = async (history: History) =>
  (await history.searchEvents({ kinds: ['key.created', 'key.adopted', 'key.rotated', 'key.revoked'] }, undefined, 50))
    .map(({ kind, actor, source, reason, requestId, before, after }) => ({
      ...{ kind, actor, source, reason, requestId, before, after },
    }))
    .toReversed();

const written = { actor: someone, source: 'api', reason: 'a new pipeline', requestId: 'request-7' };

export const holdingKeys = (makeHistory: MakeHistory): void => {
  it('creates a key with its event, and finds it among the live ones', async () => {
    const { history } = await makeHistory();
    expect(await history.liveApiKeys()).toEqual({ any: false, live: [] });
    const key = await history.createApiKey(newKey(1, { livesMs: DAY }), by);
    expect(key).toEqual({
      ...{ id: keyId(1), name: 'key-1', role: 'operator', state: 'live', createdBy: someone },
      ...{ createdAt: expect.any(Date), expiresAt: expect.any(Date) },
      ...{ replacedBy: undefined, revokedAt: undefined, lastUsedAt: undefined },
    });
    expect((key?.expiresAt?.getTime() ?? 0) - (key?.createdAt.getTime() ?? 0)).toBe(DAY);
    const { any, live } = await history.liveApiKeys();
    expect(any).toBe(true);
    expect(live).toEqual([{ ...material(1), name: 'key-1', role: 'operator', endsInMs: expect.any(Number) }]);
    expect(live[0]?.endsInMs).toBeGreaterThan(DAY - 60_000);
    expect(live[0]?.endsInMs).toBeLessThanOrEqual(DAY);
    expect(await keyEvents(history)).toEqual([
      {
        ...{ kind: 'key.created', ...written, before: undefined },
        after: { keyId: keyId(1), name: 'key-1', role: 'operator', expiresAt: key?.expiresAt?.toISOString() },
      },
    ]);
    expect(JSON.stringify(await keyEvents(history))).not.toContain(material(1).digest);
  });

  it('gives a name to one live key, however many processes ask at once', async () => {
    const { history } = await makeHistory();
    const named = [1, 2, 3, 4, 5].map((nth) => history.createApiKey(newKey(nth, { name: 'ci' }), by));
    expect((await Promise.all(named)).filter((key) => key !== undefined)).toHaveLength(1);
    expect(await liveIds(history)).toHaveLength(1);
    expect(await keyEvents(history)).toHaveLength(1);
  });

  it('gives the name of an expired or revoked key to another one', async () => {
    const { history, advance } = await makeHistory();
    await history.createApiKey(newKey(1, { name: 'ci', livesMs: HOUR }), by);
    await advance(HOUR - 60_000);
    expect(await history.createApiKey(newKey(2, { name: 'ci' }), by)).toBeUndefined();
    await advance(120_000);
    expect(await liveIds(history)).toEqual([]);
    expect(await history.createApiKey(newKey(3, { name: 'ci' }), by)).toMatchObject({ id: keyId(3), state: 'live' });
    await history.revokeApiKey(keyId(3), false, by);
    expect(await history.createApiKey(newKey(4, { name: 'ci' }), by)).toMatchObject({ id: keyId(4) });
    expect(await liveIds(history)).toEqual([keyId(4)]);
  });

  it('lists live keys, and on request those that have ended', async () => {
    const { history, advance } = await makeHistory();
    await history.createApiKey(newKey(1, { livesMs: HOUR }), by);
    await advance(2 * HOUR);
    await history.createApiKey(newKey(2), by);
    await advance(HOUR);
    await history.createApiKey(newKey(3), by);
    await history.revokeApiKey(keyId(2), false, by);
    const listed = async (ended: boolean, limit: number) =>
      (await history.listApiKeys({ ended }, limit)).map(({ id, state }) => [id, state]);
    expect(await listed(false, 10)).toEqual([[keyId(3), 'live']]);
    const all = [
      [keyId(3), 'live'],
      [keyId(2), 'revoked'],
      [keyId(1), 'expired'],
    ];
    expect(await listed(true, 10)).toEqual(all);
    expect(await listed(true, 2)).toEqual(all.slice(0, 2));
    expect((await history.liveApiKeys()).any).toBe(true);
  });

  it('rotates a key: both live for the overlap, then the new one alone', async () => {
    const { history, advance } = await makeHistory();
    const old = await history.createApiKey(newKey(1, { name: 'ci', role: 'restorer', livesMs: 90 * DAY }), by);
    await advance(DAY);
    const rotation = await history.rotateApiKey(keyId(1), material(2), HOUR, by);
    if (!rotation.rotated) throw new Error(`Not rotated: ${rotation.why}`);
    const { key, replaced } = rotation;
    expect(key).toMatchObject({ id: keyId(2), name: 'ci', role: 'restorer', state: 'live' });
    expect((key.expiresAt?.getTime() ?? 0) - key.createdAt.getTime()).toBe(90 * DAY);
    expect(replaced).toMatchObject({ id: keyId(1), state: 'live', replacedBy: keyId(2) });
    expect((replaced.expiresAt?.getTime() ?? 0) - key.createdAt.getTime()).toBe(HOUR);
    expect(await liveIds(history)).toEqual([keyId(1), keyId(2)]);
    const [, event] = await keyEvents(history);
    const before = { keyId: keyId(1), name: 'ci', role: 'restorer', expiresAt: expect.any(String) };
    expect(event).toEqual({
      ...{ kind: 'key.rotated', ...written, before },
      after: {
        ...{ ...before, keyId: keyId(2), expiresAt: key.expiresAt?.toISOString() },
        replacedExpiresAt: replaced.expiresAt?.toISOString(),
      },
    });
    expect(old?.expiresAt).toBeDefined();
    await advance(HOUR + 1_000);
    expect(await liveIds(history)).toEqual([keyId(2)]);
  });

  it('lets the old key end earlier than the overlap where it would have expired earlier', async () => {
    const { history } = await makeHistory();
    const old = await history.createApiKey(newKey(1, { livesMs: HOUR }), by);
    const rotation = await history.rotateApiKey(keyId(1), material(2), DAY, by);
    expect(rotation).toMatchObject({ rotated: true, replaced: { expiresAt: old?.expiresAt } });
  });

  it('has two live keys of a name at most', async () => {
    const { history, advance } = await makeHistory();
    await history.createApiKey(newKey(1, { name: 'ci' }), by);
    const turns = [2, 3, 4, 5].map((nth) => history.rotateApiKey(keyId(1), material(nth), HOUR, by));
    const rotations = await Promise.all(turns);
    const made = rotations.flatMap((one) => (one.rotated ? [one.key.id] : []));
    expect(made).toHaveLength(1);
    expect(rotations.filter((one) => !one.rotated)).toEqual(
      [1, 2, 3].map(() => ({ rotated: false, why: 'two-live', liveId: made[0] })),
    );
    const [current = ''] = made;
    expect(await history.rotateApiKey(current, material(6), HOUR, by)).toEqual({
      ...{ rotated: false, why: 'two-live', liveId: keyId(1) },
    });
    expect(await liveIds(history)).toHaveLength(2);
    await advance(HOUR + 1_000);
    expect(await history.rotateApiKey(keyId(1), material(6), HOUR, by)).toEqual({ rotated: false, why: 'ended' });
    expect(await history.rotateApiKey(current, material(6), HOUR, by)).toMatchObject({ rotated: true });
    expect(await history.rotateApiKey(keyId(9), material(7), HOUR, by)).toEqual({ rotated: false, why: 'not-found' });
  });

  it('revokes a key at once, with one event', async () => {
    const { history } = await makeHistory();
    await history.createApiKey(newKey(1), by);
    const again = [1, 2, 3].map(() => history.revokeApiKey(keyId(1), false, by));
    const revocations = await Promise.all(again);
    for (const revocation of revocations)
      expect(revocation).toMatchObject({ revoked: true, key: { state: 'revoked', revokedAt: expect.any(Date) } });
    expect(await liveIds(history)).toEqual([]);
    expect((await keyEvents(history)).slice(1)).toEqual([
      {
        ...{ kind: 'key.revoked', ...written, after: undefined },
        before: { keyId: keyId(1), name: 'key-1', role: 'operator', expiresAt: null },
      },
    ]);
    expect(await history.revokeApiKey(keyId(2), false, by)).toEqual({ revoked: false, why: 'not-found' });
  });

  it('refuses to revoke the last admin key, unless that is wanted', async () => {
    const { history } = await makeHistory();
    await history.createApiKey(admin(1), by);
    await history.createApiKey(newKey(2, { role: 'restorer' }), by);
    expect(await history.revokeApiKey(keyId(1), false, by)).toEqual({ revoked: false, why: 'last-admin' });
    expect(await history.revokeApiKey(keyId(2), false, by)).toMatchObject({ revoked: true });
    await history.createApiKey(admin(3), by);
    expect(await history.revokeApiKey(keyId(1), false, by)).toMatchObject({ revoked: true });
    expect(await history.revokeApiKey(keyId(1), false, by)).toMatchObject({ revoked: true });
    expect(await history.revokeApiKey(keyId(3), false, by)).toEqual({ revoked: false, why: 'last-admin' });
    expect(await liveIds(history)).toEqual([keyId(3)]);
    expect(await history.revokeApiKey(keyId(3), true, by)).toMatchObject({ revoked: true });
    expect(await liveIds(history)).toEqual([]);
  });

  it('never revokes the last two admin keys at once', async () => {
    const { history } = await makeHistory();
    const ids = [1, 2, 3, 4, 5, 6, 7, 8].map(keyId);
    for (const nth of ids.keys()) await history.createApiKey(admin(nth + 1), by);
    const revocations = await Promise.all(ids.map((id) => history.revokeApiKey(id, false, by)));
    expect(revocations.filter(({ revoked }) => !revoked)).toEqual([{ revoked: false, why: 'last-admin' }]);
    expect(await liveIds(history)).toHaveLength(1);
  });

  it('does not count an admin key that was replaced or expires soon, unless it outlasts the other one', async () => {
    const { history } = await makeHistory();
    await history.createApiKey(admin(1), by);
    await history.rotateApiKey(keyId(1), material(2), DAY, by);
    expect(await history.revokeApiKey(keyId(2), false, by)).toEqual({ revoked: false, why: 'last-admin' });
    expect(await history.revokeApiKey(keyId(1), false, by)).toMatchObject({ revoked: true });
    await history.createApiKey(admin(3, ADMIN_REMAINS_MS - HOUR), by);
    expect(await history.revokeApiKey(keyId(2), false, by)).toEqual({ revoked: false, why: 'last-admin' });
    await history.createApiKey(admin(4, ADMIN_REMAINS_MS + HOUR), by);
    expect(await history.revokeApiKey(keyId(2), false, by)).toMatchObject({ revoked: true });
    expect(await history.revokeApiKey(keyId(3), false, by)).toMatchObject({ revoked: true });
    await history.createApiKey(admin(5, HOUR), by);
    await history.createApiKey(admin(6, 2 * HOUR), by);
    await history.revokeApiKey(keyId(4), true, by);
    expect(await history.revokeApiKey(keyId(6), false, by)).toEqual({ revoked: false, why: 'last-admin' });
    expect(await history.revokeApiKey(keyId(5), false, by)).toMatchObject({ revoked: true });
  });

  it('adopts a key once while no admin key lives, however many processes ask at once', async () => {
    const { history } = await makeHistory();
    const first = { ...material(1), name: 'bootstrap' };
    const adoptions = await Promise.all([1, 2, 3, 4].map(() => history.adoptApiKey(first, by)));
    expect(adoptions.toSorted()).toEqual(['adopted', 'adopted-before', 'adopted-before', 'adopted-before']);
    expect(await history.listApiKeys({ ended: true }, 10)).toMatchObject([
      { id: keyId(1), name: 'bootstrap', role: 'admin', state: 'live', expiresAt: undefined },
    ]);
    expect(await keyEvents(history)).toMatchObject([
      { kind: 'key.adopted', after: { keyId: keyId(1), name: 'bootstrap', role: 'admin', expiresAt: null } },
    ]);
    expect(await history.adoptApiKey({ ...material(2), name: 'bootstrap' }, by)).toBe('not-needed');
    expect(await history.adoptApiKey({ ...first, digest: 'f'.repeat(64) }, by)).toBe('ended');
    await history.revokeApiKey(keyId(1), true, by);
    expect(await history.adoptApiKey(first, by)).toBe('ended');
    await history.createApiKey(newKey(3, { name: 'bootstrap', role: 'viewer' }), by);
    expect(await history.adoptApiKey({ ...material(4), name: 'bootstrap' }, by)).toBe('name-taken');
    await history.revokeApiKey(keyId(3), false, by);
    expect(await history.adoptApiKey({ ...material(4), name: 'bootstrap' }, by)).toBe('adopted');
  });

  it('adopts one of several keys under the same name', async () => {
    const { history } = await makeHistory();
    const keys = [1, 2, 3].map((nth) => ({ ...material(nth), name: 'bootstrap' }));
    const adoptions = await Promise.all(keys.map((key) => history.adoptApiKey(key, by)));
    expect(adoptions.toSorted()).toEqual(['adopted', 'not-needed', 'not-needed']);
    expect(await liveIds(history)).toHaveLength(1);
  });

  it('records the use of a key at most once a minute', async () => {
    const { history, advance } = await makeHistory();
    await history.createApiKey(newKey(1), by);
    const lastUsed = async () => (await history.listApiKeys({ ended: false }, 1))[0]?.lastUsedAt?.getTime();
    const agoMs = async () => Date.now() - ((await lastUsed()) ?? 0);
    await history.noteApiKeyUse(keyId(1));
    const noted = await lastUsed();
    expect(noted).toBeDefined();
    await history.noteApiKeyUse(keyId(1));
    expect(await lastUsed()).toBe(noted);
    await advance(61_000);
    const before = await agoMs();
    await history.noteApiKeyUse(keyId(1));
    expect(await agoMs()).not.toBe(before);
    const again = await lastUsed();
    await advance(-600_000);
    await history.noteApiKeyUse(keyId(1));
    expect(await lastUsed()).not.toBe(again);
    await history.noteApiKeyUse(keyId(9));
  });

  it('keeps nothing from texts that no id can be', async () => {
    const { history } = await makeHistory();
    for (const hostile of ["'; DROP TABLE api_key; --", 'tdm_\0\ud800', '', '%', 'x'.repeat(10_000)]) {
      expect(await history.revokeApiKey(hostile, false, by)).toEqual({ revoked: false, why: 'not-found' });
      expect(await history.rotateApiKey(hostile, material(1), HOUR, by)).toEqual({ rotated: false, why: 'not-found' });
      await history.noteApiKeyUse(hostile);
    }
    expect(await history.liveApiKeys()).toEqual({ any: false, live: [] });
  });
};
