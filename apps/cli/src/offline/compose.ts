import { setTimeout as sleep } from 'node:timers/promises';
import { connectEngine } from '@tandem/engine/registry.ts';
import { migrate } from '@tandem/history/migrate/migrate.ts';
import type { History } from '@tandem/history/ports/history.ts';
import { openPrismaHistory } from '@tandem/history/postgres/prisma-history.ts';
import type { DoctorSources } from '@tandem/planning/doctor/sources.ts';
import type { OwnerStore } from '@tandem/queue/owner-port.ts';
import { openRedisInspection } from '@tandem/queue/redis/redis-inspection.ts';
import { openRedisOwner } from '@tandem/queue/redis/redis-owner.ts';
import { newId } from '@tandem/runtime/new-id.ts';

import {
  ENGINE_SETTINGS,
  engineSettings,
  historySettings,
  migrationSettings,
  redisSettings,
} from '@tandem/runtime/settings/connection-settings.ts';
import { readEngineCredentials, type SettingsSurvey } from '@tandem/runtime/settings/read-settings.ts';
import { withoutSecrets } from '@tandem/runtime/settings/secrets.ts';
import type { SettingKey, Settings } from '@tandem/runtime/settings/settings-catalogue.ts';
import { settingsFacts } from '@tandem/runtime/settings/settings-facts.ts';
import { tandemVersion } from '@tandem/runtime/version.ts';
import { workerSeenWithinMs } from '@tandem/shared/domain/operation/worker-seen-within.ts';

/* The only file of the offline commands that creates clients. A command reads only the settings that its clients need. */

export const HISTORY_SETTINGS = [
  ...(['databaseUrl', 'databaseCa', 'databaseConnectMs', 'databaseQueryMs', 'databaseSearchMs'] as const),
  ...(['databasePool', 'databasePrepared'] as const),
] satisfies readonly SettingKey[];

export const REDIS_SETTINGS = [
  ...(['redisUrl', 'redisCa', 'redisSentinelPassword', 'redisPrefix'] as const),
  ...(['redisConnectMs', 'redisCommandMs'] as const),
] satisfies readonly SettingKey[];

export const MIGRATION_SETTINGS = [
  ...(['databaseUrl', 'databaseOwnerUrl', 'databaseCa', 'databaseConnectMs', 'databaseQueryMs'] as const),
] satisfies readonly SettingKey[];

export const openHistory = (settings: Settings): History => openPrismaHistory(historySettings(settings));

/** A lost connection surfaces in the call that needs it. */
export const openOwner = (settings: Settings): OwnerStore =>
  openRedisOwner({ ...redisSettings(settings), onError: () => undefined });

/** Applies the missing migrations, as the owner of the tables. `isOwner`: the apps connect as the same user. */
export const migrateDatabase = async (
  settings: Settings,
  log: (line: string) => void,
): Promise<{ readonly applied: readonly string[]; readonly isOwner: boolean }> => {
  const { url, ...connection } = migrationSettings(settings);
  const { databaseConnectMs: connectTimeoutMs, databaseQueryMs: queryTimeoutMs } = settings;
  const { applied } = await migrate(url, { log, connectTimeoutMs, queryTimeoutMs, ...connection });
  return { applied, isOwner: connection.appRole === undefined };
};

/** Undefined: the settings for it are invalid. */
const whereValid = <Made>(
  { invalid }: SettingsSurvey,
  keys: readonly SettingKey[],
  make: () => Made,
): Made | undefined => (keys.some((key) => invalid.has(key)) ? undefined : make());

const redisOf = (settings: Settings): NonNullable<DoctorSources['redis']> => {
  const redis = { ...redisSettings(settings), onError: () => undefined };
  const [inspection, owner] = [openRedisInspection(redis), openRedisOwner(redis)];
  return { inspect: inspection.inspect, owner: owner.read, prefix: settings.redisPrefix };
};

const engineOf = (settings: Settings, history: History | undefined, config: readonly string[]) => {
  const readAgain = () => readEngineCredentials({ environment: process.env, arguments: config });
  return connectEngine({
    ...engineSettings(settings, readAgain),
    recordedCluster: async () => history?.lastCluster(),
  });
};

/** What the doctor asks, as far as the settings are valid. Opens no connection yet, except to Redis. */
export const doctorSources = (survey: SettingsSurvey, config: readonly string[]): DoctorSources => {
  // each user of a setting has checked that it is valid
  const settings = survey.values as Settings;
  const history = whereValid(survey, HISTORY_SETTINGS, () => openHistory(settings));
  const hasEngine = settings.elasticsearchUrl !== undefined || settings.opensearchUrl !== undefined;
  return {
    settings: settingsFacts(survey),
    history,
    redis: whereValid(survey, REDIS_SETTINGS, () => redisOf(settings)),
    engine: hasEngine ? whereValid(survey, ENGINE_SETTINGS, () => engineOf(settings, history, config)) : undefined,
    repository: settings.repository,
    indexPrefix: settings.indexPrefix ?? 'optimize',
    optimizeVersion: settings.optimizeVersion,
    workerSeenWithinMs: workerSeenWithinMs(settings.sweepIntervalMs),
    tandemVersion,
    newId,
    now: () => new Date(),
    sleep,
    withoutSecrets: (text) => withoutSecrets(text, survey.secrets),
  };
};
