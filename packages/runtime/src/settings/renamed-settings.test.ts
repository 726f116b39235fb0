import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readSettings, SettingsError } from './read-settings.ts';
import { renamedSettings } from './renamed-settings.ts';
import type { Setting } from './setting.ts';
import { settingsCatalogue } from './settings-catalogue.ts';
import { unknownVariables } from './unknown-variables.ts';

const required = {
  DATABASE_URL: 'postgresql://tandem@db/tandem',
  REDIS_URL: 'redis://redis:6379',
  ELASTICSEARCH_URL: 'https://engine:9200',
};
const settings = Object.values<Setting>(settingsCatalogue);

const problems = (environment: Record<string, string>, yaml = ''): readonly string[] => {
  try {
    readSettings({
      environment: { ...required, ...environment, TANDEM_CONFIG: 'tandem.yaml' },
      ...{ arguments: [], readFile: () => yaml },
    });
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
};

const asYaml = (path: string): string =>
  `${path.split('.').join(': { ')}: 5s${' }'.repeat(path.split('.').length - 1)}`;

it.each([
  ['POLL_FIRST', 'POLL_INTERVAL_MIN'],
  ['POLL_MOST', 'POLL_INTERVAL_MAX'],
  ['ROLLBACK_TOLERANCE', 'HISTORY_ROLLBACK_TOLERANCE'],
  ['LEASE', 'LEASE_DURATION'],
  ['SWEEP_EVERY', 'SWEEP_INTERVAL'],
  ['SEAL_EVERY', 'SEAL_INTERVAL'],
  ['RECONCILE_EVERY', 'RECONCILE_INTERVAL'],
  ['INTERRUPTED_RETRY', 'INTERRUPTED_RETRY_DELAY'],
  ['JOB_LOCK', 'JOB_LOCK_DURATION'],
  ['STALLED_CHECK', 'STALLED_CHECK_INTERVAL'],
  ['RETRY_TRANSIENT_FIRST', 'RETRY_TRANSIENT_INITIAL_BACKOFF'],
  ['RETRY_OPERATOR_MOST', 'RETRY_OPERATOR_MAX_BACKOFF'],
  ['RETRY_DELETE_TRANSIENT_WITHIN', 'RETRY_DELETE_TRANSIENT_MAX_ELAPSED'],
  ['RETRY_REHEARSE_OPERATOR_ATTEMPTS', 'RETRY_REHEARSE_OPERATOR_MAX_ATTEMPTS'],
])('%s stops the start and is named %s', (was, now) => {
  expect(problems({ [was]: '5s' })).toEqual([`${was}: was renamed. Set ${now} instead`]);
});

it.each(renamedSettings)('stops the start for YAML $yaml, and names $now.yaml', ({ yaml, now }) => {
  expect(problems({}, asYaml(yaml))).toEqual([`YAML ${yaml} in tandem.yaml: was renamed. Set ${now.yaml} instead`]);
});

it('ignores an old name without a value', () => {
  expect(problems({ POLL_FIRST: '' })).toEqual([]);
});

it('reports an old name once, as a problem and not as an unknown variable', () => {
  expect(renamedSettings.flatMap(({ environment }) => unknownVariables({ [environment]: '5s' }))).toEqual([]);
});

it('maps names that are no longer settings to names that are', () => {
  const names = new Set(settings.map(({ environment }) => environment));
  const paths = new Set(settings.map(({ yaml }) => yaml));
  for (const { environment, yaml, now } of renamedSettings) {
    expect([environment, names.has(environment), names.has(now.environment)]).toEqual([environment, false, true]);
    expect([yaml, paths.has(yaml), paths.has(now.yaml)]).toEqual([yaml, false, true]);
  }
});

it('lists every old and new name in the changelog', () => {
  const changelog = readFileSync(new URL('../../../../CHANGELOG.md', import.meta.url), 'utf8');
  const listed = renamedSettings.filter(({ environment }) => !environment.startsWith('RETRY_'));
  for (const { environment, yaml, now } of listed) {
    expect(changelog).toContain(`| \`${environment}\` | \`${now.environment}\` | \`${yaml}\` | \`${now.yaml}\` |`);
  }
});
