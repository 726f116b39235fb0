import { expect, it } from 'vitest';
import { retryDelayMs, type Tried } from './retry-delay.ts';

const limits = { retries: 3, withinMs: 20_000 };
const broken: Tried = { failed: { network: 'unreachable' }, request: 'read', tries: 1, elapsedMs: 0, jitter: 0 };
const status = (of: number, retryAfterMs?: number, code?: string): Tried['failed'] => ({
  status: of,
  retryAfterMs,
  code,
});

it.each<[string, Partial<Tried>, number | undefined]>([
  ['a read, at first', {}, 250],
  ['later by jitter', { jitter: 0.5 }, 375],
  ['ever later', { tries: 3 }, 1000],
  ['not after the last retry', { tries: 4 }, undefined],
  ['not beyond the time for retries', { elapsedMs: 19_800 }, undefined],
  ['a read after a timeout', { failed: { network: 'timeout' } }, 250],
  ['nothing that TLS refused', { failed: { network: 'tls' }, request: 'keyed' }, undefined],
  ['no change without a key', { request: 'other' }, undefined],
  ['a change with a key', { request: 'keyed' }, 250],
  ['a change with a key after 500', { request: 'keyed', failed: status(500) }, 250],
  ['not what is not implemented', { request: 'keyed', failed: status(501) }, undefined],
  ['not what is refused', { request: 'keyed', failed: status(422) }, undefined],
  ['a change with a key after 429 alone', { request: 'keyed', failed: status(429) }, 250],
  ['a read after 500', { failed: status(500) }, undefined],
  ['a read after 503 alone', { failed: status(503) }, undefined],
  ['a change when the server says', { request: 'other', failed: status(503, 5000) }, 5000],
  ['a change when the server says, of 429', { request: 'other', failed: status(429, 1000) }, 1000],
  ['not later than there is time', { request: 'other', failed: status(503, 20_001) }, undefined],
  ['not sooner than the backoff', { tries: 3, failed: status(503, 0) }, 1000],
  ['a key whose first try runs', { request: 'keyed', failed: status(409, undefined, 'IDEMPOTENCY_KEY_RUNNING') }, 250],
  ['not that where there is no key', { failed: status(409, undefined, 'IDEMPOTENCY_KEY_RUNNING') }, undefined],
  ['500 with Retry-After', { request: 'other', failed: status(500, 1000) }, undefined],
])('repeats %s: %j -> %s', (_, change, expected) => {
  expect(retryDelayMs({ ...broken, ...change }, limits)).toBe(expected);
});
