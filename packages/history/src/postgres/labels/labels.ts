import { type Hold, type Labels, MAX_LABELS } from '@tandem/shared/domain/backup/hold.ts';
import type { Command } from '../../ports/events.ts';
import type { Annotated, Annotation, LabelHistory } from '../../ports/labels.ts';
import { storableJson } from '../../ports/storable.ts';
import { asHold } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { TURN, takeTurn } from '../events/take-turn.ts';
import { type AnswerOf, answer, exists, isTrue, json, NOW, sql, statement } from '../sql/statement.ts';
import { HOLD_JSON, type HoldJson } from './held.ts';

/*
 * The backup is locked first, against deletions: one that came before is seen by open_deletion_of, which reads at the time of the call; one
 * that comes after waits for the lock and sees the hold.
 */
const ANNOTATE = statement`
WITH command AS (
  SELECT * FROM jsonb_to_record($2::jsonb) AS a(actor jsonb, reason text, request_id text, add jsonb, remove jsonb,
    sets_note boolean, note text, sets_hold boolean, hold jsonb, until timestamptz,
    never_earlier boolean)
), locked AS MATERIALIZED (
  SELECT b.* FROM backup b WHERE b.key = $1::bigint FOR NO KEY UPDATE
), judged AS MATERIALIZED (
  SELECT b.key, b.backup_id, b.deleted_at IS NOT NULL AS deleted, open_deletion_of(b.key) AS deletion,
    coalesce(b.labels, '{}') AS old_labels,
    (coalesce(b.labels, '{}') || a.add) - ARRAY(SELECT jsonb_array_elements_text(a.remove)) AS labels,
    b.note AS old_note, CASE WHEN a.sets_note THEN a.note ELSE b.note END AS note,
    ${HOLD_JSON} AS old_hold, CASE WHEN ${HOLD_JSON} IS NOT NULL THEN b.held_until END AS old_until,
    a.sets_hold, a.hold, a.until, a.never_earlier
  FROM locked b, command a
), counted AS MATERIALIZED (
  SELECT j.*, (SELECT count(*)::int FROM jsonb_object_keys(j.labels)) AS many,
    j.hold IS NOT NULL AND (j.old_hold IS NULL OR j.old_until <> j.until OR j.old_hold ->> 'reason' <> j.hold ->> 'reason') AS holds,
    j.sets_hold AND j.hold IS NULL AND j.old_hold IS NOT NULL AS releases,
    coalesce(j.never_earlier AND j.until < j.old_until, false) AS earlier
  FROM judged j
), allowed AS MATERIALIZED (
  SELECT c.*, c.hold || jsonb_build_object('at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS new_hold
  FROM counted c
  WHERE (c.many <= ${MAX_LABELS} OR c.labels = c.old_labels)
    AND (c.hold IS NULL OR (NOT c.deleted AND c.deletion IS NULL AND c.until > now())) AND NOT c.earlier
), changed AS (
  UPDATE backup b SET labels = nullif(c.labels, '{}'), note = c.note,
    hold = CASE WHEN c.holds THEN c.new_hold WHEN c.releases THEN NULL ELSE b.hold END,
    held_until = CASE WHEN c.holds THEN c.until WHEN c.releases THEN NULL ELSE b.held_until END
  FROM allowed c
  WHERE b.key = c.key AND (c.labels <> c.old_labels OR c.note IS DISTINCT FROM c.old_note OR c.holds OR c.releases)
), happened AS (
  SELECT 1 AS ordinal, 'backup.labelled' AS kind, c.key, c.backup_id, a.reason,
    jsonb_build_object('labels', c.old_labels, 'note', c.old_note) AS before, jsonb_build_object('labels', c.labels, 'note', c.note) AS after
  FROM allowed c, command a WHERE c.labels <> c.old_labels OR c.note IS DISTINCT FROM c.old_note
  UNION ALL
  SELECT 2, 'backup.held', c.key, c.backup_id, c.hold ->> 'reason',
    jsonb_build_object('hold', c.old_hold), jsonb_build_object('hold', c.new_hold) FROM allowed c WHERE c.holds
  UNION ALL
  SELECT 2, 'backup.released', c.key, c.backup_id, a.reason,
    jsonb_build_object('hold', c.old_hold), jsonb_build_object('hold', NULL) FROM allowed c, command a WHERE c.releases
), ${takeTurn('happened')}
, events AS (
  INSERT INTO event (backup_key, backup_id, kind, actor, source, reason, request_id, before, after)
  SELECT h.key, h.backup_id, h.kind, a.actor, 'api', h.reason, a.request_id, h.before, h.after
  FROM command a, happened h, ${TURN} ORDER BY h.ordinal
)
SELECT ${answer(
  json({
    done: exists('FROM allowed'),
    labels: sql<Labels>('c.labels'),
    note: sql<string | null>('c.note'),
    hold: sql<HoldJson | null>(
      'CASE WHEN c.holds THEN (SELECT new_hold FROM allowed) WHEN c.releases THEN NULL ELSE c.old_hold END',
    ),
    many: sql<number>('c.many'),
    deleted: isTrue('c.deleted'),
    deletion: sql<string | null>('c.deletion'),
    past: sql<boolean | null>('c.until <= now()'),
    earlier: isTrue('c.earlier'),
    now: NOW,
  }),
)}
FROM counted c`;

type Answer = AnswerOf<typeof ANNOTATE>;

const asAnnotated = (answer: Answer | undefined): Annotated => {
  if (answer === undefined) return { done: false, why: 'unknown' };
  const { done, labels, note, deletion } = answer;
  if (done) return { done, labels, note: note ?? undefined, hold: asHold(answer.hold) };
  if (answer.many > MAX_LABELS) return { done, why: 'labels', count: answer.many };
  if (answer.deleted) return { done, why: 'deleted' };
  if (deletion !== null) return { done, why: 'deleting', operationId: deletion };
  if (answer.earlier && answer.past !== true) return { done, why: 'earlier' };
  return { done, why: 'past', now: new Date(answer.now) };
};

/** The stored value of `hold`, without the time, which the database sets. */
const holdOf = ({ actor, requestId }: Command, { hold }: Annotation): Omit<Hold, 'at'> | null =>
  hold === undefined || hold === null
    ? null
    : { reason: hold.reason, until: hold.until?.toISOString() ?? null, actor, requestId };

const annotationRow = (command: Command, annotation: Annotation): string => {
  const labels = Object.entries(annotation.labels ?? {});
  return storableJson({
    actor: command.actor,
    reason: command.reason,
    request_id: command.requestId,
    add: Object.fromEntries(labels.filter(([, value]) => value !== null)),
    remove: labels.filter(([, value]) => value === null).map(([key]) => key),
    sets_note: annotation.note !== undefined,
    note: annotation.note,
    sets_hold: annotation.hold !== undefined,
    hold: holdOf(command, annotation),
    never_earlier: annotation.hold?.neverEarlier,
    until: annotation.hold ? (annotation.hold.until?.toISOString() ?? 'infinity') : undefined,
  });
};

const annotate =
  (database: Database): LabelHistory['annotate'] =>
  async (backupKey, command, annotation) =>
    asAnnotated(await database.ask(ANNOTATE, backupKey, annotationRow(command, annotation)));

export const labels = (database: Database): LabelHistory => ({
  annotate: annotate(database),
});
