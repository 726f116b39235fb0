import { addressesIn } from '@tandem/shared/domain/address/address-list.ts';
import { readRedisUrl } from '@tandem/shared/domain/address/redis-address.ts';
import { apiKeyIdOf } from '@tandem/shared/domain/identity/api-key.ts';
import { awsContradictions } from './aws-contradictions.ts';
import { engineUrls } from './catalogue/engine-settings.ts';
import { oidcContradictions } from './catalogue/oidc-settings.ts';
import { retryContradictions } from './catalogue/retry-settings.ts';
import { certificatesIn, privateKeyIn } from './certificates.ts';
import type { SettingKey } from './settings-catalogue.ts';
import { type TlsTexts, tlsContradictions } from './tls-contradictions.ts';

/** Settings that are valid each by itself, but not together, and files that do not hold what they should. */
export const contradictions = (
  values: Readonly<Record<string, unknown>>,
  problemsSoFar: readonly string[],
): readonly string[] => {
  const problems: string[] = [];
  if (values.elasticsearchUrl !== undefined && values.opensearchUrl !== undefined) {
    problems.push('ELASTICSEARCH_URL and OPENSEARCH_URL are both set: set only that of the engine that Optimize uses');
  }
  const isReported = problemsSoFar.some((problem) => ENGINE_URL.test(problem));
  if (engineUrls.every((name) => values[name] === undefined) && !isReported) {
    problems.push('ELASTICSEARCH_URL (YAML elasticsearch.url) or OPENSEARCH_URL (YAML opensearch.url): is required');
  }
  if (values.engineApiKey !== undefined && values.engineUsername !== undefined) {
    problems.push('ENGINE_API_KEY and ENGINE_USERNAME are both set: set only one of them');
  }
  if ((values.engineUsername === undefined) !== (values.enginePassword === undefined)) {
    problems.push('ENGINE_USERNAME and ENGINE_PASSWORD must be set together: one of them is missing');
  }
  problems.push(...awsContradictions(values));
  for (const [ca, address, tls, words] of authorities) {
    const url = values[address];
    if (values[ca] === undefined || typeof url !== 'string') continue;
    if (!addressesIn(url).every((one) => tls(new URL(one)))) problems.push(words);
  }
  problems.push(...redisContradictions(values));
  for (const [ca, name] of authorityFiles) {
    const pem = values[ca];
    // with an empty file TLS would trust no one and fail at the first connection
    if (typeof pem === 'string' && certificatesIn(pem) === undefined)
      problems.push(`${name}: the file contains no certificate (PEM, "-----BEGIN CERTIFICATE-----")`);
  }
  for (const [lower, upper, words] of ordered) {
    const [low, high] = [values[lower], values[upper]];
    if (typeof low === 'number' && typeof high === 'number' && low > high) problems.push(words);
  }
  if (typeof values.sealKey === 'string' && privateKeyIn(values.sealKey)?.asymmetricKeyType !== 'ed25519') {
    problems.push(
      'SEAL_KEY_FILE: the file contains no Ed25519 private key; "openssl genpkey -algorithm ed25519 -out FILE" creates one',
    );
  }
  problems.push(...tlsContradictions(values as TlsTexts, problemsSoFar, new Date()));
  if (typeof values.bootstrapAdminKey === 'string' && apiKeyIdOf(values.bootstrapAdminKey.trim()) === undefined) {
    problems.push(
      'BOOTSTRAP_ADMIN_KEY_FILE: the file contains no API key, or more than one; "npm run --silent keys -- generate > FILE" creates one',
    );
  }
  problems.push(...oidcContradictions(values), ...retryContradictions(values));
  return problems;
};

const ENGINE_URL = /(?:ELASTICSEARCH|OPENSEARCH)_URL|(?:elasticsearch|opensearch)\.url/;

const authorityFiles: readonly (readonly [SettingKey, string])[] = [
  ['databaseCa', 'DATABASE_CA_FILE'],
  ['redisCa', 'REDIS_CA_FILE'],
  ['engineCa', 'ENGINE_CA_FILE'],
  ['oidcCa', 'OIDC_CA_FILE'],
];

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
  [
    'engineCa',
    'opensearchUrl',
    ({ protocol }) => protocol === 'https:',
    'ENGINE_CA_FILE is set: OPENSEARCH_URL must begin with https://',
  ],
  [
    'oidcCa',
    'oidcIssuer',
    ({ protocol }) => protocol === 'https:',
    'OIDC_CA_FILE is set: OIDC_ISSUER must begin with https://',
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
