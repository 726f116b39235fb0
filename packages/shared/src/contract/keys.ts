import { z } from 'zod';
import { milliseconds, parseDuration } from '../domain/duration.ts';
import { API_KEY_ID } from '../domain/identity/api-key.ts';
import { API_KEY_NAME_RULE, isApiKeyName } from '../domain/identity/api-key-name.ts';
import { API_KEY_STATES } from '../domain/identity/api-key-state.ts';
import { ROLES } from '../domain/identity/role.ts';
import { time } from './fields.ts';
import { found, once } from './lists.ts';
import { Actor, reason } from './operations.ts';
import { shownAs } from './shown.ts';

/** API keys: /api/v1/keys. */

/** What was sent is not repeated: it may be a key. */
const keyId = z
  .string()
  .regex(API_KEY_ID, 'must be the id of a key, such as tdm_4f9a2c7b, without its secret')
  .meta({ description: 'The id of the key.', example: 'tdm_4f9a2c7b' });

const LIFETIME = '^[0-9]{1,6}(s|m|h|d)$';
const MIN_LIFETIME = '1m';

const lifetime = (max: '30d' | '3650d', description: string) =>
  z
    .string({ error: 'must be a time such as 90d' })
    .transform((text, context) => {
      const parsed = new RegExp(LIFETIME).test(text) ? parseDuration(text) : undefined;
      if (parsed !== undefined && parsed >= milliseconds(MIN_LIFETIME) && parsed <= milliseconds(max)) return parsed;
      const message = `must be a time such as 90d, 24h or 30m, from ${MIN_LIFETIME} to ${max}, ${found(text)}`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    })
    .meta({
      ...shownAs({ type: 'string', pattern: LIFETIME, examples: ['24h'] }),
      description: `${description} A number and its unit: s, m, h or d; from ${MIN_LIFETIME} to ${max}.`,
    });

const why = reason
  .optional()
  .meta({ description: 'Why, in your words; stored in the history. Absent: none is stored.' });

export const ApiKeyQuery = z.strictObject({
  ended: once
    .refine((text) => text === 'true' || text === 'false', 'must be true or false')
    .transform((text) => text === 'true')
    .default(false)
    .meta({
      ...shownAs({ type: 'boolean', default: false }),
      description: 'Whether to list keys that have expired or were revoked, too.',
    }),
});
export type ApiKeyQuery = z.infer<typeof ApiKeyQuery>;

const role = z.enum(ROLES, { error: `must be one of ${ROLES.join(', ')}` });

export const CreateApiKeyRequest = z.strictObject({
  name: z
    .string({ error: API_KEY_NAME_RULE })
    .refine(isApiKeyName, API_KEY_NAME_RULE)
    .meta({ description: 'Who uses the key, as the history shows it.', example: 'nightly-ci' }),
  role: role.meta({ description: 'What the key may do.', example: 'operator' }),
  expiresIn: lifetime('3650d', 'How long the key is accepted. Absent: until it is revoked.').optional(),
  reason: why,
});
export type CreateApiKeyRequest = z.infer<typeof CreateApiKeyRequest>;

export const RotateApiKeyRequest = z.strictObject({
  keyId,
  overlap: lifetime('30d', 'How long the old key is still accepted; shorter if it expires before.')
    .prefault('24h')
    .meta({ description: 'How long the old key is still accepted. From 1m to 30d; shorter if it expires before.' }),
  reason: why,
});
export type RotateApiKeyRequest = z.infer<typeof RotateApiKeyRequest>;

export const RevokeApiKeyRequest = z.strictObject({ keyId, reason });
export type RevokeApiKeyRequest = z.infer<typeof RevokeApiKeyRequest>;

const apiKey = {
  keyId: keyId.meta({
    description: 'The id of the key: how it begins. As `id` of the actor in events.',
    example: 'tdm_4f9a2c7b',
  }),
  name: z.string().meta({ description: 'Who uses it, as the history shows it.', example: 'nightly-ci' }),
  role: role.meta({ description: 'What it may do.', example: 'operator' }),
  state: z.enum(API_KEY_STATES).meta({ description: '`live`: it is accepted.', example: 'live' }),
  createdAt: time.meta({ description: 'When it was created.' }),
  createdBy: Actor.meta({ description: 'Who created it.' }),
  expiresAt: time.nullable().meta({ description: 'From when on it is not accepted. Null: it does not expire.' }),
  replacedBy: z.string().meta({ example: 'tdm_8c1d5e0f' }).nullable().meta({
    description: 'The id of the key that a rotation put in its place. Null: it was not rotated.',
  }),
  revokedAt: time.nullable().meta({ description: 'When it was revoked. Null: it was not.' }),
  lastUsedAt: time.nullable().meta({
    description: 'When it was last used, to the minute. Null: never.',
  }),
};

export const ApiKey = z.strictObject(apiKey).meta({ id: 'ApiKey', description: 'A key, without its secret.' });
export type ApiKey = z.infer<typeof ApiKey>;

export const ApiKeyList = z
  .strictObject({
    items: z.array(ApiKey).readonly().meta({ description: 'The keys, newest first, at most 1000. There is one page.' }),
  })
  .meta({ id: 'ApiKeyList', description: 'API keys.' });
export type ApiKeyList = z.infer<typeof ApiKeyList>;

const secret = {
  key: z.string().meta({
    description: 'The key itself, for `Authorization: Bearer`. It is stored nowhere, and never shown again.',
    example: 'tdm_4f9a2c7b_…',
  }),
};

export const CreatedApiKey = z
  .strictObject({ ...apiKey, ...secret })
  .meta({ id: 'CreatedApiKey', description: 'A key that was just created.' });
export type CreatedApiKey = z.infer<typeof CreatedApiKey>;

export const RotatedApiKey = z
  .strictObject({ ...apiKey, ...secret, replaced: ApiKey.meta({ description: 'The old key, which expires.' }) })
  .meta({ id: 'RotatedApiKey', description: 'The key that takes the place of another one.' });
export type RotatedApiKey = z.infer<typeof RotatedApiKey>;
