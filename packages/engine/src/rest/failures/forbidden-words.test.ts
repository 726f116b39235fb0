import { expect, it } from 'vitest';
import { asEngineFailure, ErrorReply } from './failure.ts';

const context = { call: 'listIndices', url: 'https://engine', secrets: [] } as const;
const failureOf = (status: number, body: unknown) =>
  asEngineFailure(new ErrorReply({ status, headers: {}, body }), context);

/** As the documentation or the trackers of the services show them. */
it.each<[string, number, unknown, string, string]>([
  [
    'Amazon OpenSearch Service',
    401,
    { Message: "Your request: '/_cluster/settings' is not allowed." },
    'ENGINE_FORBIDDEN',
    'is a managed service that does not offer this call',
  ],
  [
    'Elasticsearch serverless',
    410,
    {
      error: {
        type: 'api_not_available_exception',
        reason: 'Request for uri [/_x] with method [GET] exists but is not available when running in serverless mode',
      },
    },
    'ENGINE_REFUSED',
    'is a managed service that does not offer this call',
  ],
  [
    'Aiven',
    403,
    '<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n',
    'ENGINE_FORBIDDEN',
    '403 Forbidden Request forbidden by administrative rules.',
  ],
  [
    "OpenSearch's security plugin",
    403,
    {
      error: { type: 'security_exception', reason: 'no permissions for [cluster:admin/snapshot/create] and User [x]' },
    },
    'ENGINE_FORBIDDEN',
    'grant the privilege that the reason names',
  ],
  ['the same with a wrong password', 401, 'Unauthorized', 'ENGINE_FORBIDDEN', 'check user, password or API key'],
  [
    'IAM',
    403,
    { Message: 'User: arn:aws:iam::1:user/x is not authorized to perform: es:ESHttpPut' },
    'ENGINE_FORBIDDEN',
    'in the IAM policy',
  ],
])('names what %s refuses with %i', (_, status, body, code, words) => {
  const failure = failureOf(status, body);
  expect(failure.code).toBe(code);
  expect(failure.message).toContain(words);
});

it('leaves out what a service echoes of a signed request', () => {
  const message =
    'The request signature we calculated does not match the signature you provided.\n\nx-amz-security-token:canary\n';
  const failure = failureOf(403, { message });
  expect(failure.message).toContain('rejects the signature');
  expect(failure.message + JSON.stringify(failure.data)).not.toContain('canary');
});

const NO_API_KEY = 'check user and password (OpenSearch takes no API key: unset ENGINE_API_KEY)';

it.each<[string, Record<string, string>, unknown, string]>([
  ['the security plugin', { 'www-authenticate': 'Basic realm="OpenSearch Security"' }, 'Unauthorized', NO_API_KEY],
  ['the same without a text', { 'www-authenticate': 'Basic realm="OpenSearch Security"' }, '', NO_API_KEY],
  ['OpenSearch 3', { 'x-opensearch-version': 'OpenSearch/3.8.0 (opensearch)' }, 'Unauthorized', NO_API_KEY],
  [
    'a service on OpenSearch 3 that lacks the call',
    { 'x-opensearch-version': 'OpenSearch/3.8.0 (opensearch)' },
    { Message: "Your request: '/_cluster/settings' is not allowed." },
    'does not offer this call',
  ],
  [
    'Elasticsearch',
    { 'www-authenticate': 'Basic realm="security", ApiKey', 'x-elastic-product': 'Elasticsearch' },
    { error: { type: 'security_exception', reason: 'unable to authenticate with provided credentials' } },
    'check user, password or API key',
  ],
])('knows by the headers of a 401 reply whether an API key may be used: %s', (_, headers, body, words) => {
  const failure = asEngineFailure(new ErrorReply({ status: 401, headers, body }), context);
  expect(failure.code).toBe('ENGINE_FORBIDDEN');
  expect(failure.message).toContain(words);
});
