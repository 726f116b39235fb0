import type { PlanHistory } from '../../ports/plans.ts';
import { storableText } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, columns, count, json, sql, statement } from '../sql/statement.ts';

const p = columns<'RestorePlan'>('p');

// A separate statement before the other one: statements that store one plan and remove others could deadlock. A plan that was planned again, or that
// a restore was accepted with, since it was counted is not removed.
const MAKE_ROOM = statement`
WITH counted AS (
  SELECT p.hash, p.planned_at, p.expires_at, row_number() OVER newest AS nth, sum(length(p.body)) OVER newest AS bytes
  FROM restore_plan p WHERE p.expires_at IS NOT NULL AND p.planned_at > '-infinity' AND p.hash <> decode($1, 'hex')
  WINDOW newest AS (ORDER BY p.planned_at DESC, p.hash DESC)
), surplus AS (
  SELECT c.hash, c.planned_at FROM counted c
  WHERE c.expires_at <= now() OR c.nth >= $2::int OR c.bytes + $3::int > $4::float8
), locked AS (
  SELECT p.hash FROM restore_plan p
  WHERE p.hash = ANY (ARRAY(SELECT s.hash FROM surplus s)) AND p.expires_at IS NOT NULL
    AND p.planned_at = (SELECT s.planned_at FROM surplus s WHERE s.hash = p.hash)
  ORDER BY p.hash FOR UPDATE SKIP LOCKED
), gone AS (
  DELETE FROM restore_plan WHERE hash = ANY (ARRAY(SELECT hash FROM locked)) RETURNING hash
)
SELECT ${answer(count())} FROM gone`;

const KEEP = statement`
INSERT INTO restore_plan AS p (hash, backup_id, body, expires_at)
VALUES (decode($1, 'hex'), $2, decode($3, 'base64'), now() + make_interval(secs => $4::float8 / 1000))
ON CONFLICT (hash) DO UPDATE SET
  backup_id = CASE WHEN p.expires_at IS NULL THEN p.backup_id ELSE excluded.backup_id END,
  body = CASE WHEN p.expires_at IS NULL THEN p.body ELSE excluded.body END,
  planned_at = CASE WHEN p.expires_at IS NULL THEN p.planned_at ELSE now() END,
  expires_at = CASE WHEN p.expires_at IS NULL THEN NULL ELSE excluded.expires_at END
RETURNING ${answer(json({ plannedAt: p.plannedAt, expiresAt: p.expiresAt }))}`;

const keepPlan =
  (database: Database): PlanHistory['keepPlan'] =>
  async ({ planHash, backupId, body }, { keepMs, maxPlans, maxBytes }) => {
    await database.ask(MAKE_ROOM, planHash, maxPlans, body.length, maxBytes);
    const text = Buffer.from(body).toString('base64');
    const kept = await database.ask(KEEP, planHash, storableText(backupId), text, keepMs);
    if (kept === undefined) throw new Error(`Plan ${planHash} was not stored.`);
    return timesOf(kept);
  };

const timesOf = ({ plannedAt, expiresAt }: { readonly plannedAt: string; readonly expiresAt: string | null }) => ({
  plannedAt: new Date(plannedAt),
  expiresAt: expiresAt === null ? undefined : new Date(expiresAt),
});

const FIND = statement`
SELECT ${answer(
  json({
    backupId: p.backupId,
    plannedAt: p.plannedAt,
    expiresAt: p.expiresAt,
    body: sql<string>("encode(p.body, 'base64')"),
  }),
)}
FROM restore_plan p WHERE p.hash = decode($1, 'hex') AND (p.expires_at IS NULL OR p.expires_at > now())`;

const findPlan =
  (database: Database): PlanHistory['findPlan'] =>
  async (planHash) => {
    const found = await database.ask(FIND, planHash);
    if (found === undefined) return undefined;
    const { backupId, body } = found;
    return { planHash, backupId, ...timesOf(found), body: Uint8Array.from(Buffer.from(body, 'base64')) };
  };

export const plans = (database: Database): PlanHistory => ({
  keepPlan: keepPlan(database),
  findPlan: findPlan(database),
});
