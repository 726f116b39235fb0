import { migrate } from '@tandem/history/migrate/migrate.ts';
import type { History } from '@tandem/history/ports/history.ts';
import { openPrismaHistory } from '@tandem/history/postgres/prisma-history.ts';
import type { OwnerStore } from '@tandem/queue/owner-port.ts';
import { openRedisOwner } from '@tandem/queue/redis/redis-owner.ts';
import { historySettings, migrationSettings, redisSettings } from '@tandem/runtime/settings/connection-settings.ts';
import type { SettingKey, Settings } from '@tandem/runtime/settings/settings-catalogue.ts';

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
