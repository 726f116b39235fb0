import { describe, expect, it } from 'vitest';
import { secretSettings, shownSettings } from './secret-settings.ts';

describe('settings of a repository', () => {
  it.each<[string, object, readonly (string | undefined)[]]>([
    [
      's3',
      { bucket: 'b', access_key: 'x', secret_key: 'y' },
      ['s3.client.default.access_key', 's3.client.default.secret_key'],
    ],
    ['s3', { bucket: 'b', client: 'backups', session_token: 'x' }, ['s3.client.backups.session_token']],
    [
      's3',
      { SECRET_KEY: 'x', 'proxy.password': 'y' },
      ['s3.client.default.secret_key', 's3.client.default.proxy.password'],
    ],
    ['gcs', { bucket: 'b', credentials_file: '/etc/key.json' }, ['gcs.client.default.credentials_file']],
    [
      'azure',
      { container: 'c', account: 'a', key: 'k', sas_token: 't' },
      ['account', 'key', 'sas_token'].map((name) => `azure.client.default.${name}`),
    ],
    ['url', { url: 'https://user:password@host/r' }, [undefined]],
    ['s3', { bucket: 'b', endpoint: 'https://key@minio:9000' }, [undefined]],
    ['fs', { location: '/backups', 'client.password': 'x' }, [undefined]],
    [
      's3',
      { bucket: 'b', accessKey: 'x', SecretKey: 'y', 'session-token': 'z' },
      ['access_key', 'secret_key', 'session_token'].map((name) => `s3.client.default.${name}`),
    ],
    ['azure', { container: 'c', client: 'd', sasToken: 't' }, ['azure.client.d.sas_token']],
    ['url', { url: 'https://host/r?sp=r&sig=abc' }, [undefined]],
    ['azure', { container: 'c', endpoint: 'AccountName=a;AccountKey=k' }, [undefined]],
  ])('of type %s, %j: a secret belongs into %j', (type, settings, expected) => {
    expect(secretSettings(type, settings as Record<string, string>).map(({ keystore }) => keystore)).toEqual(expected);
  });

  it.each<[string, object]>([
    ['fs', { location: '/backups', compress: 'true', readonly: 'true' }],
    ['s3', { bucket: 'b', base_path: 'p', endpoint: 'minio:9000', server_side_encryption: 'true', client: 'c' }],
    ['s3', { bucket: 'keys', server_side_encryption_kms_key_id: 'arn:aws:kms:1', role_arn: 'arn:aws:iam::1' }],
    ['url', { url: 'https://host/path@2026/r' }],
    ['gcs', { bucket: 'b', application_name: 'tandem' }],
    ['azure', { container: 'keystore', base_path: 'token', location_mode: 'primary_only' }],
  ])('of type %s, %j hold none', (type, settings) => {
    expect(secretSettings(type, settings as Record<string, string>)).toEqual([]);
  });

  it.each([
    ...['accountKey', 'account_key', 'connection_string', 'connectionString', 'storage.key', 'awsSecretAccessKey'],
    ...[
      'sas',
      'sasUrl',
      'shared_access_signature',
      'clientSecret',
      'bearerToken',
      'apikey',
      'api-key',
      'private_key_id',
    ],
    ...['gcs.credentials', 'passphrase', 'basic_auth_pwd', 'token', 'server_side_encryption_customer_key'],
  ])('named %s are secret in any type', (setting) => {
    for (const type of ['fs', 's3', 'gcs', 'azure', 'url', 'hdfs'])
      expect(secretSettings(type, { [setting]: 'x' })).toEqual([{ setting, keystore: undefined }]);
  });

  // from the documentation of Elasticsearch 7.17 to 9 and OpenSearch 2 and 3
  const ofAll = ['compress', 'chunk_size', 'readonly', 'max_snapshot_bytes_per_sec', 'max_restore_bytes_per_sec'];
  const ofOpenSearch = ['remote_store_index_shallow_copy', 'shallow_snapshot_v2', 'prefix_mode_verification'];
  it.each<[string, readonly string[]]>([
    ['fs', ['location', 'max_number_of_snapshots']],
    ['url', ['url', 'http_max_retries', 'http_socket_timeout', 'max_number_of_snapshots']],
    [
      's3',
      [
        ...['bucket', 'client', 'base_path', 'endpoint', 'region', 'protocol', 'path_style_access', 'storage_class'],
        ...['buffer_size', 'canned_acl', 'server_side_encryption', 'server_side_encryption_type', 'role_session_name'],
        ...['server_side_encryption_kms_key_id', 'server_side_encryption_bucket_key_enabled', 'role_arn'],
        ...['server_side_encryption_encryption_context', 'expected_bucket_owner', 'disable_chunked_encoding'],
        ...['add_purpose_custom_query_parameter', 'delete_objects_max_size', 'get_register_retry_delay'],
        ...['max_multipart_parts', 'max_multipart_upload_cleanup_size', 'max_number_of_snapshots', 'signer_override'],
        ...['throttled_delete_retry.delay_increment', 'throttled_delete_retry.maximum_delay', 'read_timeout'],
        ...['throttled_delete_retry.maximum_number_of_retries', 'unsafely_incompatible_with_s3_conditional_writes'],
        ...[
          'max_retries',
          'max_connections',
          'use_throttle_retries',
          'identity_token_file',
          'proxy.host',
          'proxy.port',
        ],
      ],
    ],
    ['gcs', ['bucket', 'client', 'base_path', 'application_name', 'endpoint', 'project_id', 'read_timeout']],
    [
      'azure',
      [
        ...['container', 'client', 'base_path', 'location_mode', 'delete_objects_max_size', 'endpoint_suffix'],
        ...['max_concurrent_batch_deletes', 'max_number_of_snapshots', 'max_retries', 'timeout'],
      ],
    ],
  ])('of type %s that are documented are no secrets', (type, names) => {
    const all = [...ofAll, ...ofOpenSearch, ...names].map((name) => [name, 'x'] as const);
    expect(secretSettings(type, Object.fromEntries(all))).toEqual([]);
  });

  it('are shown without secrets, which are named', () => {
    expect(shownSettings('s3', { bucket: 'b', secret_key: 'hush' })).toEqual({
      ...{ settings: { bucket: 'b' }, secretSettings: ['secret_key'] },
    });
  });
});
