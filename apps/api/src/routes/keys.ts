import {
  ApiKey,
  ApiKeyList,
  ApiKeyQuery,
  CreateApiKeyRequest,
  CreatedApiKey,
  RevokeApiKeyRequest,
  RotateApiKeyRequest,
  RotatedApiKey,
} from '@tandem/shared/contract/keys.ts';
import { type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import {
  createApiKey,
  listApiKeys,
  type ManageApiKeys,
  revokeApiKey,
  rotateApiKey,
} from '../identity/keys/manage-api-keys.ts';
import { ofHistory } from '../openapi/failure-groups.ts';

const live: ApiKey = {
  ...{ keyId: 'tdm_4f9a2c7b', name: 'nightly-ci', role: 'operator', state: 'live' },
  createdAt: '2026-11-22T09:00:00.000Z',
  createdBy: { kind: 'api-key', id: 'tdm_1b7e9d3a', name: 'anna', address: '10.0.0.7' },
  expiresAt: '2027-02-20T09:00:00.000Z',
  ...{ replacedBy: null, revokedAt: null, lastUsedAt: '2026-11-30T01:00:02.000Z' },
};
const created: CreatedApiKey = { ...live, lastUsedAt: null, key: 'tdm_4f9a2c7b_…' };
const replaced: ApiKey = { ...live, expiresAt: '2026-12-01T09:00:00.000Z', replacedBy: 'tdm_8c1d5e0f' };
const rotated = { ...created, keyId: 'tdm_8c1d5e0f', key: 'tdm_8c1d5e0f_…', replaced };

const apiKeyDocs = {
  list: {
    id: 'listApiKeys',
    tag: 'Keys',
    summary: 'List API keys',
    description:
      'Without their secrets, which are stored nowhere. With `ended=true` also those that are not accepted any more.',
    answers: { 200: json('The keys.', ApiKeyList, { items: [live] }) },
    failures: ofHistory,
  },
  create: {
    id: 'createApiKey',
    tag: 'Keys',
    summary: 'Create an API key',
    description:
      'The response is the only place where the key is ever shown. It takes no idempotency key, since a stored response would contain the secret; sent again, it is refused because the name is taken.',
    answers: { 201: json('The key.', CreatedApiKey, created) },
    failures: ['API_KEY_EXISTS', ...ofHistory],
    body: { name: 'nightly-ci', role: 'operator', expiresIn: '90d', reason: 'backups before each release' },
  },
  rotate: {
    id: 'rotateApiKey',
    tag: 'Keys',
    summary: 'Rotate an API key',
    description:
      'Creates a key with the same name and role that lives as long as the old one was created for. Both are accepted for the `overlap`; then the old one expires. The response is the only place where the new key is ever shown.',
    answers: { 201: json('The new key.', RotatedApiKey, rotated) },
    failures: ['API_KEY_NOT_FOUND', 'API_KEY_ENDED', 'API_KEY_ROTATING', ...ofHistory],
    body: { overlap: '24h', reason: 'every quarter' },
  },
  revoke: {
    id: 'revokeApiKey',
    tag: 'Keys',
    summary: 'Revoke an API key',
    description:
      'Its requests are refused, and event streams that it opened are closed, within 10 s on every replica. The last admin key cannot be revoked here: one that lives for another day, or as long as the revoked one would, has to remain. A key that is revoked already is returned as it is.',
    answers: {
      200: json('The revoked key.', ApiKey, { ...live, state: 'revoked', revokedAt: '2026-11-30T10:00:00.000Z' }),
    },
    failures: ['API_KEY_NOT_FOUND', 'API_KEY_LAST_ADMIN', ...ofHistory],
    body: { reason: 'the laptop was lost' },
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

const PATH = '/api/v1/keys';

/** Keys of callers. */
export const apiKeyRoutes = (deps: ManageApiKeys): readonly Route[] => [
  route({
    method: 'get',
    path: PATH,
    query: true,
    docs: apiKeyDocs.list,
    input: ApiKeyQuery,
    handle: async (query) => ({ status: 200, body: await listApiKeys(deps, query) }),
  }),
  route({
    method: 'post',
    path: PATH,
    docs: apiKeyDocs.create,
    input: CreateApiKeyRequest,
    handle: async (request, context) => ({ status: 201, body: await createApiKey(deps, request, context) }),
  }),
  route({
    method: 'post',
    path: `${PATH}/:keyId/rotate`,
    docs: apiKeyDocs.rotate,
    input: RotateApiKeyRequest,
    handle: async (request, context) => ({ status: 201, body: await rotateApiKey(deps, request, context) }),
  }),
  route({
    method: 'delete',
    path: `${PATH}/:keyId`,
    docs: apiKeyDocs.revoke,
    input: RevokeApiKeyRequest,
    handle: async (request, context) => ({ status: 200, body: await revokeApiKey(deps, request, context) }),
  }),
];
