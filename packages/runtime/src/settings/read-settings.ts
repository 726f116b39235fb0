import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { addressesIn } from '@tandem/shared/domain/address/address-list.ts';
import { readRedisUrl } from '@tandem/shared/domain/address/redis-address.ts';
import { parse as parseYaml } from 'yaml';
import type { z } from 'zod';
import { renamedVariables, yamlPathNow } from './renamed-settings.ts';
import { retryContradictions } from './retry-settings.ts';
import type { Setting } from './setting.ts';
import { settingsCatalogue } from './settings-catalogue.ts';
import { unknownVariables } from './unknown-variables.ts';

type Catalogue = typeof settingsCatalogue;
type Value<Row extends Setting> =
  | z.output<Row['schema']>
  | (Row extends { readonly default: string } | { readonly required: true } ? never : undefined);

export type Settings = { readonly [Key in keyof Catalogue]: Value<Catalogue[Key]> };
export type SettingKey = keyof Settings;

/** Lists every problem of the configuration at once, one per line, each with its variable or YAML path. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[], warnings: readonly string[] = []) {
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    const listed = (lines: readonly string[]) => lines.map((line) => `\n  - ${line}`).join('');
    const also = warnings.length === 0 ? '' : `\nPossibly related:${listed(warnings)}`;
    super(`The configuration has ${count}:${listed(problems)}${also}`);
    this.problems = problems;
  }
}

export type SettingsSource = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Command-line arguments after the program: `--config FILE`. */
  readonly arguments: readonly string[];
  readonly readFile?: (path: string) => string;
  /** The settings that this process needs; default: all. The others stay undefined, even if they are set. */
  readonly only?: readonly SettingKey[];
};

export type ReadSettings = {
  readonly settings: Settings;
  /** Complete sentences, for the log. */
  readonly warnings: readonly string[];
};

export type EngineCredentials = Pick<Settings, 'engineUsername' | 'enginePassword' | 'engineApiKey'>;

/** Returns the current values; files named by settings are read again. Throws a SettingsError. */
export const readEngineCredentials = (source: SettingsSource): EngineCredentials =>
  readSettings({ ...source, only: ['engineUsername', 'enginePassword', 'engineApiKey'] }).settings;

/**
 * Reads settings from the environment (which takes precedence), a YAML file (`--config FILE` or TANDEM_CONFIG) and the catalogue's
 * defaults. Throws a SettingsError with every problem. No problem ever shows the value of a secret.
 */
export const readSettings = ({
  environment,
  arguments: args,
  readFile = readText,
  only,
}: SettingsSource): ReadSettings => {
  const problems: string[] = [];
  const file = configurationFile(environment, args, problems);
  const yaml = file === undefined ? {} : readYaml(file, readFile, problems);
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries<Setting>(settingsCatalogue)) {
    if (only !== undefined && !only.includes(key as SettingKey)) continue;
    values[key] = readSetting(setting, environment, { file, yaml }, readFile, problems);
  }
  problems.push(
    ...renamedVariables(environment),
    ...unknownPaths(yaml, file),
    ...(only === undefined ? contradictions(values, problems) : []),
  );
  const warnings = [...unknownVariables(environment), ...quotedValues(environment)];
  if (problems.length > 0) throw new SettingsError(problems, warnings);
  return { settings: values as Settings, warnings: [...foreignSections(yaml, file), ...warnings] };
};

const readText = (path: string): string => readFileSync(path, 'utf8');

type Yaml = Readonly<Record<string, unknown>>;

const isSection = (value: unknown): value is Yaml =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const configurationFile = (
  environment: SettingsSource['environment'],
  args: readonly string[],
  problems: string[],
): string | undefined => {
  try {
    const { values } = parseArgs({ args: [...args], options: { config: { type: 'string' } } });
    return values.config || environment.TANDEM_CONFIG || undefined;
  } catch (error) {
    problems.push(`arguments: ${(error as Error).message.split('\n')[0]}`);
    return undefined;
  }
};

const readYaml = (file: string, readFile: (path: string) => string, problems: string[]): Yaml => {
  const text = contentsOf(file, `configuration file ${file}`, readFile, problems);
  try {
    const parsed: unknown = parseYaml(text ?? '') ?? {};
    if (isSection(parsed)) return parsed;
    problems.push(`configuration file ${file}: must be a YAML mapping, such as "backup: { repositoryName: … }"`);
  } catch (error) {
    problems.push(`configuration file ${file}: is not YAML: ${(error as Error).message.split('\n')[0]}`);
  }
  return {};
};

type Written = { readonly file: string | undefined; readonly yaml: Yaml };
type Found = { readonly value: unknown; readonly where: string };

const readSetting = (
  setting: Setting,
  environment: SettingsSource['environment'],
  written: Written,
  readFile: (path: string) => string,
  problems: string[],
): unknown => {
  const found = find(setting, environment, written, readFile, problems);
  if (found === undefined) {
    if (setting.required) problems.push(`${setting.environment} (YAML ${setting.yaml}): is required. ${setting.about}`);
    return undefined;
  }
  // an unreadable file has already been reported
  if (found.value === undefined) return undefined;
  const parsed = setting.schema.safeParse(found.value);
  if (!parsed.success) {
    problems.push(
      `${found.where}: ${parsed.error.issues[0]?.message}${setting.secret ? '' : `, found ${JSON.stringify(found.value)}`}${hint(found)}`,
    );
    return undefined;
  }
  return setting.file ? contentsOf(String(parsed.data), found.where, readFile, problems) : parsed.data;
};

const isQuoted = (value: string): boolean => /^(["']).*\1$/s.test(value) && value.length > 1;

const QUOTES = 'The quotes are part of the value: write it without them';

/** The most likely cause of a rejected value. */
const hint = ({ value, where }: Found): string => {
  if (typeof value !== 'string') return '';
  if (isQuoted(value)) return `. ${QUOTES}`;
  const [, service] = /^(\w+)_PORT$/.exec(where) ?? [];
  if (service === undefined || !/^(tcp|udp|sctp):\/\//.test(value)) return '';
  return `. Kubernetes sets it for a Service called "${service.toLowerCase().replaceAll('_', '-')}": write enableServiceLinks: false into the pod's spec, or set ${where} yourself`;
};

/** Quotes that a shell would have removed, as in a file for `docker --env-file`. A value rejected because of them has its own message. */
const quotedValues = (environment: SettingsSource['environment']): readonly string[] =>
  Object.values<Setting>(settingsCatalogue)
    .filter(({ environment: name, schema }) => {
      const value = environment[name];
      return value !== undefined && isQuoted(value) && schema.safeParse(value).success;
    })
    .map(({ environment: name }) => `${name} begins and ends with a quote. ${QUOTES}.`);

/** The environment takes precedence over YAML. A blank variable counts as unset, so that `X= npm start` unsets it. */
const find = (
  setting: Setting,
  environment: SettingsSource['environment'],
  written: Written,
  readFile: (path: string) => string,
  problems: string[],
): Found | undefined => {
  const { environment: name } = setting;
  const own = environment[name];
  const file = setting.secret ? environment[`${name}_FILE`] : undefined;
  if (own && file) problems.push(`${name} and ${name}_FILE are both set: set only one of them`);
  if (own !== undefined && own !== '') return { value: own, where: name };
  if (file !== undefined && file !== '') {
    return { value: contentsOf(file, `${name}_FILE`, readFile, problems)?.trim(), where: `${name}_FILE` };
  }
  const value = setting.yaml
    .split('.')
    .reduce<unknown>((node, key) => (isSection(node) ? node[key] : undefined), written.yaml);
  if (value !== undefined && value !== null) return { value, where: `YAML ${setting.yaml} in ${written.file}` };
  return setting.default === undefined ? undefined : { value: setting.default, where: name };
};

const contentsOf = (
  path: string,
  where: string,
  readFile: (path: string) => string,
  problems: string[],
): string | undefined => {
  try {
    return readFile(path);
  } catch (error) {
    problems.push(`${where}: the file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
    return undefined;
  }
};

const knownPaths = (): readonly string[] => Object.values<Setting>(settingsCatalogue).map(({ yaml }) => yaml);
const ourSections = (): ReadonlySet<string> => new Set(knownPaths().map((path) => path.split('.')[0] ?? ''));

/** A misspelt key must not be silently ignored. */
const unknownPaths = (yaml: Yaml, file: string | undefined): readonly string[] =>
  leaves(yaml, '')
    .filter((path) => ourSections().has(path.split('.')[0] ?? '') && !knownPaths().includes(path))
    .map((path) => `YAML ${path} in ${file}: ${unknownPath(path)}`);

const unknownPath = (path: string): string => {
  const now = yamlPathNow(path);
  return now === undefined
    ? `is not a setting. Settings there: ${near(path).join(', ')}`
    : `was renamed. Set ${now} instead`;
};

const near = (path: string): readonly string[] => {
  const shown = Object.values<Setting>(settingsCatalogue).map(({ yaml, group }) => group?.yaml ?? yaml);
  return [...new Set(shown)].filter((known) => known.startsWith(`${path.split('.')[0]}.`));
};

const leaves = (node: Yaml, above: string): readonly string[] =>
  Object.entries(node).flatMap(([key, value]) =>
    isSection(value) && !knownPaths().includes(`${above}${key}`)
      ? leaves(value, `${above}${key}.`)
      : [`${above}${key}`],
  );

/** A file shared with Optimize contains sections that are not ours. */
const foreignSections = (yaml: Yaml, file: string | undefined): readonly string[] =>
  Object.keys(yaml)
    .filter((section) => !ourSections().has(section))
    .map((section) => `YAML section "${section}" in ${file} does not belong to Tandem and is ignored`);

const contradictions = (values: Readonly<Record<string, unknown>>, sofar: readonly string[]): readonly string[] => {
  const problems: string[] = [];
  if (values.elasticsearchUrl !== undefined && values.opensearchUrl !== undefined) {
    problems.push('ELASTICSEARCH_URL and OPENSEARCH_URL are both set: set only that of the engine that Optimize uses');
  }
  const isToldOf = sofar.some(
    (problem) => problem.includes('ELASTICSEARCH_URL') || problem.includes('elasticsearch.url'),
  );
  if (values.elasticsearchUrl === undefined && !isToldOf) {
    const found = values.opensearchUrl === undefined ? '' : ': this version of Tandem does not support OpenSearch yet';
    problems.push(`ELASTICSEARCH_URL (YAML elasticsearch.url): is required${found}`);
  }
  if (values.engineApiKey !== undefined && values.engineUsername !== undefined) {
    problems.push('ENGINE_API_KEY and ENGINE_USERNAME are both set: set only one of them');
  }
  if ((values.engineUsername === undefined) !== (values.enginePassword === undefined)) {
    problems.push('ENGINE_USERNAME and ENGINE_PASSWORD must be set together: one of them is missing');
  }
  for (const [ca, address, tls, words] of authorities) {
    const url = values[address];
    if (values[ca] === undefined || typeof url !== 'string') continue;
    if (!addressesIn(url).every((one) => tls(new URL(one)))) problems.push(words);
  }
  problems.push(...redisContradictions(values));
  for (const [ca, name] of authorityFiles) {
    const pem = values[ca];
    if (typeof pem === 'string' && !holdsCertificates(pem))
      problems.push(`${name}: the file contains no certificate (PEM, "-----BEGIN CERTIFICATE-----")`);
  }
  for (const [lower, upper, words] of ordered) {
    const [low, high] = [values[lower], values[upper]];
    if (typeof low === 'number' && typeof high === 'number' && low > high) problems.push(words);
  }
  if (typeof values.sealKey === 'string' && !isEd25519(values.sealKey)) {
    problems.push(
      'SEAL_KEY_FILE: the file contains no Ed25519 private key; "openssl genpkey -algorithm ed25519 -out FILE" creates one',
    );
  }
  problems.push(...retryContradictions(values));
  return problems;
};

const authorityFiles: readonly (readonly [SettingKey, string])[] = [
  ['databaseCa', 'DATABASE_CA_FILE'],
  ['redisCa', 'REDIS_CA_FILE'],
  ['engineCa', 'ENGINE_CA_FILE'],
];

const CERTIFICATES = /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs;

/** At least one certificate, all of them readable. With an empty file TLS would trust no one and fail at the first connection. */
const holdsCertificates = (pem: string): boolean => {
  const found = pem.match(CERTIFICATES) ?? [];
  return found.length > 0 && found.every(isCertificate);
};

const isCertificate = (pem: string): boolean => {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
};

const isEd25519 = (pem: string): boolean => {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
};

const ordered: readonly (readonly [SettingKey, SettingKey, string])[] = [
  ['pollIntervalMinMs', 'pollIntervalMaxMs', 'POLL_INTERVAL_MIN must not be longer than POLL_INTERVAL_MAX'],
  ['engineMasterMs', 'engineRequestMs', 'ENGINE_MASTER_TIMEOUT must not be longer than ENGINE_REQUEST_TIMEOUT'],
];

/** A certificate authority that is never used would give a false sense of security. */
const authorities: readonly (readonly [SettingKey, SettingKey, (url: URL) => boolean, string])[] = [
  [
    'databaseCa',
    'databaseUrl',
    ({ searchParams }) => !['disable', 'no-verify'].includes(searchParams.get('sslmode') ?? ''),
    'DATABASE_CA_FILE is set, but sslmode in DATABASE_URL turns TLS or certificate verification off: remove one of them',
  ],
  [
    'engineCa',
    'elasticsearchUrl',
    ({ protocol }) => protocol === 'https:',
    'ENGINE_CA_FILE is set: ELASTICSEARCH_URL must begin with https://',
  ],
];

const redisContradictions = ({ redisUrl, redisCa, redisSentinelPassword }: Readonly<Record<string, unknown>>) => {
  const read = typeof redisUrl === 'string' ? readRedisUrl(redisUrl) : undefined;
  if (!read?.ok) return [];
  const { tls, topology } = read.address;
  return [
    ...(redisCa !== undefined && !tls
      ? ['REDIS_CA_FILE is set: REDIS_URL must begin with rediss://, rediss+cluster:// or rediss+sentinel://']
      : []),
    ...(redisSentinelPassword !== undefined && topology !== 'sentinel'
      ? ['REDIS_SENTINEL_PASSWORD is set: REDIS_URL must begin with redis+sentinel:// or rediss+sentinel://']
      : []),
  ];
};
