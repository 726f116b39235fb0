import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import { repositoryKeyOf } from '@tandem/shared/domain/backup/location.ts';
import { lastEnd } from '@tandem/shared/domain/backup/state/last-end.ts';
import type { DiscoveredSet } from '../../ports/backups.ts';
import { storableJson } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { retryLostRace } from '../connection/retry-lost-race.ts';
import { EVENT_COLUMNS, EVENT_VALUES, eventRows, eventsFrom } from '../events/event-rows.ts';
import { answer, columns, json, lookup, statement, text } from '../sql/statement.ts';
import { asBackupRecord, BACKUP_JSON, sameLocation } from './backup-json.ts';
import { findByKey } from './find-backup.ts';
import { type Digest, insertParts, keepIndexLists, PART_CHANGES, partRows, partsFrom } from './part-rows.ts';

const backup = columns<'Backup'>();

// A statement does not see its own writes, so a second one reads them.
const DISCOVER = statement`
WITH found AS (
  SELECT * FROM jsonb_to_record($1::jsonb) AS a(backup_id text, optimize_version text, profile text, index_prefix text, cluster_uuid text,
    repository text, repository_uuid text, repository_key text, settings_digest text, state text, requested_at timestamptz, finished_at timestamptz,
    actor jsonb, safety_of uuid, version_assumed boolean)
), recorded AS (
  SELECT b.* FROM found a JOIN backup b ON b.backup_id = (SELECT backup_id FROM found) AND b.optimize_version = a.optimize_version
    AND b.deleted_at IS NULL AND ${sameLocation('a.cluster_uuid', 'a.repository', 'a.repository_uuid')}
  ORDER BY b.requested_at DESC, b.key DESC LIMIT 1
), backup_row AS (
  INSERT INTO backup (backup_id, optimize_version, profile, index_prefix, origin, cluster_uuid, repository, repository_uuid, repository_key, settings_digest,
    requested_at, requested_by, state, finished_at, safety_of, version_assumed)
  SELECT a.backup_id, a.optimize_version, a.profile, a.index_prefix, 'discovered', a.cluster_uuid, a.repository, a.repository_uuid,
    a.repository_key, a.settings_digest, a.requested_at, a.actor, a.state, a.finished_at,
    a.safety_of, coalesce(a.version_assumed, false)
  FROM found a WHERE NOT EXISTS (SELECT FROM recorded)
  ON CONFLICT DO NOTHING
  RETURNING key
), planned AS (
  SELECT n.*, r.key FROM ${partsFrom('$2')}, backup_row r
), grown AS (
  SELECT n.*, p.id FROM ${partsFrom('$2')}, part p
  WHERE p.backup_key = (SELECT key FROM recorded WHERE origin = 'discovered') AND p.number = n.number AND n.uuid IS NOT NULL
    AND (p.uuid IS NULL OR (p.uuid = n.uuid AND p.state <> n.state))
), reported AS (
  SELECT list, names FROM planned UNION ALL SELECT list, names FROM grown
), lists AS (${keepIndexLists('reported')}
), parts AS (${insertParts('planned')}
), filled AS (
  UPDATE part p SET ${PART_CHANGES}
  FROM grown n WHERE p.id = ANY (ARRAY(SELECT id FROM grown)) AND p.id = n.id AND (p.uuid IS NULL OR p.uuid = n.uuid)
), finished AS (
  UPDATE backup b SET finished_at = a.finished_at FROM found a, recorded r WHERE b.key = r.key AND EXISTS (SELECT FROM grown)
), events AS (
  INSERT INTO event (backup_key, backup_id, ${EVENT_COLUMNS})
  SELECT r.key, a.backup_id, ${EVENT_VALUES} FROM found a, backup_row r, ${eventsFrom('$3')} ORDER BY e.ordinal
)
SELECT ${answer(
  json({
    recorded: lookup(BACKUP_JSON, 'FROM recorded b'),
    written: lookup(
      text(backup.key),
      'FROM (SELECT key FROM backup_row UNION ALL SELECT key FROM recorded WHERE EXISTS (SELECT FROM grown)) written',
    ),
  }),
)}`;

const foundRow = (set: DiscoveredSet) => ({
  backup_id: set.backupId,
  optimize_version: set.optimizeVersion,
  profile: set.profile,
  index_prefix: set.indexPrefix,
  cluster_uuid: set.location.clusterUuid,
  repository: set.location.repository,
  repository_uuid: set.location.repositoryUuid,
  repository_key: repositoryKeyOf(set.location),
  settings_digest: set.location.settingsDigest,
  state: set.state,
  requested_at: set.requestedAt,
  finished_at: lastEnd(set.parts),
  actor: set.event.actor,
  safety_of: set.safetyOf,
  version_assumed: set.versionAssumed,
});

export const discover =
  (database: Database, digest: Digest) =>
  async (set: DiscoveredSet): Promise<BackupRecord> => {
    const found = storableJson(foundRow(set));
    const parts = partRows(set.parts, digest);
    const events = eventRows([set.event]);
    // another process may record the set, or delete its record, at the same moment
    const record = await retryLostRace(async () => {
      const answer = await database.ask(DISCOVER, found, parts, events);
      const written = answer?.written ? await findByKey(database)(answer.written) : undefined;
      return written ?? (answer?.recorded ? asBackupRecord(answer.recorded) : undefined);
    });
    if (record) return record;
    throw new Error(`The set ${set.backupId} was neither recorded nor found.`);
  };
