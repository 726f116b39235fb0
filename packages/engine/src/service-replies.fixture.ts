import type { ProxiedRequest, ProxyAnswer } from './service-proxy.fixture.ts';

/** Every call that Tandem can do without, as `METHOD /path?query`. */
const OPTIONAL = [
  /^GET \/_ilm\/policy/,
  /^GET \/(_index_template|_component_template|_template)/,
  /^GET \/_cluster\/(settings|health)/,
  /^POST \/_cluster\/allocation\/explain/,
  /^GET \/_nodes\/stats/,
  /^GET \/_cluster\/state\/(metadata\?|routing_nodes)/,
  /^GET \/_snapshot\/_status/,
  /^POST \/_security\/user\/_has_privileges/,
  /^GET \/[^/]+\/_stats\/store/,
  // the owners of aliases; a list of indices has the pattern `prefix-*`
  /^GET \/_resolve\/index\/[^?]*[^-]\*(\?|$)/,
];

export const isOptionalCall = ({ method, url }: ProxiedRequest): boolean => {
  const line = `${method} ${decodeURIComponent(url)}`;
  return OPTIONAL.some((call) => call.test(line));
};

export const pathOf = ({ url }: ProxiedRequest): string => url.split('?')[0] ?? '';

export type ServiceReply = (path: string) => ProxyAnswer;

export const amazonReply: ServiceReply = (path) => ({
  status: 401,
  body: { Message: `Your request: '${path}' is not allowed.` },
});

/** Of OpenSearch's security plugin: what the role does not allow is an action or, in front of it, a path. */
export const roleReply: ServiceReply = (action) => {
  const reason = `no permissions for [${action}] and User [name=tandem, backend_roles=[], requestedTenant=null]`;
  const error = { root_cause: [{ type: 'security_exception', reason }], type: 'security_exception', reason };
  return { status: 403, body: { error, status: 403 } };
};

/** What services reply to a call that they do not allow, as their documentation or the trackers of other clients show it. */
export const SERVICES: readonly (readonly [string, ServiceReply])[] = [
  ['Amazon OpenSearch Service', amazonReply],
  [
    'Aiven for OpenSearch',
    () => ({
      status: 403,
      body: '<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n',
    }),
  ],
  ['a role without the privilege', roleReply],
  [
    'Elastic Cloud serverless',
    (path) => {
      const reason = `Request for uri [${path}] with method [GET] exists but is not available when running in serverless mode`;
      return { status: 410, body: { error: { type: 'api_not_available_exception', reason }, status: 410 } };
    },
  ],
  ['a service that hides the call', () => ({ status: 404, body: { message: 'Not Found' } })],
  [
    'a service without the method',
    (path) => ({ status: 405, body: { error: `Incorrect HTTP method for uri [${path}]`, status: 405 } }),
  ],
  [
    'an engine without the handler',
    (path) => ({ status: 400, body: { error: `no handler found for uri [${path}] and method [GET]` } }),
  ],
];
