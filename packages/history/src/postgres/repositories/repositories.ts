import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import { laneOf } from '@tandem/shared/domain/backup/location.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { ChangedRepository as Row } from '../../generated/client.ts';
import type { ChangedRepository, RepositoryHistory } from '../../ports/repositories.ts';
import { storableJson, storableText } from '../../ports/storable.ts';
import { asLocation } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { EVENT_COLUMNS, EVENT_VALUES, eventRows, eventsFrom } from '../events/event-rows.ts';
import { answer, columns, isTrue, json, list, sql, statement } from '../sql/statement.ts';
import { stored } from '../sql/stored-rows.ts';

const asChanged = (row: Row): ChangedRepository => {
  const { location, noticedAt, missing, settings, acceptedAt } = stored<'ChangedRepository'>(row);
  return { location: asLocation(location), noticedAt, missing, settings, acceptedAt: acceptedAt ?? undefined };
};

export const changedRepositories =
  ({ models }: Database): RepositoryHistory['changedRepositories'] =>
  async () =>
    (await models.changedRepository.findMany({ orderBy: { lane: 'asc' } })).map(asChanged);

const NOTE = statement`
WITH noted AS (
  INSERT INTO changed_repository AS r (lane, location, missing, settings) VALUES ($1, $2::jsonb, $3::int, $5)
  ON CONFLICT (lane) DO UPDATE SET location = excluded.location, missing = excluded.missing, settings = excluded.settings, noticed_at = now(), accepted_at = NULL
  WHERE r.location ->> 'settingsDigest' IS DISTINCT FROM excluded.location ->> 'settingsDigest'
  RETURNING r.lane
), events AS (
  INSERT INTO event (${EVENT_COLUMNS}) SELECT ${EVENT_VALUES} FROM noted, ${eventsFrom('$4')}
)
SELECT ${answer(isTrue('true'))} FROM noted`;

const noteChangedRepository =
  (database: Database): RepositoryHistory['noteChangedRepository'] =>
  async ({ location, missing, settings }, event) => {
    const row = [laneOf(location), storableJson(location), missing, eventRows([event]), settings];
    return (await database.ask(NOTE, ...row)) === true;
  };

const ACCEPT = statement`
WITH accepted AS (
  UPDATE changed_repository r SET accepted_at = now() WHERE r.lane = $1 AND r.accepted_at IS NULL RETURNING r.*
), events AS (
  INSERT INTO event (${EVENT_COLUMNS})
  SELECT e.kind, e.actor, e.source, e.reason, e.request_id, e.before,
    jsonb_build_object('location', r.location, 'missing', r.missing, 'settings', r.settings)
  FROM accepted r, ${eventsFrom('$2')}
)
SELECT ${answer(isTrue('true'))} FROM accepted`;

const acceptRepository =
  (database: Database): RepositoryHistory['acceptRepository'] =>
  async (where, { actor, reason, requestId }) => {
    const event: NewEvent = {
      ...{ kind: 'repository.accepted', actor, source: 'api' },
      ...omitUndefined({ reason, requestId }),
    };
    return (await database.ask(ACCEPT, laneAt(where), eventRows([event]))) === true;
  };

const SETTLE = statement`
WITH settled AS (
  DELETE FROM changed_repository r WHERE r.lane = $1 RETURNING r.accepted_at
), events AS (
  INSERT INTO event (${EVENT_COLUMNS}) SELECT ${EVENT_VALUES} FROM settled s, ${eventsFrom('$2')} WHERE s.accepted_at IS NULL
)
SELECT ${answer(isTrue('true'))} FROM settled`;

const settleRepository =
  (database: Database): RepositoryHistory['settleRepository'] =>
  async (where, event) =>
    (await database.ask(SETTLE, laneAt(where), eventRows([event]))) === true;

const LEARN = statement`UPDATE backup SET settings_digest = $2 WHERE key = ANY ($1::bigint[]) RETURNING ${answer(isTrue('true'))}`;

const learnSettings =
  (database: Database): RepositoryHistory['learnSettings'] =>
  async (keys, settingsDigest) =>
    void (await database.ask(LEARN, [...keys], settingsDigest));

const b = columns<'Backup'>('b');

// Counted in the index alone; of each repository one backup is read.
const LIVING = statement`
SELECT ${answer(
  list(
    json({
      ...{ clusterUuid: b.clusterUuid, repository: b.repository, backups: sql<number>('l.backups') },
      ...{ backupId: b.backupId, repositoryUuid: b.repositoryUuid, settingsDigest: b.settingsDigest },
    }),
    'b.cluster_uuid, b.repository',
  ),
)}
FROM (
  SELECT count(*)::int AS backups, max(key) AS newest FROM backup WHERE deleted_at IS NULL AND cluster_uuid >= '' GROUP BY cluster_uuid, repository
) l JOIN backup b ON b.key = l.newest`;

const backupsByRepository =
  (database: Database): RepositoryHistory['backupsByRepository'] =>
  async () =>
    ((await database.ask(LIVING)) ?? []).map(({ clusterUuid, repository, backups, ...newest }) => ({
      ...{ clusterUuid, repository, backups },
      newest: {
        backupId: newest.backupId,
        repositoryUuid: newest.repositoryUuid ?? undefined,
        settingsDigest: newest.settingsDigest ?? undefined,
      },
    }));

const RECORDED = statement`
SELECT ${answer(list(sql<string | null>('to_jsonb(d.settings_digest)')))}
FROM (SELECT DISTINCT settings_digest FROM backup WHERE deleted_at IS NULL AND cluster_uuid = $1 AND repository = $2) d`;

const settingsRecorded =
  (database: Database): RepositoryHistory['settingsRecorded'] =>
  async ({ clusterUuid, repository }) =>
    (await database.ask(RECORDED, clusterUuid, repository)) ?? [];

const verifications =
  ({ models }: Database): RepositoryHistory['verifications'] =>
  async () =>
    (await models.repositoryVerification.findMany({ orderBy: { lane: 'asc' } })).map((row) => {
      const { clusterUuid, repository, verifiedAt: at, result } = stored<'RepositoryVerification'>(row);
      return { clusterUuid, repository, at, result };
    });

const VERIFIED = statement`
WITH noted AS (
  INSERT INTO repository_verification AS v (lane, cluster_uuid, repository, result) VALUES ($1, $2, $3, $4::jsonb)
  ON CONFLICT (lane) DO UPDATE SET result = excluded.result, verified_at = now()
  RETURNING v.verified_at
), events AS (
  INSERT INTO event (${EVENT_COLUMNS}) SELECT ${EVENT_VALUES} FROM noted, ${eventsFrom('$5')}
)
SELECT ${answer(sql<string>('to_jsonb(n.verified_at)'))} FROM noted n`;

const noteVerification =
  (database: Database): RepositoryHistory['noteVerification'] =>
  async ({ clusterUuid, repository }, result, event) => {
    const lane = laneAt({ clusterUuid, repository });
    const row = [lane, clusterUuid, storableText(repository), storableJson(result), eventRows([event])];
    return new Date((await database.ask(VERIFIED, ...row)) ?? 0);
  };

const laneAt = (where: Pick<Location, 'clusterUuid' | 'repository'>): string =>
  laneOf({ ...where, repositoryUuid: undefined });

export const repositories = (database: Database): RepositoryHistory => ({
  backupsByRepository: backupsByRepository(database),
  settingsRecorded: settingsRecorded(database),
  verifications: verifications(database),
  noteVerification: noteVerification(database),
  changedRepositories: changedRepositories(database),
  noteChangedRepository: noteChangedRepository(database),
  acceptRepository: acceptRepository(database),
  settleRepository: settleRepository(database),
  learnSettings: learnSettings(database),
});
