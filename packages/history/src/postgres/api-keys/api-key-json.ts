import type { ApiKeyState } from '@tandem/shared/domain/identity/api-key-state.ts';
import type { ApiKeyRecord } from '../../ports/api-keys.ts';
import { asDate } from '../backups/backup-json.ts';
import { columns, json, sql, type ValueOf } from '../sql/statement.ts';

const k = columns<'ApiKey'>('k');

/** `alias` is that of a row of `api_key`. */
export const isLive = (alias: string): string =>
  `(${alias}.revoked_at IS NULL AND (${alias}.expires_at IS NULL OR ${alias}.expires_at > now()))`;

const STATE = `CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked' WHEN ${isLive('k')} THEN 'live' ELSE 'expired' END`;

/** A row `k` without its digest, read by `asApiKey`. */
export const API_KEY_JSON = json({
  ...{ id: k.id, name: k.name, role: k.role, state: sql<ApiKeyState>(STATE), createdAt: k.createdAt },
  ...{ createdBy: k.createdBy, expiresAt: k.expiresAt, replacedBy: k.replacedBy, revokedAt: k.revokedAt },
  lastUsedAt: k.lastUsedAt,
});

export const asApiKey = (row: ValueOf<typeof API_KEY_JSON>): ApiKeyRecord => ({
  ...row,
  createdAt: new Date(row.createdAt),
  expiresAt: asDate(row.expiresAt),
  replacedBy: row.replacedBy ?? undefined,
  revokedAt: asDate(row.revokedAt),
  lastUsedAt: asDate(row.lastUsedAt),
});

const isoTime = (time: string): string => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** What an event says of a row with that alias; `expiresAt`: instead of the row's. */
export const describedKey = (alias: string, expiresAt = `${alias}.expires_at`): string =>
  `jsonb_build_object('keyId', ${alias}.id, 'name', ${alias}.name, 'role', ${alias}.role, 'expiresAt', ${isoTime(expiresAt)})`;

/** `key.rotated` says when the key that was replaced ends. */
export const replacedUntil = (alias: string): string =>
  `jsonb_build_object('replacedExpiresAt', ${isoTime(`${alias}.expires_at`)})`;

/** The command as a table `c`; `others`: its further columns. */
export const commandOf = (parameter: string, others: string): string =>
  `command AS (
  SELECT * FROM jsonb_to_record(${parameter}::jsonb) AS c(actor jsonb, source text, reason text, request_id text, ${others})
)`;

/** Columns of an event, and their values but the last. */
export const KEY_EVENT = 'event (actor, source, reason, request_id, kind, before, after)';
export const BY_COMMAND = 'c.actor, c.source, c.reason, c.request_id';
