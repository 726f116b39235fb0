import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import { laneOf, repositoryKeyOf } from '@tandem/shared/domain/backup/location.ts';
import type { Acceptance, NewCreate } from '../../ports/backups.ts';
import { keyOvertaken } from '../../ports/keys.ts';
import type { OperationRecord } from '../../ports/operations.ts';
import type { ChangedRepository } from '../../ports/repositories.ts';
import { storableJson } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { retryLostRace } from '../connection/retry-lost-race.ts';
import { EVENT_COLUMNS, EVENT_VALUES, eventRows, eventsFrom } from '../events/event-rows.ts';
import { type KeyFragments, keyParameters, WITHOUT_KEY, withHeldKey } from '../keys/held-key.ts';
import { backupStateAfter } from '../ledger/transition-sql.ts';
import { findOperation } from '../operations/list-operations.ts';
import { changedRepositories } from '../repositories/repositories.ts';
import { forbidsCreates } from '../restores/restore-rows.ts';
import { type AnswerOf, answer, columns, exists, isTrue, json, lookup, statement } from '../sql/statement.ts';
import { sameLocation } from './backup-json.ts';
import { findAtLocation } from './find-backup.ts';
import { type Digest, insertParts, keepIndexLists, partRows, partsFrom } from './part-rows.ts';

const operation = columns<'Operation'>();

// NOT EXISTS finds rows that are already recorded; the unique indexes refuse rows that are recorded concurrently. The id comes
// from a scalar subquery: a plan made while the table was empty goes by the index of ids later.
const acceptWith = (key: KeyFragments) => statement`
WITH command AS (
  SELECT * FROM jsonb_to_record($1::jsonb) AS a(backup_id text, optimize_version text, profile text, index_prefix text, origin text, cluster_uuid text,
    repository text, repository_uuid text, repository_key text, settings_digest text, lane text, operation_id uuid, request_id text, actor jsonb, safety_of text, version_assumed boolean, hold jsonb, ownership jsonb)
), restoring AS (
  SELECT r.id FROM operation r, command a
  WHERE ${forbidsCreates('a.cluster_uuid', 'a.safety_of')}
), changed AS (
  SELECT FROM changed_repository r, command a WHERE r.lane = a.lane AND r.accepted_at IS NULL
), late AS (
  SELECT FROM command a WHERE a.safety_of IS NOT NULL AND NOT EXISTS (
    SELECT FROM operation r WHERE r.id = a.safety_of::uuid AND r.ended_at IS NULL
  )
)${key.held}, backup_row AS (
  INSERT INTO backup (backup_id, optimize_version, profile, index_prefix, origin, cluster_uuid, repository, repository_uuid, repository_key, settings_digest,
    requested_by, state, safety_of, version_assumed, ownership, hold, held_until)
  SELECT a.backup_id, a.optimize_version, a.profile, a.index_prefix, a.origin, a.cluster_uuid, a.repository, a.repository_uuid, a.repository_key, a.settings_digest,
    a.actor, ${backupStateAfter('accept', "'create'")}, a.safety_of::uuid, coalesce(a.version_assumed, false), a.ownership, a.hold,
    CASE WHEN a.hold IS NOT NULL THEN coalesce((a.hold ->> 'until')::timestamptz, 'infinity') END
  FROM command a
  WHERE NOT EXISTS (
    SELECT FROM backup b
    WHERE b.backup_id = (SELECT backup_id FROM command) AND b.deleted_at IS NULL
      AND ${sameLocation('a.cluster_uuid', 'a.repository', 'a.repository_uuid')}
  ) AND NOT EXISTS (SELECT FROM restoring) AND NOT EXISTS (SELECT FROM late) AND NOT EXISTS (SELECT FROM changed)${key.only}
  ON CONFLICT DO NOTHING
  RETURNING key
), planned AS (
  SELECT n.*, r.key FROM ${partsFrom('$2')}, backup_row r
), lists AS (${keepIndexLists('planned')}
), parts AS (${insertParts('planned')}
), operation_row AS (
  INSERT INTO operation (id, backup_key, kind, lane, request_id, actor, detail)
  SELECT a.operation_id, r.key, 'create', a.lane, a.request_id, a.actor, jsonb_strip_nulls(jsonb_build_object('safetyOf', a.safety_of)) FROM command a, backup_row r
  RETURNING revision
), events AS (
  INSERT INTO event (backup_key, backup_id, operation_id, ${EVENT_COLUMNS})
  SELECT r.key, a.backup_id, a.operation_id, ${EVENT_VALUES} FROM command a, backup_row r, ${eventsFrom('$3')} ORDER BY e.ordinal
)${key.kept}
SELECT ${answer(
  json({
    revision: lookup(operation.revision, 'FROM operation_row'),
    keyHeld: isTrue(key.isHeld),
    /** The operation that blocks it. */
    restore: lookup(operation.id, 'FROM restoring'),
    /** It is the safety backup of a restore that is not open. */
    late: exists('FROM late'),
    /** Its repository is recorded as another one. */
    changed: exists('FROM changed'),
  }),
)}`;

const ACCEPT = acceptWith(WITHOUT_KEY);
const ACCEPT_WITH_KEY = acceptWith(withHeldKey('$4', '$5', 'backup_row'));

type Answer = AnswerOf<typeof ACCEPT>;

const commandRow = (create: NewCreate) => ({
  backup_id: create.backupId,
  optimize_version: create.optimizeVersion,
  profile: create.profile,
  index_prefix: create.indexPrefix,
  origin: create.origin,
  cluster_uuid: create.location.clusterUuid,
  repository: create.location.repository,
  repository_uuid: create.location.repositoryUuid,
  repository_key: repositoryKeyOf(create.location),
  settings_digest: create.location.settingsDigest,
  lane: laneOf(create.location),
  operation_id: create.operationId,
  request_id: create.requestId,
  actor: create.actor,
  safety_of: create.safetyOf,
  version_assumed: create.versionAssumed,
  hold: create.hold,
  ownership: create.ownership,
});

const named = ({ operationId, backupId }: OperationRecord) => ({ operationId, backupId });

/** Undefined: the conflicting record was deleted before it was read, so the id is free. */
const asAcceptance = async (
  database: Database,
  { backupId, location }: NewCreate,
  answer: Answer | undefined,
): Promise<Acceptance | undefined> => {
  if (typeof answer?.revision === 'number') return { accepted: true, revision: answer.revision };
  if (answer?.keyHeld === false) throw keyOvertaken();
  const restoring = answer?.restore ? await findOperation(database)(answer.restore) : undefined;
  if (restoring) return { accepted: false, restoring: named(restoring) };
  if (answer?.late) return { accepted: false, restoreEnded: true };
  const existing = await findAtLocation(database)(backupId, location);
  if (existing) return { accepted: false, existing };
  const changed = answer?.changed ? await changedAt(database, location) : undefined;
  return changed && { accepted: false, changed };
};

const changedAt = async (database: Database, location: Location): Promise<ChangedRepository | undefined> =>
  (await changedRepositories(database)()).find((changed) => laneOf(changed.location) === laneOf(location));

export const accept =
  (database: Database, digest: Digest) =>
  async (create: NewCreate): Promise<Acceptance> => {
    const { idempotency } = create;
    const statement = idempotency ? ACCEPT_WITH_KEY : ACCEPT;
    const parameters = [
      ...[storableJson(commandRow(create)), partRows(create.parts, digest), eventRows(create.events)],
      ...keyParameters(idempotency),
    ];
    const acceptance = await retryLostRace(async () =>
      asAcceptance(database, create, await database.ask(statement, ...parameters)),
    );
    if (acceptance) return acceptance;
    throw new Error(`Backup ${create.backupId} is neither recorded nor accepted.`);
  };
