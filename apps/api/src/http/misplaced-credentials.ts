import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { holdsCredentials } from '@tandem/shared/domain/identity/mask-credentials.ts';
import type { RequestContext, Route } from './route.ts';

/**
 * Throws REQUEST_INVALID if a request that changes something has a credential in a field or in its idempotency key: it would be stored in clear text.
 * Routes that only read store nothing, nor does a login.
 */
export const refuseMisplacedCredentials = (
  { method, readsOnly }: Pick<Route, 'method' | 'readsOnly'>,
  input: unknown,
  { idempotencyKey = '' }: Pick<RequestContext, 'idempotencyKey'>,
): void => {
  if (method === 'get' || readsOnly) return;
  if (!holdsCredentials(idempotencyKey) && !holdsCredentials(JSON.stringify(input) ?? '')) return;
  throw fail(
    'REQUEST_INVALID',
    'The request has an API key or an access token in a place where it would be stored. Send credentials in the header authorization only, and revoke the one that was sent if others can read this request.',
  );
};
