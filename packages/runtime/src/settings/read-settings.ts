import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { contradictions } from './contradictions.ts';
import { contentsOf } from './file-contents.ts';
import { renamedVariables } from './renamed-settings.ts';
import { secretsIn } from './secrets.ts';
import type { Setting } from './setting.ts';
import { type SettingKey, type Settings, settingsCatalogue } from './settings-catalogue.ts';
import { type TlsTexts, tlsContradictions } from './tls-contradictions.ts';
import { unknownVariables } from './unknown-variables.ts';
import { foreignSections, isSection, readYaml, unknownPaths, type Yaml } from './yaml-file.ts';

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

/** Returns what the files of TLS hold now. Throws a SettingsError, also where they do not fit together. */
export const readTlsTexts = (source: SettingsSource): TlsTexts => {
  const { settings } = readSettings({ ...source, only: ['tlsCertificate', 'tlsKey', 'tlsClientCa'] });
  const problems = tlsContradictions(settings, [], new Date());
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
};

/**
 * Reads settings from the environment (which takes precedence), a YAML file (`--config FILE` or TANDEM_CONFIG) and the catalogue's
 * defaults. Throws a SettingsError with every problem. No problem ever shows the value of a secret.
 */
export const readSettings = (source: SettingsSource): ReadSettings => {
  const { values, problems, related, foreign } = surveySettings(source);
  if (problems.length > 0) throw new SettingsError(problems, related);
  return { settings: values as Settings, warnings: [...foreign, ...related] };
};

/** What the configuration says, also where it is invalid. */
export type SettingsSurvey = {
  /** Those that are valid. */
  readonly values: Partial<Settings>;
  /** Those that are invalid, or required and missing. */
  readonly invalid: ReadonlySet<SettingKey>;
  readonly problems: readonly string[];
  /** Warnings that may explain a problem, and others. */
  readonly related: readonly string[];
  readonly foreign: readonly string[];
  /** Every text that must not be shown, of valid and invalid settings. */
  readonly secrets: readonly string[];
};

/** As `readSettings`, and never throws. */
export const surveySettings = ({
  environment,
  arguments: args,
  readFile = readText,
  only,
}: SettingsSource): SettingsSurvey => {
  const problems: string[] = [];
  const file = configurationFile(environment, args, problems);
  const yaml = file === undefined ? {} : readYaml(file, readFile, problems);
  const values: Record<string, unknown> = {};
  const invalid = new Set<SettingKey>();
  const secrets: string[] = [];
  for (const [key, setting] of Object.entries<Setting>(settingsCatalogue)) {
    if (only !== undefined && !only.includes(key as SettingKey)) continue;
    const before = problems.length;
    const found = find(setting, environment, { file, yaml }, readFile, problems);
    if (setting.secret && found?.value !== undefined) secrets.push(...secretsIn(setting, String(found.value)));
    values[key] = parsedSetting(setting, found, readFile, problems);
    if (problems.length > before) invalid.add(key as SettingKey);
  }
  problems.push(
    ...renamedVariables(environment),
    ...unknownPaths(yaml, file),
    ...(only === undefined ? contradictions(values, problems) : []),
  );
  const related = [...unknownVariables(environment), ...quotedValues(environment)];
  const foreign = foreignSections(yaml, file);
  return { values: values as Partial<Settings>, invalid, problems, related, foreign, secrets: [...new Set(secrets)] };
};

const readText = (path: string): string => readFileSync(path, 'utf8');

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

type Written = { readonly file: string | undefined; readonly yaml: Yaml };

type Found = { readonly value: unknown; readonly where: string };

const parsedSetting = (
  setting: Setting,
  found: Found | undefined,
  readFile: (path: string) => string,
  problems: string[],
): unknown => {
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
