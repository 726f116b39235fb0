import type { Idempotency } from '../../ports/keys.ts';
import { storableJson, storableText } from '../../ports/storable.ts';

/** Fragments of the statement that accepts a request. */
export type KeyFragments = {
  /** A common table expression after others: the key's row, locked. */
  readonly held: string;
  /** A condition after others: without it nothing is written. */
  readonly only: string;
  /** A common table expression after others: stores the response. */
  readonly kept: string;
  /** An expression: false if another request has taken over the key (`keyOvertaken`). */
  readonly isHeld: string;
};

/**
 * For a request with a key. Who holds the key's row while it has no response may write, and stores its response with what it writes; who comes later
 * finds the response there. `key` and `answer` are parameters of the statement, `written` is what has a row once something was written.
 */
export const withHeldKey = (key: string, answer: string, written: string): KeyFragments => ({
  held: `, held AS (
  SELECT k.key FROM idempotency_key k WHERE k.key = ${key} AND k.answered_at IS NULL FOR UPDATE
)`,
  only: ' AND EXISTS (SELECT FROM held)',
  kept: `, kept AS (
  UPDATE idempotency_key SET answer = ${answer}::jsonb, answered_at = now()
  WHERE key = (SELECT h.key FROM held h, ${written})
)`,
  isHeld: 'EXISTS (SELECT FROM held)',
});

export const WITHOUT_KEY: KeyFragments = { held: '', only: '', kept: '', isHeld: 'true' };

/** The two parameters `key` and `answer`; none without a key. */
export const keyParameters = (idempotency: Idempotency | undefined): readonly string[] =>
  idempotency === undefined ? [] : [storableText(idempotency.key), storableJson(idempotency.answer)];
