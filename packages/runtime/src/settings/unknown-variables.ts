import leven from 'leven';
import { renamedSettings } from './renamed-settings.ts';
import type { Setting } from './setting.ts';
import { settingsCatalogue } from './settings-catalogue.ts';

const settings: readonly Setting[] = Object.values<Setting>(settingsCatalogue);
const plain = new Set(settings.map(({ environment }) => environment));
const known = new Set([
  ...plain,
  ...settings.flatMap(({ environment, secret }) => (secret ? [`${environment}_FILE`] : [])),
  'TANDEM_CONFIG',
]);
/** Reported as a problem, not as a warning. */
const renamed = new Set(renamedSettings.map(({ environment }) => environment));

const beginning = (name: string): string => name.slice(0, name.indexOf('_') + 1);

/** Prefixes that several settings share. Not CAMUNDA_: Optimize's own variables begin with it. */
const beginnings = new Set(
  ['TANDEM_', ...[...plain].map(beginning)].filter(
    (begin, _, all) =>
      begin === 'TANDEM_' || (begin !== '' && begin !== 'CAMUNDA_' && all.indexOf(begin) !== all.lastIndexOf(begin)),
  ),
);

/** Variables that Kubernetes and Docker set for a service, which may be called redis or worker. */
const OF_A_SERVICE = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT(_\d+_(TCP|UDP|SCTP)(_\w+)?)?)$/;

/** Max edit distance for a name with none of our prefixes; two swapped letters count as two. */
const MISSPELT = 2;

/** A sentence for each variable that looks like a setting but is none, with the nearest setting. Values are never shown. */
export const unknownVariables = (environment: Readonly<Record<string, string | undefined>>): readonly string[] =>
  Object.entries(environment)
    .filter(([name, value]) => value !== undefined && value !== '' && name.includes('_'))
    .filter(([name]) => !known.has(name) && !renamed.has(name) && !OF_A_SERVICE.test(name))
    .flatMap(([name]) => sentence(name) ?? []);

const sentence = (name: string): string | undefined => {
  const base = name.replace(/_FILE$/, '');
  if (plain.has(base)) return `${name} is not a setting: ${base} is not read from a file.`;
  const upper = name.toUpperCase();
  const [nearest, distance] = [...known]
    .map((setting) => [setting, leven(upper, setting)] as const)
    .reduce((best, next) => (next[1] < best[1] ? next : best));
  if (distance > MISSPELT && !beginnings.has(beginning(name))) return undefined;
  return `${name} is not a setting and is ignored. The nearest setting is ${nearest}.`;
};
