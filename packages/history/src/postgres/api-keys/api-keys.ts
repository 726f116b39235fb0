import type { ApiKeyHistory } from '../../ports/api-keys.ts';
import { storableText } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, columns, exists, isTrue, json, list, sql, statement, total } from '../sql/statement.ts';
import { API_KEY_JSON, asApiKey, isLive } from './api-key-json.ts';
import { adoptApiKey, createApiKey } from './create-api-key.ts';
import { revokeApiKey } from './revoke-api-key.ts';
import { rotateApiKey } from './rotate-api-key.ts';

const LIST = statement`
SELECT ${answer(list(API_KEY_JSON, 'k.created_at DESC, k.id'))} FROM (
  SELECT * FROM api_key k WHERE $1::boolean OR ${isLive('k')} ORDER BY k.created_at DESC, k.id LIMIT $2::int
) k`;

const listApiKeys =
  (database: Database): ApiKeyHistory['listApiKeys'] =>
  async ({ ended }, limit) =>
    ((await database.ask(LIST, ended, limit)) ?? []).map(asApiKey);

const k = columns<'ApiKey'>('k');
const ENDS_IN_MS = sql<number | null>('(extract(epoch FROM k.expires_at - now()) * 1000)::float8');

const LIVE = statement`
SELECT ${answer(
  json({
    any: exists('FROM api_key'),
    live: total(
      list(json({ id: k.id, digest: k.digest, name: k.name, role: k.role, endsInMs: ENDS_IN_MS })),
      `FROM api_key k WHERE ${isLive('k')}`,
    ),
  }),
)}`;

const liveApiKeys =
  (database: Database): ApiKeyHistory['liveApiKeys'] =>
  async () => {
    const { any, live } = (await database.ask(LIVE)) ?? { any: false, live: [] };
    return { any, live: live.map(({ endsInMs, ...key }) => ({ ...key, endsInMs: endsInMs ?? undefined })) };
  };

/** A time in the future is of a clock that was put back. */
const USED = statement`
UPDATE api_key k SET last_used_at = now() WHERE k.id = $1
AND (k.last_used_at IS NULL OR k.last_used_at NOT BETWEEN now() - interval '1 minute' AND now() + interval '1 minute')
RETURNING ${answer(isTrue('true'))}`;

const noteApiKeyUse =
  (database: Database): ApiKeyHistory['noteApiKeyUse'] =>
  async (id) =>
    void (await database.ask(USED, storableText(id)));

export const apiKeys = (database: Database): ApiKeyHistory => ({
  createApiKey: createApiKey(database),
  adoptApiKey: adoptApiKey(database),
  rotateApiKey: rotateApiKey(database),
  revokeApiKey: revokeApiKey(database),
  listApiKeys: listApiKeys(database),
  liveApiKeys: liveApiKeys(database),
  noteApiKeyUse: noteApiKeyUse(database),
});
