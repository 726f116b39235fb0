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

  it('are shown without secrets, which are named', () => {
    expect(shownSettings('s3', { bucket: 'b', secret_key: 'hush' })).toEqual({
      ...{ settings: { bucket: 'b' }, secretSettings: ['secret_key'] },
    });
  });
});
