import { row } from '../setting.ts';
import { choice, integer, proxyAddresses, text } from './setting-kinds.ts';

const AUTHENTICATION = choice(['open', 'required']);

/** Who may call the API. */
export const identitySettings = {
  authMode: row({
    environment: 'AUTH_MODE',
    yaml: 'auth.mode',
    schema: AUTHENTICATION,
    default: undefined,
    about:
      'Whether callers must authenticate. `open`: whoever reaches the port is `admin`. Not set: open while HOST is a loopback address and there is no API key, bootstrap key, OIDC issuer or client CA, otherwise `required`.',
  }),
  actuatorAuth: row({
    environment: 'ACTUATOR_AUTH',
    yaml: 'auth.actuator',
    schema: AUTHENTICATION,
    default: undefined,
    about: 'The same for `/actuator`. Not set: as `AUTH_MODE`. Health is open to everyone in any case.',
  }),
  bootstrapAdminKey: row({
    environment: 'BOOTSTRAP_ADMIN_KEY_FILE',
    yaml: 'auth.bootstrapAdminKeyFile',
    schema: text,
    default: undefined,
    file: true,
    about:
      'An API key (`npm run --silent keys -- generate`) that the API adopts with the role `admin` at start while no admin key is live. Otherwise it is ignored, and the log says so.',
  }),
  managementPort: row({
    environment: 'MANAGEMENT_PORT',
    yaml: 'management.port',
    schema: integer(0, 65_535),
    default: undefined,
    about:
      'A port of its own for `/actuator`, which PORT then no longer serves, except for health; 0 takes a free one.',
  }),
  managementHost: row({
    environment: 'MANAGEMENT_HOST',
    yaml: 'management.host',
    schema: text,
    default: '127.0.0.1',
    about: 'Address that `MANAGEMENT_PORT` is on.',
  }),
  trustProxy: row({
    environment: 'TRUST_PROXY',
    yaml: 'server.trustProxy',
    schema: proxyAddresses,
    default: undefined,
    about:
      'Addresses and networks of the proxies, separated by commas, such as `10.0.0.5,192.168.0.0/16`; also `loopback`. Their `X-Forwarded-For` decides which address a client has. Without it that header is ignored.',
  }),
  rateLimit: row({
    environment: 'RATE_LIMIT',
    yaml: 'limits.requests',
    schema: integer(0, 1_000_000),
    default: '600',
    about:
      'How many requests a caller may send in a minute; 0: no limit. Reads on `/actuator`, event streams and static files are not counted, and nothing is while the API is open on a loopback address.',
  }),
  authFailureLimit: row({
    environment: 'AUTH_FAILURE_LIMIT',
    yaml: 'limits.failedAuthentications',
    schema: integer(0, 1_000_000),
    default: '10',
    about:
      'How many requests of one address may fail with 401 in a minute; further ones get 429 instead, while valid credentials are accepted as before. 0: no limit.',
  }),
};
