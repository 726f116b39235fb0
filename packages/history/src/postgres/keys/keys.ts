import type { KeyClaim, KeyHistory } from '../../ports/keys.ts';
import { storableText } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { retryLostRace } from '../connection/retry-lost-race.ts';
import { HAS_PASSED } from '../ledger/due-rows.ts';
import { type AnswerOf, answer, columns, count, exists, isTrue, json, lookup, statement } from '../sql/statement.ts';

// A separate statement before the claim: statements that claim one key and delete others could deadlock.
const FORGET = statement`
WITH forgotten AS (
  SELECT key FROM idempotency_key WHERE expires_at <= now() ORDER BY expires_at LIMIT 20 FOR UPDATE SKIP LOCKED
), gone AS (
  DELETE FROM idempotency_key WHERE key = ANY (ARRAY(SELECT key FROM forgotten)) RETURNING key
)
SELECT ${answer(count())} FROM gone`;

const k = columns<'IdempotencyKey'>('k');

const CLAIM = statement`
WITH claimed AS (
  INSERT INTO idempotency_key AS k (key, body_digest, expires_at)
  VALUES ($1, $2, now() + make_interval(secs => $3::float8 / 1000))
  ON CONFLICT (key) DO UPDATE SET body_digest = excluded.body_digest, answer = NULL, claimed_at = now(), answered_at = NULL,
    expires_at = CASE WHEN k.expires_at <= now() THEN excluded.expires_at ELSE k.expires_at END
  WHERE k.expires_at <= now() OR (
    k.answered_at IS NULL AND k.body_digest = excluded.body_digest
    AND (k.claimed_at <= now() - make_interval(secs => $4::float8 / 1000) OR NOT ${HAS_PASSED('k.claimed_at')})
  )
  RETURNING true AS fresh
)
SELECT ${answer(
  json({
    fresh: exists('FROM claimed'),
    kept: lookup(
      json({ same: isTrue('k.body_digest = $2'), answered: isTrue('k.answered_at IS NOT NULL'), answer: k.answer }),
      'FROM idempotency_key k WHERE k.key = $1 AND k.expires_at > now()',
    ),
  }),
)}`;

type Answer = AnswerOf<typeof CLAIM>;

/** Undefined: the key was created or deleted concurrently. */
const asKeyClaim = ({ fresh, kept }: Answer): KeyClaim | undefined => {
  if (fresh) return { claim: 'fresh' };
  if (kept === null) return undefined;
  if (!kept.same) return { claim: 'mismatch' };
  return kept.answered ? { claim: 'replay', answer: kept.answer } : { claim: 'running' };
};

const claimKey =
  (database: Database): KeyHistory['claimKey'] =>
  async (key, bodyDigest, { keepMs, abandonedMs }) => {
    await database.ask(FORGET);
    const claim = await retryLostRace(async () => {
      const answer = await database.ask(CLAIM, storableText(key), bodyDigest, keepMs, abandonedMs);
      return answer && asKeyClaim(answer);
    });
    return claim ?? { claim: 'running' };
  };

const releaseKey =
  ({ models }: Database): KeyHistory['releaseKey'] =>
  async (key) => {
    await models.idempotencyKey.deleteMany({ where: { key: storableText(key), answeredAt: null } });
  };

export const keys = (database: Database): KeyHistory => ({
  claimKey: claimKey(database),
  releaseKey: releaseKey(database),
});
