import { apiKeyState, outlasts } from '@tandem/shared/domain/identity/api-key-state.ts';
import type { ApiKeyHistory, ApiKeyRecord, KeyCommand, KeyMaterial, NewApiKey } from '../ports/api-keys.ts';
import { addEvents } from './add-events.ts';
import { methods } from './methods.ts';
import { type ApiKeyRow, after, stored, type Tables } from './tables.ts';

type Method<Name extends keyof ApiKeyHistory> = (
  tables: Tables,
  ...command: Parameters<ApiKeyHistory[Name]>
) => Awaited<ReturnType<ApiKeyHistory[Name]>>;

const USED_EVERY_MS = 60_000;

const isLive = ({ now }: Tables, key: ApiKeyRow): boolean => apiKeyState(key, now()) === 'live';

const asRecord = ({ now }: Tables, { digest: _, holdsName: __, ...key }: ApiKeyRow): ApiKeyRecord => ({
  ...key,
  state: apiKeyState(key, now()),
});

const described = ({ id: keyId, name, role, expiresAt }: ApiKeyRow) => ({
  ...{ keyId, name, role },
  expiresAt: expiresAt?.toISOString() ?? null,
});

const addKey = (tables: Tables, { livesMs, ...key }: NewApiKey, { actor }: KeyCommand): ApiKeyRow => {
  const createdAt = tables.now();
  const row: ApiKeyRow = {
    ...{ ...key, createdAt, createdBy: stored(actor), holdsName: true, replacedBy: undefined },
    expiresAt: livesMs === undefined ? undefined : after(createdAt, livesMs),
    ...{ revokedAt: undefined, lastUsedAt: undefined },
  };
  tables.apiKeys.set(row.id, row);
  return row;
};

type Change = { readonly before?: unknown; readonly after?: unknown };

const addEvent = (
  tables: Tables,
  kind: 'key.created' | 'key.adopted' | 'key.rotated' | 'key.revoked',
  { actor, source, reason, requestId }: KeyCommand,
  change: Change,
): void => {
  const why = { ...(reason !== undefined && { reason }), ...(requestId !== undefined && { requestId }) };
  addEvents(tables, [{ kind, actor, source, ...why, ...change }], { backupId: undefined });
};

const isTaken = (tables: Tables, name: string): boolean =>
  [...tables.apiKeys.values()].some((key) => key.name === name && key.holdsName && isLive(tables, key));

const retire = (tables: Tables, name: string): void => {
  for (const key of tables.apiKeys.values()) if (key.name === name && !isLive(tables, key)) key.holdsName = false;
};

const createApiKey: Method<'createApiKey'> = (tables, given, command) => {
  if (isTaken(tables, given.name)) return undefined;
  retire(tables, given.name);
  const key = addKey(tables, given, command);
  addEvent(tables, 'key.created', command, { after: described(key) });
  return asRecord(tables, key);
};

const liveAdmins = (tables: Tables): readonly ApiKeyRow[] =>
  [...tables.apiKeys.values()].filter((key) => key.role === 'admin' && isLive(tables, key));

const adoptApiKey: Method<'adoptApiKey'> = (tables, given, command) => {
  const known = tables.apiKeys.get(given.id);
  if (known) return isLive(tables, known) && known.digest === given.digest ? 'adopted-before' : 'ended';
  if (liveAdmins(tables).length > 0) return 'not-needed';
  if (isTaken(tables, given.name)) return 'name-taken';
  retire(tables, given.name);
  const key = addKey(tables, { ...given, role: 'admin', livesMs: undefined }, command);
  addEvent(tables, 'key.adopted', command, { after: described(key) });
  return 'adopted';
};

const lifetimeMs = ({ createdAt, expiresAt }: ApiKeyRow): number | undefined =>
  expiresAt && expiresAt.getTime() - createdAt.getTime();

const rotateApiKey: Method<'rotateApiKey'> = (tables, id, next, overlapMs, command) => {
  const old = tables.apiKeys.get(id);
  if (old === undefined) return { rotated: false, why: 'not-found' };
  if (!isLive(tables, old)) return { rotated: false, why: 'ended' };
  const other = [...tables.apiKeys.values()].find((key) => key.name === old.name && key !== old && isLive(tables, key));
  if (other) return { rotated: false, why: 'two-live', liveId: other.id };
  if (!old.holdsName) return { rotated: false, why: 'ended' };
  return { rotated: true, ...replaceKey(tables, old, next, overlapMs, command) };
};

const replaceKey = (tables: Tables, old: ApiKeyRow, next: KeyMaterial, overlapMs: number, command: KeyCommand) => {
  const before = described(old);
  const livesMs = lifetimeMs(old);
  const overlapEnds = after(tables.now(), overlapMs);
  old.expiresAt = old.expiresAt && old.expiresAt < overlapEnds ? old.expiresAt : overlapEnds;
  old.holdsName = false;
  old.replacedBy = next.id;
  const key = addKey(tables, { ...next, name: old.name, role: old.role, livesMs }, command);
  const replacedExpiresAt = old.expiresAt.toISOString();
  addEvent(tables, 'key.rotated', command, { before, after: { ...described(key), replacedExpiresAt } });
  return { key: asRecord(tables, key), replaced: asRecord(tables, old) };
};

const revokeApiKey: Method<'revokeApiKey'> = (tables, id, evenLast, command) => {
  const key = tables.apiKeys.get(id);
  if (key === undefined) return { revoked: false, why: 'not-found' };
  if (key.revokedAt !== undefined) return { revoked: true, key: asRecord(tables, key) };
  if (!evenLast && isLastAdmin(tables, key)) return { revoked: false, why: 'last-admin' };
  key.revokedAt = tables.now();
  key.holdsName = false;
  addEvent(tables, 'key.revoked', command, { before: described(key) });
  return { revoked: true, key: asRecord(tables, key) };
};

const isLastAdmin = (tables: Tables, key: ApiKeyRow): boolean => {
  if (key.role !== 'admin' || !isLive(tables, key)) return false;
  return !liveAdmins(tables).some((one) => one !== key && outlasts(one.expiresAt, key.expiresAt, tables.now()));
};

const listApiKeys: Method<'listApiKeys'> = (tables, { ended }, limit) =>
  [...tables.apiKeys.values()]
    .filter((key) => ended || isLive(tables, key))
    .toReversed()
    .toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
    .slice(0, limit)
    .map((key) => asRecord(tables, key));

const liveApiKeys: Method<'liveApiKeys'> = (tables) => ({
  any: tables.apiKeys.size > 0,
  live: [...tables.apiKeys.values()]
    .filter((key) => isLive(tables, key))
    .map(({ id, digest, name, role, expiresAt }) => ({
      ...{ id, digest, name, role },
      endsInMs: expiresAt && expiresAt.getTime() - tables.now().getTime(),
    })),
});

const noteApiKeyUse: Method<'noteApiKeyUse'> = (tables, id) => {
  const key = tables.apiKeys.get(id);
  if (key === undefined) return;
  const now = tables.now();
  const sinceMs = key.lastUsedAt && Math.abs(now.getTime() - key.lastUsedAt.getTime());
  if (sinceMs === undefined || sinceMs > USED_EVERY_MS) key.lastUsedAt = now;
};

export const apiKeys = (tables: Tables): ApiKeyHistory =>
  methods(tables, {
    ...{ createApiKey, adoptApiKey, rotateApiKey, revokeApiKey },
    ...{ listApiKeys, liveApiKeys, noteApiKeyUse },
  });
