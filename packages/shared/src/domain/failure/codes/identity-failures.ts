import type { FailureDefinition } from '../failure-definition.ts';

/** Who the caller is, and what the caller may do. */
export const identityFailures = {
  UNAUTHENTICATED: {
    failureClass: null,
    http: { status: 401, fault: 'client' },
    title: 'The request has no valid credentials.',
    // one text for whatever is wrong with them: it must not help to guess
    example: {
      message:
        'Send an API key or an access token in the header authorization ("Bearer ..."), or a client certificate. What was sent, if anything, was not accepted.',
    },
    remedy: 'Send a valid API key, access token or client certificate (docs/security.md).',
  },
  FORBIDDEN: {
    failureClass: null,
    http: { status: 403, fault: 'client' },
    title: 'The caller may not do this.',
    example: {
      message: 'POST /api/v1/restores needs the role restorer; key ci (tdm_4f9a2c7b) has the role operator.',
      data: { needed: 'restorer', role: 'operator' },
    },
    remedy: 'Use credentials with the role that the message names, or ask an admin for it.',
  },
  TOO_MANY_REQUESTS: {
    failureClass: null,
    http: { status: 429, fault: 'client' },
    title: 'Too many requests.',
    example: {
      message: 'Key ci (tdm_4f9a2c7b) may send 600 requests a minute. Send the next one after the time in Retry-After.',
      data: { retryAfterSeconds: 12 },
    },
    remedy: 'Send fewer requests: wait for as long as Retry-After says, and use ?wait= instead of polling.',
  },
  HOST_NOT_SERVED: {
    failureClass: null,
    http: { status: 421, fault: 'client' },
    title: 'The host is not served without authentication.',
    example: {
      message:
        'The header host is "tandem.example.com". While AUTH_MODE is open, only localhost, 127.0.0.1 and [::1] are served. Create a key (npm run keys -- create), or set AUTH_MODE.',
    },
    remedy: 'Reach Tandem by a loopback address, or create a key so that authentication is required.',
  },
  PROXY_NOT_TRUSTED: {
    failureClass: null,
    http: { status: 403, fault: 'client' },
    title: 'A request through a proxy is not served without authentication.',
    example: {
      message:
        'The request has the header x-forwarded-for, so it came through a proxy, and everyone behind it would be admin. Set AUTH_MODE=required and create a key, or AUTH_MODE=open to allow it; set TRUST_PROXY to the address of the proxy.',
    },
    remedy: 'Set AUTH_MODE and TRUST_PROXY (docs/security.md).',
  },
  IDENTITY_UNAVAILABLE: {
    failureClass: null,
    http: { status: 503, fault: 'server' },
    title: 'The credentials cannot be checked now.',
    example: {
      message: 'PostgreSQL cannot be reached, so API keys cannot be checked. Try again once it can.',
    },
    remedy: 'Try again; GET /actuator/health/readiness names the service that is unreachable.',
  },
  API_KEY_NOT_FOUND: {
    failureClass: null,
    http: { status: 404, fault: 'client' },
    title: 'There is no API key with that id.',
    example: { message: 'There is no key tdm_4f9a2c7b. GET /api/v1/keys?ended=true lists all keys.' },
    remedy: 'Check the id: GET /api/v1/keys?ended=true lists all keys.',
  },
  API_KEY_EXISTS: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'A live API key has the name.',
    example: {
      message:
        'Key nightly-ci (tdm_4f9a2c7b) is live. Rotate it (POST /api/v1/keys/tdm_4f9a2c7b/rotate), revoke it, or choose another name.',
      data: { keyId: 'tdm_4f9a2c7b' },
    },
    remedy: 'Rotate or revoke that key, or choose another name.',
  },
  API_KEY_ENDED: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'The API key has expired, or was revoked or replaced.',
    example: {
      message: 'Key tdm_4f9a2c7b has expired, or was revoked or replaced, so it cannot be rotated. Create another key.',
    },
    remedy: 'Create another key.',
  },
  API_KEY_ROTATING: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'Two API keys of the name are live.',
    example: {
      message:
        'Key tdm_8c1d5e0f of the same name is live as well, and a name has at most two live keys. Revoke one of them, or wait until it expires.',
      data: { keyId: 'tdm_8c1d5e0f' },
    },
    remedy: 'Revoke one of the two, or wait until the older one expires.',
  },
  API_KEY_LAST_ADMIN: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'It is the last admin key.',
    example: {
      message:
        'Key tdm_4f9a2c7b is the last admin key that lives for another day. Create another one first, or revoke it with database access (npm run keys -- revoke tdm_4f9a2c7b).',
    },
    remedy: 'Create another admin key first, or revoke it with npm run keys -- revoke.',
  },
} as const satisfies Readonly<Record<string, FailureDefinition>>;
