import { createHash } from 'node:crypto';
import type { KeyHistory } from '@tandem/history/ports/keys.ts';
import { fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import { isUnconfirmed, KEY_NOT_CHECKED } from '../http/outcome-unknown.ts';

const DAY_MS = 86_400_000;
/** A request that has been running for this long has died with its process. */
const ABANDONED_MS = 60_000;

export type Idempotent<Answer> = {
  /** Undefined: the client sent none, so nothing is replayed. */
  readonly key: string | undefined;
  readonly body: unknown;
  readonly actor: Actor;
  /** Does the work, and stores its response for the key in the same statement. */
  readonly work: () => Promise<Answer>;
  readonly parse: (kept: unknown) => Answer;
};

export type AskIdempotently = <Answer>(request: Idempotent<Answer>) => Promise<Answer>;

type Deps = {
  readonly history: Pick<KeyHistory, 'claimKey' | 'releaseKey'>;
  /** Releases the key once PostgreSQL responds again, unless the request turns out to be accepted. Does not wait. */
  readonly releaseLater: (key: string) => void;
};

/**
 * The first request with a key does the work; later ones with the same body get the same response. IDEMPOTENCY_KEY_REUSED: another body, or another caller.
 * IDEMPOTENCY_KEY_RUNNING: the first request has not finished. HISTORY_UNREACHABLE with an unknown outcome: PostgreSQL confirmed neither
 * this request nor an earlier one with the key. A failed request releases its key. Keys are stored for 24 hours.
 */
export const idempotent =
  ({ history, releaseLater }: Deps): AskIdempotently =>
  async ({ key, body, actor, work, parse }) => {
    if (key === undefined) return work();
    const digest = createHash('sha256')
      .update(JSON.stringify(ownedBy(actor, body)))
      .digest('base64url');
    const times = { keepMs: DAY_MS, abandonedMs: ABANDONED_MS };
    const claimed = await history.claimKey(key, digest, times).catch((error: unknown) => {
      if (isUnconfirmed(error)) releaseLater(key);
      throw isHeldUp(error) ? notChecked(error) : error;
    });
    if (claimed.claim === 'replay') return parse(claimed.answer);
    if (claimed.claim === 'mismatch') {
      throw fail(
        'IDEMPOTENCY_KEY_REUSED',
        'This Idempotency-Key was already used with another body, or by another caller: use a new key for a new request.',
      );
    }
    if (claimed.claim === 'running') {
      throw fail(
        'IDEMPOTENCY_KEY_RUNNING',
        'The first request with this Idempotency-Key has not finished yet, so it is not known whether it was accepted: send it again later.',
      );
    }
    try {
      return await work();
    } catch (error) {
      if (isUnconfirmed(error)) releaseLater(key);
      else await history.releaseKey(key).catch(() => releaseLater(key));
      throw error;
    }
  };

/**
 * Nobody gets the response to the request of another caller. An API key counts by its name, which a rotation keeps; without authentication all
 * are one, since the address of a client may change between its tries.
 */
const ownedBy = (actor: Actor, body: unknown): unknown => {
  switch (actor.kind) {
    case 'api-key':
      return [actor.kind, actor.name, body];
    case 'oidc':
      return [actor.kind, actor.issuer, actor.id, body];
    case 'certificate':
      return [actor.kind, actor.id, body];
    default:
      return body;
  }
};

/** PostgreSQL cancelled the claim: an unconfirmed request with the key still locks the row, or PostgreSQL was slow. */
const isHeldUp = (error: unknown): boolean => isFailure(error, 'HISTORY_UNREACHABLE') && error.data.cause === '57014';

const notChecked = (cause: unknown) =>
  fail(
    'HISTORY_UNREACHABLE',
    'PostgreSQL did not finish checking this Idempotency-Key in time. This request was not accepted; an earlier one with the key may have been. Send it again with the same key: it is accepted at most once.',
    { cause: KEY_NOT_CHECKED, outcome: 'unknown' },
    cause,
  );
