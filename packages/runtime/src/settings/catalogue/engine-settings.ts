import { row } from '../setting.ts';
import { awsRegion, duration, text, urls } from './setting-kinds.ts';

/** Either has the engine's URL: the engine is asked which kind it is. */
export const engineUrls = ['elasticsearchUrl', 'opensearchUrl'] as const;

/** The engine. */
export const engineSettings = {
  elasticsearchUrl: row({
    environment: 'ELASTICSEARCH_URL',
    yaml: 'elasticsearch.url',
    schema: urls('http', 'https'),
    default: undefined,
    secret: true,
    address: true,
    about:
      'The engine: Elasticsearch 7.17, 8 or 9, or OpenSearch 2 or 3, which Tandem finds out by itself; several addresses of one cluster joined by commas. This or `OPENSEARCH_URL`, not both.',
  }),
  opensearchUrl: row({
    environment: 'OPENSEARCH_URL',
    yaml: 'opensearch.url',
    schema: urls('http', 'https'),
    default: undefined,
    secret: true,
    address: true,
    about: 'The same under another name: Optimize has a setting for each kind of engine.',
  }),
  engineUsername: row({
    environment: 'ENGINE_USERNAME',
    yaml: 'engine.username',
    schema: text,
    default: undefined,
    about: 'User of the engine; requires a password.',
  }),
  enginePassword: row({
    environment: 'ENGINE_PASSWORD',
    yaml: 'engine.password',
    schema: text,
    default: undefined,
    secret: true,
    about: 'Password of that user.',
  }),
  engineApiKey: row({
    environment: 'ENGINE_API_KEY',
    yaml: 'engine.apiKey',
    schema: text,
    default: undefined,
    secret: true,
    about: 'API key of the engine, instead of a user; Elasticsearch only.',
  }),
  engineAwsRegion: row({
    environment: 'ENGINE_AWS_REGION',
    yaml: 'engine.awsRegion',
    schema: awsRegion,
    default: undefined,
    about:
      "Region of the Amazon OpenSearch Service domain: every request is signed (Signature Version 4, service `es`) with the credentials that AWS's own chain finds: `AWS_ACCESS_KEY_ID` and the like, profiles, web identity, container or instance role. Instead of a user; OpenSearch only.",
  }),
  engineCa: row({
    environment: 'ENGINE_CA_FILE',
    yaml: 'engine.caFile',
    schema: text,
    default: undefined,
    file: true,
    about: "Certificate authority (PEM) that the engine's certificate is verified against.",
  }),
  engineRequestMs: row({
    environment: 'ENGINE_REQUEST_TIMEOUT',
    yaml: 'engine.requestTimeout',
    schema: duration('50ms', '10m'),
    default: '10s',
    about: 'Longest wait for a response of the engine.',
  }),
  engineMasterMs: row({
    environment: 'ENGINE_MASTER_TIMEOUT',
    yaml: 'engine.masterTimeout',
    schema: duration('1s', '10m'),
    default: '8s',
    about: 'Longest wait inside the engine for its elected master; must not be longer than `ENGINE_REQUEST_TIMEOUT`.',
  }),
};
