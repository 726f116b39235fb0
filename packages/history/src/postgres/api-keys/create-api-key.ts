import type { Adoption, ApiKeyHistory, KeyCommand } from '../../ports/api-keys.ts';
import { storableJson } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { retryLostRace } from '../connection/retry-lost-race.ts';
import { answer, exists, json, lookup, sql, statement } from '../sql/statement.ts';
import { API_KEY_JSON, asApiKey, BY_COMMAND, commandOf, describedKey, isLive, KEY_EVENT } from './api-key-json.ts';

const COMMAND = commandOf('$1', 'id text, name text, role text, digest text, lives_ms float8');

/** An expired key leaves its name to the new one. */
const RETIRED = `retired AS (
  UPDATE api_key k SET holds_name = NULL FROM command c
  WHERE k.name = c.name AND k.holds_name AND k.expires_at <= now() RETURNING k.id
)`;

const made = (condition: string, conflict: string): string => `made AS (
  INSERT INTO api_key AS k (id, name, role, digest, created_by, expires_at)
  SELECT c.id, c.name, c.role, c.digest, c.actor, now() + make_interval(secs => c.lives_ms / 1000)
  FROM command c, (SELECT count(*) FROM retired) r WHERE ${condition}
  ON CONFLICT ${conflict} DO NOTHING RETURNING k.*
)`;

const event = (kind: 'key.created' | 'key.adopted'): string => `events AS (
  INSERT INTO ${KEY_EVENT} SELECT ${BY_COMMAND}, '${kind}', NULL, ${describedKey('k')} FROM made k, command c
)`;

const CREATE = statement`
WITH ${COMMAND}
, ${RETIRED}
, ${made('true', '(name, holds_name)')}
, ${event('key.created')}
SELECT ${answer(API_KEY_JSON)} FROM made k`;

const ADMIN_LIVES = `FROM api_key k WHERE k.role = 'admin' AND ${isLive('k')}`;

const ADOPT = statement`
WITH ${COMMAND}
, ${RETIRED}
, ${made(`NOT EXISTS (SELECT ${ADMIN_LIVES})`, '')}
, ${event('key.adopted')}
SELECT ${answer(
  json({
    adopted: exists('FROM made'),
    known: lookup(
      json({ digest: sql<string>('k.digest'), live: sql<boolean>(isLive('k')) }),
      'FROM api_key k, command c WHERE k.id = c.id',
    ),
    adminLives: exists(ADMIN_LIVES),
    nameTaken: exists(`FROM api_key k, command c WHERE k.name = c.name AND k.holds_name AND ${isLive('k')}`),
  }),
)}`;

export const commandRow = ({ actor, source, reason, requestId }: KeyCommand) => ({
  ...{ actor, source, reason, request_id: requestId },
});

export const createApiKey =
  (database: Database): ApiKeyHistory['createApiKey'] =>
  async ({ livesMs, ...key }, command) => {
    const created = await database.ask(CREATE, storableJson({ ...commandRow(command), ...key, lives_ms: livesMs }));
    return created && asApiKey(created);
  };

export const adoptApiKey =
  (database: Database): ApiKeyHistory['adoptApiKey'] =>
  async (key, command) => {
    const row = storableJson({ ...commandRow(command), ...key, role: 'admin' });
    const adopt = async (): Promise<Adoption | undefined> => {
      const found = await database.ask(ADOPT, row);
      if (found?.adopted) return 'adopted';
      if (found?.known) return found.known.live && found.known.digest === key.digest ? 'adopted-before' : 'ended';
      if (found?.adminLives) return 'not-needed';
      return found?.nameTaken ? 'name-taken' : undefined;
    };
    // another process adopted it at the same moment, which this statement could not see yet
    const adoption = await retryLostRace(adopt);
    if (adoption) return adoption;
    throw new Error('The key was neither adopted, nor is there a reason why not.');
  };
