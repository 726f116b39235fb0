import { OPERATION_KINDS, type OperationKind } from '@tandem/shared/domain/backup/backup.ts';
import type { RetryPolicies, RetryPolicy } from '@tandem/shared/domain/failure/retry-policy.ts';
import type { z } from 'zod';
import { row, type Setting } from './setting.ts';
import { duration, wholeNumber } from './setting-kinds.ts';

/** For every kind of operation, unless it has its own. */
const forAll = {
  transientInitialBackoffMs: row({
    environment: 'RETRY_TRANSIENT_INITIAL_BACKOFF',
    yaml: 'retry.transient.initialBackoff',
    schema: duration('10ms', '1h'),
    standard: '500ms',
    about: 'First backoff after a failure that may pass by itself; doubled each time, with full jitter.',
  }),
  transientMaxBackoffMs: row({
    environment: 'RETRY_TRANSIENT_MAX_BACKOFF',
    yaml: 'retry.transient.maxBackoff',
    schema: duration('10ms', '1d'),
    standard: '30s',
    about: 'Longest such backoff.',
  }),
  transientMaxAttempts: row({
    environment: 'RETRY_TRANSIENT_MAX_ATTEMPTS',
    yaml: 'retry.transient.maxAttempts',
    schema: wholeNumber(1, 1_000_000),
    standard: '1000',
    about: 'Tries in a row, after which the operation FAILED.',
  }),
  transientMaxElapsedMs: row({
    environment: 'RETRY_TRANSIENT_MAX_ELAPSED',
    yaml: 'retry.transient.maxElapsed',
    schema: duration('1s', '30d'),
    standard: '4h',
    about: 'Time of failing, after which the operation FAILED.',
  }),
  operatorInitialBackoffMs: row({
    environment: 'RETRY_OPERATOR_INITIAL_BACKOFF',
    yaml: 'retry.operator.initialBackoff',
    schema: duration('10ms', '1d'),
    standard: '5s',
    about: 'First backoff after a failure that a person must mend.',
  }),
  operatorMaxBackoffMs: row({
    environment: 'RETRY_OPERATOR_MAX_BACKOFF',
    yaml: 'retry.operator.maxBackoff',
    schema: duration('10ms', '1d'),
    standard: '1m',
    about: 'Longest such backoff.',
  }),
  operatorMaxAttempts: row({
    environment: 'RETRY_OPERATOR_MAX_ATTEMPTS',
    yaml: 'retry.operator.maxAttempts',
    schema: wholeNumber(1, 1_000_000),
    standard: '10000',
    about: 'Tries in a row, after which the operation FAILED.',
  }),
  operatorMaxElapsedMs: row({
    environment: 'RETRY_OPERATOR_MAX_ELAPSED',
    yaml: 'retry.operator.maxElapsed',
    schema: duration('1s', '30d'),
    standard: '1d',
    about: 'Time of failing, after which the operation FAILED.',
  }),
};

type ForAll = typeof forAll;
type RetryKey = keyof ForAll;
type OwnKey<Key extends RetryKey> = `${OperationKind}${Capitalize<Key>}`;
type OwnRow<Key extends RetryKey> = Omit<ForAll[Key], 'standard'> & { readonly standard: undefined };
type Own = { readonly [Key in RetryKey as OwnKey<Key>]: OwnRow<Key> };

const ownKey = <Key extends RetryKey>(kind: OperationKind, key: Key): OwnKey<Key> =>
  `${kind}${key.charAt(0).toUpperCase()}${key.slice(1)}` as OwnKey<Key>;

/** RETRY_TRANSIENT_MAX_ATTEMPTS of all, RETRY_DELETE_TRANSIENT_MAX_ATTEMPTS of deletions. */
const ofKind = (kind: OperationKind, setting: Setting): Setting => ({
  ...setting,
  environment: setting.environment.replace('RETRY_', `RETRY_${kind.toUpperCase()}_`),
  yaml: setting.yaml.replace('retry.', `retry.${kind}.`),
  standard: undefined,
  group: {
    environment: `RETRY_${kind.toUpperCase()}_…`,
    yaml: `retry.${kind}.…`,
    standard: 'as for all',
    about: `Any of the eight above for operations of the kind ${kind} alone, such as \`RETRY_${kind.toUpperCase()}_TRANSIENT_MAX_ATTEMPTS\`.`,
  },
});

const own = Object.fromEntries(
  OPERATION_KINDS.flatMap((kind) =>
    (Object.keys(forAll) as RetryKey[]).map((key) => [ownKey(kind, key), ofKind(kind, forAll[key])]),
  ),
) as unknown as Own;

export const retrySettings = { ...forAll, ...own };

type RetryValues = { readonly [Key in RetryKey]: z.output<ForAll[Key]['schema']> } & {
  readonly [Key in keyof Own]: z.output<Own[Key]['schema']> | undefined;
};

/** What the retry policies are made of, each with the variable that it came from: a kind's own wins over that of all. */
const settingOf = (values: Partial<RetryValues>, kind: OperationKind | undefined, key: RetryKey) => {
  const value = kind === undefined ? undefined : values[ownKey(kind, key)];
  const setting: Setting = kind === undefined || value === undefined ? forAll[key] : ofKind(kind, forAll[key]);
  return { value: value ?? values[key], environment: setting.environment };
};

/** The settings as the rules take them. */
export const retryPolicies = (settings: RetryValues): RetryPolicies => ({
  ...policyOf(settings, undefined),
  ofKind: Object.fromEntries(OPERATION_KINDS.map((kind) => [kind, policyOf(settings, kind)])),
});

const policyOf = (settings: RetryValues, kind: OperationKind | undefined): RetryPolicy => {
  const of = (key: RetryKey): number => settingOf(settings, kind, key).value as number;
  return {
    transient: {
      initialBackoffMs: of('transientInitialBackoffMs'),
      maxBackoffMs: of('transientMaxBackoffMs'),
      maxAttempts: of('transientMaxAttempts'),
      maxElapsedMs: of('transientMaxElapsedMs'),
    },
    operator: {
      initialBackoffMs: of('operatorInitialBackoffMs'),
      maxBackoffMs: of('operatorMaxBackoffMs'),
      maxAttempts: of('operatorMaxAttempts'),
      maxElapsedMs: of('operatorMaxElapsedMs'),
    },
  };
};

/** A sentence for each kind whose first backoff would be longer than its longest. */
export const retryContradictions = (values: Partial<RetryValues>): readonly string[] => {
  const pairs = [undefined, ...OPERATION_KINDS].flatMap((kind) =>
    (
      [
        ['transientInitialBackoffMs', 'transientMaxBackoffMs'],
        ['operatorInitialBackoffMs', 'operatorMaxBackoffMs'],
      ] as const
    ).map((keys) => keys.map((key) => settingOf(values, kind, key))),
  );
  const problems = pairs.flatMap(([first, most]) =>
    Number(first?.value) > Number(most?.value)
      ? [`${first?.environment} must not be longer than ${most?.environment}`]
      : [],
  );
  return [...new Set(problems)];
};
