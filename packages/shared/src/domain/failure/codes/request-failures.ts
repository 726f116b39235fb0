import type { FailureDefinition } from '../failure-definition.ts';

/** How a request was sent, whatever it asks for. */
export const requestFailures = {
  REQUEST_INVALID: {
    failureClass: 'terminal',
    http: { status: 400, fault: 'client' },
    title: 'The request is not valid.',
    example: {
      message: 'limit must be between 1 and 1000, for example 50, found 5000.',
      data: { problems: ['limit must be between 1 and 1000, for example 50, found 5000.'], count: 1 },
    },
    remedy: 'Correct the fields that the message names.',
  },
  BODY_TOO_LARGE: {
    failureClass: null,
    http: { status: 413, fault: 'client' },
    title: 'The request body is too large.',
    example: { message: 'The body may have at most 16384 bytes, decompressed.' },
    remedy: 'Send a smaller body.',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    failureClass: null,
    http: { status: 415, fault: 'client' },
    title: 'The content type is not supported.',
    example: {
      message:
        'The header content-type is "text/plain". Send application/json, or a vendor type such as application/vnd.example+json, in UTF-8.',
    },
    remedy: 'Send JSON in UTF-8, plain or with gzip, deflate or br.',
  },
  EXPECTATION_UNKNOWN: {
    failureClass: null,
    http: { status: 417, fault: 'client' },
    title: 'The value of the header Expect is not supported.',
    example: { message: 'The header expect is "200-ok". Send 100-continue, or omit the header.' },
    remedy: 'Send the header Expect with 100-continue, or leave it out.',
  },
  HTTP_1_1_REQUIRED: {
    failureClass: null,
    http: { status: 400, fault: 'client' },
    title: 'The request must come over HTTP/1.1.',
    example: {
      message:
        'The request came over HTTP/1.0, which cannot distinguish a complete CSV file from a truncated one. Use HTTP/1.1 (in nginx: "proxy_http_version 1.1;"), or format=ndjson, whose last line says that it is complete.',
    },
    remedy: 'Have the client and the proxy in front of Tandem use HTTP/1.1, or export NDJSON.',
  },
  ROUTE_NOT_FOUND: {
    failureClass: null,
    http: { status: 404, fault: 'client' },
    title: 'There is no such path.',
    example: { message: 'The page at /docs has no file of that name.' },
    remedy: 'Check the path: /docs lists all of them.',
  },
  METHOD_NOT_ALLOWED: {
    failureClass: null,
    http: { status: 405, fault: 'client' },
    title: 'The path does not support this method.',
    example: { message: '/api/v1/backups supports POST, GET, not PUT.' },
    remedy: 'Use a method that the header Allow of the response names.',
  },
  CURSOR_INVALID: {
    failureClass: null,
    http: { status: 400, fault: 'client' },
    title: 'The cursor is not valid.',
    example: {
      message: 'The cursor is not one that this list returned. Request the first page again, without a cursor.',
    },
    remedy: 'Start with the first page; a cursor is good for the same filter and order only.',
  },
  TOKEN_INVALID: {
    failureClass: null,
    http: { status: 400, fault: 'client' },
    title: 'The token is not valid.',
    example: {
      message:
        'The token is not one that a preview with this filter returned. Request a preview again, without a token.',
    },
    remedy: 'Request a new preview, and send its token with the same filter.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    failureClass: null,
    http: { status: 422, fault: 'client' },
    title: 'The Idempotency-Key was used with another body.',
    example: {
      message:
        'This Idempotency-Key was already used with another body, or by another caller: use a new key for a new request.',
    },
    remedy: 'Use a new key for a new request.',
  },
  IDEMPOTENCY_KEY_RUNNING: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'The first request with this Idempotency-Key is still running.',
    example: {
      message:
        'The first request with this Idempotency-Key has not finished yet, so it is not known whether it was accepted: send it again later.',
    },
    remedy: 'Send the request again later, with the same key.',
  },
} as const satisfies Readonly<Record<string, FailureDefinition>>;
