import { OPERATION_KINDS } from '@tandem/shared/domain/backup/backup.ts';
import { policyFor } from '@tandem/shared/domain/failure/retry-policy.ts';
import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './read-settings.ts';
import { retryPolicies } from './retry-settings.ts';

const least = {
  DATABASE_URL: 'postgresql://tandem@db/tandem',
  REDIS_URL: 'redis://redis:6379',
  ELASTICSEARCH_URL: 'https://engine:9200',
};

const policies = (environment: Record<string, string>, yaml = '') =>
  retryPolicies(
    readSettings({
      environment: { ...least, TANDEM_CONFIG: 'file.yaml', ...environment },
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

const standard = policies({});

describe('retry limits', () => {
  it('are the same for every kind of operation unless told otherwise', () => {
    expect(standard.transient).toEqual({ firstMs: 500, mostMs: 30_000, attempts: 1_000, withinMs: 14_400_000 });
    const { transient, operator } = standard;
    for (const kind of OPERATION_KINDS) expect(policyFor(standard, kind)).toEqual({ transient, operator });
  });

  it('of all kinds are followed by each that has none of its own', () => {
    const changed = policies({ RETRY_TRANSIENT_ATTEMPTS: '7', RETRY_DELETE_TRANSIENT_ATTEMPTS: '3' });
    expect(policyFor(changed, 'create').transient).toEqual({ ...standard.transient, attempts: 7 });
    expect(policyFor(changed, 'delete').transient).toEqual({ ...standard.transient, attempts: 3 });
    expect(policyFor(changed, 'delete').operator).toEqual(standard.operator);
  });

  it.each(OPERATION_KINDS)('of %s alone come from the environment or YAML, limit by limit', (kind) => {
    const name = kind.toUpperCase();
    const changed = policies(
      { [`RETRY_${name}_OPERATOR_FIRST`]: '2s', [`RETRY_${name}_TRANSIENT_WITHIN`]: '5m' },
      `retry: { ${kind}: { operator: { first: 9s, most: 90s }, transient: { attempts: 11 } } }`,
    );
    expect(policyFor(changed, kind)).toEqual({
      transient: { ...standard.transient, attempts: 11, withinMs: 300_000 },
      operator: { ...standard.operator, firstMs: 2_000, mostMs: 90_000 },
    });
    for (const other of OPERATION_KINDS.filter((each) => each !== kind)) {
      expect(policyFor(changed, other)).toEqual(policyFor(standard, other));
    }
  });

  it.each([
    [{ RETRY_OPERATOR_FIRST: '2m' }, 'RETRY_OPERATOR_FIRST must not be longer than RETRY_OPERATOR_MOST'],
    [
      { RETRY_DELETE_TRANSIENT_FIRST: '1m' },
      'RETRY_DELETE_TRANSIENT_FIRST must not be longer than RETRY_TRANSIENT_MOST',
    ],
    [
      { RETRY_CREATE_TRANSIENT_MOST: '100ms' },
      'RETRY_TRANSIENT_FIRST must not be longer than RETRY_CREATE_TRANSIENT_MOST',
    ],
    [{ RETRY_DELETE_TRANSIENT_ATTEMPTS: '0' }, 'RETRY_DELETE_TRANSIENT_ATTEMPTS: must be at least 1, found "0"'],
    [{ RETRY_CREATE_OPERATOR_WITHIN: '5' }, 'RETRY_CREATE_OPERATOR_WITHIN: must be a time with its unit'],
  ])('%j: %s', (wrong, problem) => {
    expect(problems(wrong as Record<string, string>)).toEqual([expect.stringContaining(problem)]);
  });
});
