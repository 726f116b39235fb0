import { parse as parseYaml } from 'yaml';
import { contentsOf } from './file-contents.ts';
import { yamlPathNow } from './renamed-settings.ts';
import type { Setting } from './setting.ts';
import { settingsCatalogue } from './settings-catalogue.ts';

export type Yaml = Readonly<Record<string, unknown>>;

export const isSection = (value: unknown): value is Yaml =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const readYaml = (file: string, readFile: (path: string) => string, problems: string[]): Yaml => {
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

const knownPaths = (): readonly string[] => Object.values<Setting>(settingsCatalogue).map(({ yaml }) => yaml);

const ourSections = (): ReadonlySet<string> => new Set(knownPaths().map((path) => path.split('.')[0] ?? ''));

/** A misspelt key must not be silently ignored. */
export const unknownPaths = (yaml: Yaml, file: string | undefined): readonly string[] =>
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
export const foreignSections = (yaml: Yaml, file: string | undefined): readonly string[] =>
  Object.keys(yaml)
    .filter((section) => !ourSections().has(section))
    .map((section) => `YAML section "${section}" in ${file} does not belong to Tandem and is ignored`);
