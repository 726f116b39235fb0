import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import { laneOf } from '@tandem/shared/domain/backup/location.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { ChangedRepository, RepositoryHistory } from '../../ports/repositories.ts';
import { storableJson } from '../../ports/storable.ts';
import { asLocation, type Json } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { EVENT_COLUMNS, EVENT_VALUES, eventRows, eventsFrom } from '../events/event-rows.ts';

const CHANGED = `
SELECT coalesce(jsonb_agg(jsonb_build_object('location', r.location, 'noticedAt', r.noticed_at, 'missing', r.missing, 'settings', r.settings,
  'acceptedAt', r.accepted_at) ORDER BY r.lane), '[]') AS answer FROM changed_repository r`;

type ChangedJson = Json<ChangedRepository>;

const asChanged = ({ location, noticedAt, missing, settings, acceptedAt }: ChangedJson): ChangedRepository => ({
  location: asLocation(location as Json<Location>),
  noticedAt: new Date(noticedAt),
  missing,
  settings,
  acceptedAt: acceptedAt === null ? undefined : new Date(acceptedAt),
});

export const changedRepositories =
  (database: Database): RepositoryHistory['changedRepositories'] =>
  async () =>
    ((await database.ask<readonly ChangedJson[]>(CHANGED)) ?? []).map(asChanged);

const NOTE = `
WITH noted AS (
  INSERT INTO changed_repository AS r (lane, location, missing, settings) VALUES ($1, $2::jsonb, $3::int, $5)
  ON CONFLICT (lane) DO UPDATE SET location = excluded.location, missing = excluded.missing, settings = excluded.settings, noticed_at = now(), accepted_at = NULL
  WHERE r.location ->> 'settingsDigest' IS DISTINCT FROM excluded.location ->> 'settingsDigest'
  RETURNING r.lane
), events AS (
  INSERT INTO event (${EVENT_COLUMNS}) SELECT ${EVENT_VALUES} FROM noted, ${eventsFrom('$4')}
)
SELECT true AS answer FROM noted`;

const noteChangedRepository =
  (database: Database): RepositoryHistory['noteChangedRepository'] =>
  async ({ location, missing, settings }, event) => {
    const row = [laneOf(location), storableJson(location), missing, eventRows([event]), settings];
    return (await database.ask<boolean>(NOTE, ...row)) === true;
  };

const ACCEPT = `
WITH accepted AS (
  UPDATE changed_repository r SET accepted_at = now() WHERE r.lane = $1 AND r.accepted_at IS NULL RETURNING r.*
), events AS (
  INSERT INTO event (${EVENT_COLUMNS})
  SELECT e.kind, e.actor, e.source, e.reason, e.request_id, e.before,
    jsonb_build_object('location', r.location, 'missing', r.missing, 'settings', r.settings)
  FROM accepted r, ${eventsFrom('$2')}
)
SELECT true AS answer FROM accepted`;

const acceptRepository =
  (database: Database): RepositoryHistory['acceptRepository'] =>
  async (where, { actor, reason, requestId }) => {
    const event: NewEvent = {
      ...{ kind: 'repository.accepted', actor, source: 'api' },
      ...omitUndefined({ reason, requestId }),
    };
    return (await database.ask<boolean>(ACCEPT, laneAt(where), eventRows([event]))) === true;
  };

const SETTLE = `
WITH settled AS (
  DELETE FROM changed_repository r WHERE r.lane = $1 RETURNING r.accepted_at
), events AS (
  INSERT INTO event (${EVENT_COLUMNS}) SELECT ${EVENT_VALUES} FROM settled s, ${eventsFrom('$2')} WHERE s.accepted_at IS NULL
)
SELECT true AS answer FROM settled`;

const settleRepository =
  (database: Database): RepositoryHistory['settleRepository'] =>
  async (where, event) =>
    (await database.ask<boolean>(SETTLE, laneAt(where), eventRows([event]))) === true;

const LEARN = `UPDATE backup SET settings_digest = $2 WHERE key = ANY ($1::bigint[])`;

const learnSettings =
  (database: Database): RepositoryHistory['learnSettings'] =>
  async (keys, settingsDigest) =>
    void (await database.ask(LEARN, [...keys], settingsDigest));

const laneAt = (where: Pick<Location, 'clusterUuid' | 'repository'>): string =>
  laneOf({ ...where, repositoryUuid: undefined });

export const repositories = (database: Database): RepositoryHistory => ({
  changedRepositories: changedRepositories(database),
  noteChangedRepository: noteChangedRepository(database),
  acceptRepository: acceptRepository(database),
  settleRepository: settleRepository(database),
  learnSettings: learnSettings(database),
});
