import { laneOf } from '@tandem/shared/domain/backup/location.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { RepositoryHistory } from '../ports/repositories.ts';
import { addEvents } from './add-events.ts';
import { methods } from './methods.ts';
import { stored, type Tables } from './tables.ts';

type Method<Name extends keyof RepositoryHistory> = (
  tables: Tables,
  ...command: Parameters<RepositoryHistory[Name]>
) => Awaited<ReturnType<RepositoryHistory[Name]>>;

const NOTHING = { backupId: undefined };

const laneAt = (where: Parameters<RepositoryHistory['acceptRepository']>[0]): string =>
  laneOf({ ...where, repositoryUuid: undefined });

const changedRepositories: Method<'changedRepositories'> = ({ changedRepositories: rows }) =>
  [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => ({ ...row }));

const noteChangedRepository: Method<'noteChangedRepository'> = (tables, { location, missing, settings }, event) => {
  const lane = laneOf(location);
  const known = tables.changedRepositories.get(lane);
  if (known && known.location.settingsDigest === location.settingsDigest) return false;
  const row = { location: { ...location }, missing, settings, noticedAt: tables.now(), acceptedAt: undefined };
  tables.changedRepositories.set(lane, row);
  addEvents(tables, [event], NOTHING);
  return true;
};

const acceptRepository: Method<'acceptRepository'> = (tables, where, { actor, reason, requestId }) => {
  const known = tables.changedRepositories.get(laneAt(where));
  if (known === undefined || known.acceptedAt !== undefined) return false;
  const { location, missing, settings } = known;
  tables.changedRepositories.set(laneAt(where), { ...known, acceptedAt: tables.now() });
  const why = omitUndefined({ reason, requestId });
  const after = stored({ location, missing, settings });
  addEvents(tables, [{ kind: 'repository.accepted', actor, source: 'api', ...why, after }], NOTHING);
  return true;
};

const settleRepository: Method<'settleRepository'> = (tables, where, event) => {
  const known = tables.changedRepositories.get(laneAt(where));
  if (known === undefined) return false;
  tables.changedRepositories.delete(laneAt(where));
  if (known.acceptedAt === undefined) addEvents(tables, [event], NOTHING);
  return true;
};

const learnSettings: Method<'learnSettings'> = (tables, keys, settingsDigest) => {
  for (const row of tables.backups) if (keys.includes(row.key)) row.location = { ...row.location, settingsDigest };
};

const backupsByRepository: Method<'backupsByRepository'> = ({ backups }) => {
  const living = backups.filter(({ deletedAt }) => deletedAt === undefined);
  const byLane = Map.groupBy(living, ({ location }) => laneOf(location));
  return [...byLane]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, rows]) => {
      const newest = rows.at(-1);
      if (newest === undefined) return [];
      const { clusterUuid, repository, repositoryUuid, settingsDigest } = newest.location;
      const { backupId } = newest;
      return [{ clusterUuid, repository, backups: rows.length, newest: { backupId, repositoryUuid, settingsDigest } }];
    });
};

const settingsRecorded: Method<'settingsRecorded'> = ({ backups }, where) => {
  const living = backups.filter(
    ({ deletedAt, location }) => deletedAt === undefined && laneOf(location) === laneAt(where),
  );
  return [...new Set(living.map(({ location }) => location.settingsDigest ?? null))];
};

const verifications: Method<'verifications'> = ({ verifications: rows }) =>
  [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => ({ ...row }));

const noteVerification: Method<'noteVerification'> = (tables, { clusterUuid, repository }, result, event) => {
  const at = tables.now();
  tables.verifications.set(laneAt({ clusterUuid, repository }), {
    clusterUuid,
    repository,
    at,
    result: stored(result),
  });
  addEvents(tables, [event], NOTHING);
  return at;
};

export const repositories = (tables: Tables): RepositoryHistory =>
  methods(tables, {
    backupsByRepository,
    settingsRecorded,
    verifications,
    noteVerification,
    changedRepositories,
    noteChangedRepository,
    acceptRepository,
    settleRepository,
    learnSettings,
  });
