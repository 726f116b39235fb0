import type { z } from 'zod';
import { databaseSettings } from './catalogue/database-settings.ts';
import { engineSettings } from './catalogue/engine-settings.ts';
import { identitySettings } from './catalogue/identity-settings.ts';
import { oidcSettings } from './catalogue/oidc-settings.ts';
import { optimizeSettings } from './catalogue/optimize-settings.ts';
import { redisSettings } from './catalogue/redis-settings.ts';
import { retrySettings } from './catalogue/retry-settings.ts';
import { serverSettings } from './catalogue/server-settings.ts';
import { tlsSettings } from './catalogue/tls-settings.ts';
import { workerSettings } from './catalogue/worker-settings.ts';
import type { Setting } from './setting.ts';

/** Every setting, in the order of docs/settings.md. */
export const settingsCatalogue = {
  ...serverSettings,
  ...tlsSettings,
  ...identitySettings,
  ...oidcSettings,
  ...optimizeSettings,
  ...databaseSettings,
  ...redisSettings,
  ...engineSettings,
  ...workerSettings,
  ...retrySettings,
};

type Catalogue = typeof settingsCatalogue;

type Value<Row extends Setting> =
  | z.output<Row['schema']>
  | (Row extends { readonly default: string } | { readonly required: true } ? never : undefined);

export type Settings = { readonly [Key in keyof Catalogue]: Value<Catalogue[Key]> };

export type SettingKey = keyof Settings;
