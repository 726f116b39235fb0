import type { ApiKeyHistory, ApiKeyRecord, KeyCommand } from '@tandem/history/ports/api-keys.ts';
import type { MadeApiKey } from '@tandem/runtime/identity/new-api-key.ts';
import type {
  ApiKey,
  ApiKeyList,
  ApiKeyQuery,
  CreateApiKeyRequest,
  CreatedApiKey,
  RevokeApiKeyRequest,
  RotateApiKeyRequest,
  RotatedApiKey,
} from '@tandem/shared/contract/keys.ts';
import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import type { RequestContext } from '../../http/route.ts';

export type ManageApiKeys = {
  readonly apiKeys: Pick<ApiKeyHistory, 'createApiKey' | 'rotateApiKey' | 'revokeApiKey' | 'listApiKeys'>;
  readonly newApiKey: () => MadeApiKey;
  /** Called after every change, so that this process accepts or refuses the key at once. */
  readonly onKeysChanged: () => void;
};

const MAX_LISTED = 1_000;

/** HISTORY_UNREACHABLE. */
export const listApiKeys = async ({ apiKeys }: ManageApiKeys, query: ApiKeyQuery): Promise<ApiKeyList> => ({
  items: (await apiKeys.listApiKeys(query, MAX_LISTED)).map(asAnswer),
});

/** The only answer with the secret of the key. API_KEY_EXISTS, HISTORY_UNREACHABLE. */
export const createApiKey = async (
  deps: ManageApiKeys,
  { name, role, expiresIn, reason }: CreateApiKeyRequest,
  context: RequestContext,
): Promise<CreatedApiKey> => {
  const { key, ...material } = deps.newApiKey();
  const given = { ...material, name, role, livesMs: expiresIn };
  const created = await deps.apiKeys.createApiKey(given, commandOf(context, reason));
  if (created === undefined) throw await nameIsTaken(deps, name);
  deps.onKeysChanged();
  return { ...asAnswer(created), key };
};

const nameIsTaken = async ({ apiKeys }: ManageApiKeys, name: string): Promise<Failure> => {
  const live = (await apiKeys.listApiKeys({ ended: false }, MAX_LISTED)).find((key) => key.name === name);
  if (live === undefined)
    return fail('API_KEY_EXISTS', `Key ${name} is live. Rotate it, revoke it, or choose another name.`);
  return fail(
    'API_KEY_EXISTS',
    `Key ${name} (${live.id}) is live. Rotate it (POST /api/v1/keys/${live.id}/rotate), revoke it, or choose another name.`,
    { keyId: live.id },
  );
};

/** The only answer with the secret of the new key. API_KEY_NOT_FOUND, API_KEY_ENDED, API_KEY_ROTATING, HISTORY_UNREACHABLE. */
export const rotateApiKey = async (
  deps: ManageApiKeys,
  { keyId, overlap, reason }: RotateApiKeyRequest,
  context: RequestContext,
): Promise<RotatedApiKey> => {
  const { key, ...material } = deps.newApiKey();
  const rotation = await deps.apiKeys.rotateApiKey(keyId, material, overlap, commandOf(context, reason));
  if (rotation.rotated) {
    deps.onKeysChanged();
    return { ...asAnswer(rotation.key), key, replaced: asAnswer(rotation.replaced) };
  }
  switch (rotation.why) {
    case 'not-found':
      throw notFound(keyId);
    case 'ended':
      throw fail(
        'API_KEY_ENDED',
        `Key ${keyId} has expired, or was revoked or replaced, so it cannot be rotated. Create another key.`,
      );
    case 'two-live':
      throw fail(
        'API_KEY_ROTATING',
        `Key ${rotation.liveId} of the same name is live as well, and a name has at most two live keys. Revoke one of them, or wait until it expires.`,
        { keyId: rotation.liveId },
      );
  }
};

/** Revoked already: the key as it is. API_KEY_NOT_FOUND, API_KEY_LAST_ADMIN, HISTORY_UNREACHABLE. */
export const revokeApiKey = async (
  deps: ManageApiKeys,
  { keyId, reason }: RevokeApiKeyRequest,
  context: RequestContext,
): Promise<ApiKey> => {
  const revocation = await deps.apiKeys.revokeApiKey(keyId, false, commandOf(context, reason));
  if (revocation.revoked) {
    deps.onKeysChanged();
    return asAnswer(revocation.key);
  }
  if (revocation.why === 'not-found') throw notFound(keyId);
  throw fail(
    'API_KEY_LAST_ADMIN',
    `Key ${keyId} is the last admin key that lives for another day. Create another one first, or revoke it with database access (npm run keys -- revoke ${keyId}).`,
  );
};

const notFound = (keyId: string): Failure =>
  fail('API_KEY_NOT_FOUND', `There is no key ${keyId}. GET /api/v1/keys?ended=true lists all keys.`);

const commandOf = ({ actor, requestId }: RequestContext, reason: string | undefined): KeyCommand => ({
  ...{ actor, requestId, reason, source: 'api' },
});

const asAnswer = ({ id, createdAt, expiresAt, replacedBy, revokedAt, lastUsedAt, ...key }: ApiKeyRecord): ApiKey => ({
  ...{ keyId: id, ...key, createdAt: createdAt.toISOString() },
  expiresAt: expiresAt?.toISOString() ?? null,
  replacedBy: replacedBy ?? null,
  revokedAt: revokedAt?.toISOString() ?? null,
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});
