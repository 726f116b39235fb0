import type { ApiKeyHistory, Rotation } from '../../ports/api-keys.ts';
import { storableJson, storableText } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { retryLostRace } from '../connection/retry-lost-race.ts';
import { answer, json, lookup, sql, statement } from '../sql/statement.ts';
import {
  API_KEY_JSON,
  asApiKey,
  BY_COMMAND,
  commandOf,
  describedKey,
  isLive,
  KEY_EVENT,
  replacedUntil,
} from './api-key-json.ts';
import { commandRow } from './create-api-key.ts';

const OTHER = `FROM api_key o WHERE o.name = k.name AND o.id <> k.id AND ${isLive('o')}`;

/** `b` is the row as it was before. */
const ROTATE = statement`
WITH ${commandOf('$1', 'id text, next_id text, digest text, overlap_ms float8')}
, replaced AS (
  UPDATE api_key k SET holds_name = NULL, replaced_by = c.next_id,
    expires_at = least(k.expires_at, now() + make_interval(secs => c.overlap_ms / 1000))
  FROM command c, api_key b
  WHERE k.id = c.id AND b.id = k.id AND k.holds_name AND ${isLive('k')} AND NOT EXISTS (SELECT ${OTHER})
  RETURNING k.*, b.expires_at AS would_expire_at
), made AS (
  INSERT INTO api_key AS k (id, name, role, digest, created_by, expires_at)
  SELECT c.next_id, r.name, r.role, c.digest, c.actor, now() + (r.would_expire_at - r.created_at) FROM replaced r, command c
  RETURNING k.*
), events AS (
  INSERT INTO ${KEY_EVENT}
  SELECT ${BY_COMMAND}, 'key.rotated', ${describedKey('r', 'r.would_expire_at')}, ${describedKey('m')} || ${replacedUntil('r')}
  FROM replaced r, made m, command c
)
SELECT ${answer(
  json({
    made: lookup(API_KEY_JSON, 'FROM made k'),
    replaced: lookup(API_KEY_JSON, 'FROM replaced k'),
    found: lookup(
      json({ mayRotate: sql<boolean>(`k.holds_name IS TRUE AND ${isLive('k')}`), live: sql<boolean>(isLive('k')) }),
      'FROM api_key k, command c WHERE k.id = c.id',
    ),
    liveId: lookup(
      sql<string>('to_jsonb(o.id)'),
      `FROM command c JOIN api_key k ON k.id = c.id, LATERAL (SELECT o.id ${OTHER} LIMIT 1) o`,
    ),
  }),
)}`;

export const rotateApiKey =
  (database: Database): ApiKeyHistory['rotateApiKey'] =>
  async (id, next, overlapMs, command) => {
    const given = { id: storableText(id), next_id: next.id, digest: next.digest, overlap_ms: overlapMs };
    const row = storableJson({ ...commandRow(command), ...given });
    const rotate = async (): Promise<Rotation | undefined> => {
      const { made, replaced, found, liveId } = (await database.ask(ROTATE, row)) ?? {};
      if (made && replaced) return { rotated: true, key: asApiKey(made), replaced: asApiKey(replaced) };
      if (!found) return { rotated: false, why: 'not-found' };
      if (found.live && liveId) return { rotated: false, why: 'two-live', liveId };
      return found.mayRotate ? undefined : { rotated: false, why: 'ended' };
    };
    // another process rotated or revoked it at the same moment
    const rotation = await retryLostRace(rotate);
    if (rotation) return rotation;
    throw new Error('The key was neither rotated, nor is there a reason why not.');
  };
