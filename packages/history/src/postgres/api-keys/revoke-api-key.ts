import { ADMIN_REMAINS_MS } from '@tandem/shared/domain/identity/api-key-state.ts';
import type { ApiKeyHistory } from '../../ports/api-keys.ts';
import { storableJson, storableText } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, json, lookup, statement } from '../sql/statement.ts';
import { API_KEY_JSON, asApiKey, BY_COMMAND, commandOf, describedKey, isLive, KEY_EVENT } from './api-key-json.ts';
import { commandRow } from './create-api-key.ts';

/** `outlasts` in packages/shared. */
const OUTLASTS = `(a.expires_at IS NULL OR a.expires_at > now() + interval '${ADMIN_REMAINS_MS} milliseconds' OR a.expires_at >= k.expires_at)`;

/*
 * All live admin keys are locked, in order. A concurrent revocation of another one waits for the lock and then sees that this one is gone, so that
 * never the last two are revoked at once.
 */
const REVOKE = statement`
WITH ${commandOf('$1', 'id text, even_last boolean')}
, admins AS MATERIALIZED (
  SELECT a.id, a.expires_at FROM api_key a WHERE a.role = 'admin' AND ${isLive('a')} ORDER BY a.id FOR UPDATE
), revoked AS (
  UPDATE api_key k SET revoked_at = now(), holds_name = NULL FROM command c
  WHERE k.id = c.id AND k.revoked_at IS NULL AND (
    c.even_last OR k.role <> 'admin' OR NOT ${isLive('k')} OR EXISTS (SELECT FROM admins a WHERE a.id <> k.id AND ${OUTLASTS})
  )
  RETURNING k.*
), events AS (
  INSERT INTO ${KEY_EVENT} SELECT ${BY_COMMAND}, 'key.revoked', ${describedKey('k')}, NULL FROM revoked k, command c
)
SELECT ${answer(
  json({
    revoked: lookup(API_KEY_JSON, 'FROM revoked k'),
    found: lookup(API_KEY_JSON, 'FROM api_key k, command c WHERE k.id = c.id'),
  }),
)}`;

export const revokeApiKey =
  (database: Database): ApiKeyHistory['revokeApiKey'] =>
  async (id, evenLast, command) => {
    const row = storableJson({ ...commandRow(command), id: storableText(id), even_last: evenLast });
    const revoke = async () => {
      const { revoked, found } = (await database.ask(REVOKE, row)) ?? {};
      if (revoked) return { revoked: true, key: asApiKey(revoked) } as const;
      if (!found) return { revoked: false, why: 'not-found' } as const;
      return found.revokedAt === null ? undefined : ({ revoked: true, key: asApiKey(found) } as const);
    };
    // tried twice: the first one may have lost against a revocation of the same key, which it could not see yet
    return (await revoke()) ?? (await revoke()) ?? { revoked: false, why: 'last-admin' };
  };
