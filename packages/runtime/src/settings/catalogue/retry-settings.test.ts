import { policyFor } from '@tandem/shared/domain/failure/retry-policy.ts';
import { OPERATION_KINDS } from '@tandem/shared/domain/operation/operation.ts';
import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from '../read-settings.ts';
import { retryPolicies } from './retry-settings.ts';

const required = {
  DATABASE_URL: 'postgresql://tandem@db/tandem',
  REDIS_URL: 'redis://redis:6379',
  ELASTICSEARCH_URL: 'https://engine:9200',
};

const policies = (environment: Record<string, string>, yaml = '') =>
  retryPolicies(
    readSettings({
      environment: { ...required, TANDEM_CONFIG: 'file.yaml', ...environment },
      arguments: [],
      readFile: () => yaml,
    }).settings,
  );

const problems = (environment: Record<string, string>): readonly string[] => {
  try {
    policies(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
};

const defaults = policies({});

describe('retry limits', () => {
  it('are the same for every kind of operation by default', () => {
    expect(defaults.transient).toEqual({
      initialBackoffMs: 500,
      maxBackoffMs: 30_000,
      maxAttempts: 1_000,
      maxElapsedMs: 14_400_000,
    });
    const { transient, operator } = defaults;
    for (const kind of OPERATION_KINDS) expect(policyFor(defaults, kind)).toEqual({ transient, operator });
  });

  it('for all kinds apply to each kind that has none of its own', () => {
    const changed = policies({ RETRY_TRANSIENT_MAX_ATTEMPTS: '7', RETRY_DELETE_TRANSIENT_MAX_ATTEMPTS: '3' });
    expect(policyFor(changed, 'create').transient).toEqual({ ...defaults.transient, maxAttempts: 7 });
    expect(policyFor(changed, 'delete').transient).toEqual({ ...defaults.transient, maxAttempts: 3 });
    expect(policyFor(changed, 'delete').operator).toEqual(defaults.operator);
  });

  it.each(OPERATION_KINDS)('of %s alone come from the environment or YAML, limit by limit', (kind) => {
    const name = kind.toUpperCase();
    const changed = policies(
      { [`RETRY_${name}_OPERATOR_INITIAL_BACKOFF`]: '2s', [`RETRY_${name}_TRANSIENT_MAX_ELAPSED`]: '5m' },
      `retry: { ${kind}: { operator: { initialBackoff: 9s, maxBackoff: 90s }, transient: { maxAttempts: 11 } } }`,
    );
    expect(policyFor(changed, kind)).toEqual({
      transient: { ...defaults.transient, maxAttempts: 11, maxElapsedMs: 300_000 },
      operator: { ...defaults.operator, initialBackoffMs: 2_000, maxBackoffMs: 90_000 },
    });
    for (const other of OPERATION_KINDS.filter((each) => each !== kind)) {
      expect(policyFor(changed, other)).toEqual(policyFor(defaults, other));
    }
  });

  it.each([
    [
      { RETRY_OPERATOR_INITIAL_BACKOFF: '2m' },
      'RETRY_OPERATOR_INITIAL_BACKOFF must not be longer than RETRY_OPERATOR_MAX_BACKOFF',
    ],
    [
      { RETRY_DELETE_TRANSIENT_INITIAL_BACKOFF: '1m' },
      'RETRY_DELETE_TRANSIENT_INITIAL_BACKOFF must not be longer than RETRY_TRANSIENT_MAX_BACKOFF',
    ],
    [
      { RETRY_CREATE_TRANSIENT_MAX_BACKOFF: '100ms' },
      'RETRY_TRANSIENT_INITIAL_BACKOFF must not be longer than RETRY_CREATE_TRANSIENT_MAX_BACKOFF',
    ],
    [
      { RETRY_DELETE_TRANSIENT_MAX_ATTEMPTS: '0' },
      'RETRY_DELETE_TRANSIENT_MAX_ATTEMPTS: must be at least 1, found "0"',
    ],
    [{ RETRY_CREATE_OPERATOR_MAX_ELAPSED: '5' }, 'RETRY_CREATE_OPERATOR_MAX_ELAPSED: must be a duration with a unit'],
  ])('%j: %s', (wrong, problem) => {
    expect(problems(wrong as Record<string, string>)).toEqual([expect.stringContaining(problem)]);
  });
});
