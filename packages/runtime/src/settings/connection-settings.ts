import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { engineSettings as engineCatalogue, engineUrls } from './catalogue/engine-settings.ts';
import type { EngineCredentials } from './read-settings.ts';
import type { Settings } from './settings-catalogue.ts';

/** The settings in the form the adapters expect. Kept in one file so that API, worker and migration connect in the same way. */

/** With a certificate authority set, the setting decides how TLS is verified: `sslmode` in the URL would override it. */
const databaseTls = (databaseUrl: string, databaseCa: string | undefined) => {
  if (databaseCa === undefined) return { url: databaseUrl };
  const url = new URL(databaseUrl);
  for (const name of [...url.searchParams.keys()]) if (name.startsWith('ssl')) url.searchParams.delete(name);
  return { url: url.href, ssl: { ca: databaseCa } };
};

type MigrationSettings = Pick<Settings, 'databaseUrl' | 'databaseOwnerUrl' | 'databaseCa'>;

/** Connects as the owner of the tables. `appRole`: the role that the apps connect as, if it is a different one. */
export const migrationSettings = ({ databaseUrl, databaseOwnerUrl, databaseCa }: MigrationSettings) => {
  if (databaseOwnerUrl === undefined) return { ...databaseTls(databaseUrl, databaseCa), appRole: undefined };
  const { username, password } = new URL(databaseUrl);
  const appRole = { name: decodeURIComponent(username), password: decodeURIComponent(password) };
  return { ...databaseTls(databaseOwnerUrl, databaseCa), appRole };
};

export const historySettings = (settings: Settings) => ({
  ...databaseTls(settings.databaseUrl, settings.databaseCa),
  poolSize: settings.databasePool,
  connectTimeoutMs: settings.databaseConnectMs,
  queryTimeoutMs: settings.databaseQueryMs,
  searchTimeoutMs: settings.databaseSearchMs,
  preparedStatements: settings.databasePrepared === 'auto' ? undefined : settings.databasePrepared === 'on',
});

export const redisSettings = (settings: Settings) => ({
  url: settings.redisUrl,
  prefix: settings.redisPrefix,
  connectTimeoutMs: settings.redisConnectMs,
  commandTimeoutMs: settings.redisCommandMs,
  ...omitUndefined({ caCertificate: settings.redisCa, sentinelPassword: settings.redisSentinelPassword }),
});

const credentialsIn = ({ engineUsername, enginePassword, engineApiKey }: EngineCredentials) => ({
  ...omitUndefined({ username: engineUsername, password: enginePassword, apiKey: engineApiKey }),
});

/** Of several the first counts; settings without any, or with several, are refused before (contradictions.ts). */
const engineUrl = (settings: Pick<Settings, (typeof engineUrls)[number]>): string => {
  for (const name of engineUrls) {
    const url = settings[name];
    if (url !== undefined) return url;
  }
  throw new TypeError('no setting has the URL of an engine');
};

type EngineKey = keyof typeof engineCatalogue;

/** All that `engineSettings` reads. */
export const ENGINE_SETTINGS = Object.keys(engineCatalogue) as readonly EngineKey[];

/** `readAgain` is called when the engine rejects the credentials. */
export const engineSettings = (settings: Pick<Settings, EngineKey>, readAgain: () => EngineCredentials) => ({
  url: engineUrl(settings),
  requestTimeoutMs: settings.engineRequestMs,
  masterTimeoutMs: settings.engineMasterMs,
  ...credentialsIn(settings),
  readCredentials: () => credentialsIn(readAgain()),
  ...omitUndefined({ caCertificate: settings.engineCa, aws: awsIn(settings) }),
});

const awsIn = ({ engineAwsRegion }: Pick<Settings, 'engineAwsRegion'>) =>
  engineAwsRegion === undefined ? undefined : { region: engineAwsRegion };
