import type { RetryPolicies, RetryPolicy } from '@tandem/shared/domain/failure/retry-policy.ts';
import { OPERATION_KINDS, type OperationKind } from '@tandem/shared/domain/operation/operation.ts';
import type { z } from 'zod';
import { row, type Setting } from '../setting.ts';
import { duration, integer } from './setting-kinds.ts';

/** Apply to every kind of operation that has no setting of its own. */
const forAll = {
  transientInitialBackoffMs: row({
    environment: 'RETRY_TRANSIENT_INITIAL_BACKOFF',
    yaml: 'retry.transient.initialBackoff',
    schema: duration('10ms', '1h'),
    default: '500ms',
    about: 'First backoff after a transient failure; doubled each time, with full jitter.',
  }),
  transientMaxBackoffMs: row({
    environment: 'RETRY_TRANSIENT_MAX_BACKOFF',
    yaml: 'retry.transient.maxBackoff',
    schema: duration('10ms', '1d'),
    default: '30s',
    about: 'Longest backoff after such a failure.',
  }),
  transientMaxAttempts: row({
    environment: 'RETRY_TRANSIENT_MAX_ATTEMPTS',
    yaml: 'retry.transient.maxAttempts',
    schema: integer(1, 1_000_000),
    default: '1000',
    about: 'Consecutive failed attempts after which the operation is FAILED.',
  }),
  transientMaxElapsedMs: row({
    environment: 'RETRY_TRANSIENT_MAX_ELAPSED',
    yaml: 'retry.transient.maxElapsed',
    schema: duration('1s', '30d'),
    default: '4h',
    about: 'Time since the first of consecutive failures after which the operation is FAILED.',
  }),
  operatorInitialBackoffMs: row({
    environment: 'RETRY_OPERATOR_INITIAL_BACKOFF',
    yaml: 'retry.operator.initialBackoff',
    schema: duration('10ms', '1d'),
    default: '5s',
    about: 'First backoff after a failure that an operator must fix.',
  }),
  operatorMaxBackoffMs: row({
    environment: 'RETRY_OPERATOR_MAX_BACKOFF',
    yaml: 'retry.operator.maxBackoff',
    schema: duration('10ms', '1d'),
    default: '1m',
    about: 'Longest backoff after such a failure.',
  }),
  operatorMaxAttempts: row({
    environment: 'RETRY_OPERATOR_MAX_ATTEMPTS',
    yaml: 'retry.operator.maxAttempts',
    schema: integer(1, 1_000_000),
    default: '10000',
    about: 'Consecutive failed attempts after which the operation is FAILED.',
  }),
  operatorMaxElapsedMs: row({
    environment: 'RETRY_OPERATOR_MAX_ELAPSED',
    yaml: 'retry.operator.maxElapsed',
    schema: duration('1s', '30d'),
    default: '1d',
    about: 'Time since the first of consecutive failures after which the operation is FAILED.',
  }),
};

type ForAll = typeof forAll;
type RetryKey = keyof ForAll;
type OwnKey<Key extends RetryKey> = `${OperationKind}${Capitalize<Key>}`;
type OwnRow<Key extends RetryKey> = Omit<ForAll[Key], 'default'> & { readonly default: undefined };
type Own = { readonly [Key in RetryKey as OwnKey<Key>]: OwnRow<Key> };

const ownKey = <Key extends RetryKey>(kind: OperationKind, key: Key): OwnKey<Key> =>
  `${kind}${key.charAt(0).toUpperCase()}${key.slice(1)}` as OwnKey<Key>;

/** RETRY_TRANSIENT_MAX_ATTEMPTS for all kinds, RETRY_DELETE_TRANSIENT_MAX_ATTEMPTS for deletions. */
const ofKind = (kind: OperationKind, setting: Setting): Setting => ({
  ...setting,
  environment: setting.environment.replace('RETRY_', `RETRY_${kind.toUpperCase()}_`),
  yaml: setting.yaml.replace('retry.', `retry.${kind}.`),
  default: undefined,
  group: {
    environment: `RETRY_${kind.toUpperCase()}_…`,
    yaml: `retry.${kind}.…`,
    default: 'as above',
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

/** The values of the retry policies, each with its variable. A kind's own setting takes precedence over the general one. */
const settingOf = (values: Partial<RetryValues>, kind: OperationKind | undefined, key: RetryKey) => {
  const value = kind === undefined ? undefined : values[ownKey(kind, key)];
  const setting: Setting = kind === undefined || value === undefined ? forAll[key] : ofKind(kind, forAll[key]);
  return { value: value ?? values[key], environment: setting.environment };
};

/** The settings in the form the retry rules expect. */
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

/** A sentence for each kind whose initial backoff would be longer than its maximum. */
export const retryContradictions = (values: Partial<RetryValues>): readonly string[] => {
  const pairs = [undefined, ...OPERATION_KINDS].flatMap((kind) =>
    (
      [
        ['transientInitialBackoffMs', 'transientMaxBackoffMs'],
        ['operatorInitialBackoffMs', 'operatorMaxBackoffMs'],
      ] as const
    ).map((keys) => keys.map((key) => settingOf(values, kind, key))),
  );
  const problems = pairs.flatMap(([initial, max]) =>
    Number(initial?.value) > Number(max?.value)
      ? [`${initial?.environment} must not be longer than ${max?.environment}`]
      : [],
  );
  return [...new Set(problems)];
};
