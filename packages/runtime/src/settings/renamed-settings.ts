import { OPERATION_KINDS } from '@tandem/shared/domain/operation/operation.ts';
import type { Setting } from './setting.ts';
import { settingsCatalogue } from './settings-catalogue.ts';

type Renamed = {
  readonly environment: string;
  readonly yaml: string;
  readonly now: Pick<Setting, 'environment' | 'yaml'>;
};

const { pollIntervalMinMs, pollIntervalMaxMs, historyRollbackToleranceMs } = settingsCatalogue;
const { leaseMs, sweepIntervalMs, sealIntervalMs, reconcileIntervalMs } = settingsCatalogue;
const { interruptedRetryDelayMs, jobLockMs, stalledCheckIntervalMs } = settingsCatalogue;

const renamed = (environment: string, yaml: string, now: Renamed['now']): Renamed => ({ environment, yaml, now });

/** The old and new suffix of each of the eight retry limits: variable, then YAML. */
const limits = [
  ['FIRST', 'INITIAL_BACKOFF', 'first', 'initialBackoff'],
  ['MOST', 'MAX_BACKOFF', 'most', 'maxBackoff'],
  ['WITHIN', 'MAX_ELAPSED', 'within', 'maxElapsed'],
  ['ATTEMPTS', 'MAX_ATTEMPTS', 'attempts', 'maxAttempts'],
] as const;

const retryLimits = ['', ...OPERATION_KINDS].flatMap((kind) =>
  ['transient', 'operator'].flatMap((failureClass) => {
    const path = ['retry', kind, failureClass].filter((word) => word !== '').join('.');
    const name = path.replaceAll('.', '_').toUpperCase();
    return limits.map(([was, now, yamlWas, yamlNow]) =>
      renamed(`${name}_${was}`, `${path}.${yamlWas}`, { environment: `${name}_${now}`, yaml: `${path}.${yamlNow}` }),
    );
  }),
);

/** Settings that earlier versions read under other names. The old names are not read: a process that finds one does not start. */
export const renamedSettings: readonly Renamed[] = [
  renamed('POLL_FIRST', 'polling.first', pollIntervalMinMs),
  renamed('POLL_MOST', 'polling.most', pollIntervalMaxMs),
  renamed('ROLLBACK_TOLERANCE', 'database.rollbackTolerance', historyRollbackToleranceMs),
  renamed('LEASE', 'worker.lease', leaseMs),
  renamed('SWEEP_EVERY', 'worker.sweepEvery', sweepIntervalMs),
  renamed('SEAL_EVERY', 'worker.sealEvery', sealIntervalMs),
  renamed('RECONCILE_EVERY', 'worker.reconcileEvery', reconcileIntervalMs),
  renamed('INTERRUPTED_RETRY', 'worker.interruptedRetry', interruptedRetryDelayMs),
  renamed('JOB_LOCK', 'worker.jobLock', jobLockMs),
  renamed('STALLED_CHECK', 'worker.stalledCheck', stalledCheckIntervalMs),
  ...retryLimits,
];

/** A sentence for each variable under its old name. A blank one counts as not set. */
export const renamedVariables = (environment: Readonly<Record<string, string | undefined>>): readonly string[] =>
  renamedSettings
    .filter(({ environment: was }) => environment[was] !== undefined && environment[was] !== '')
    .map(({ environment: was, now }) => `${was}: was renamed. Set ${now.environment} instead`);

/** The current YAML path of a renamed setting; undefined: `path` was never a setting. */
export const yamlPathNow = (path: string): string | undefined =>
  renamedSettings.find(({ yaml }) => yaml === path)?.now.yaml;
