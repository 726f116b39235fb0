import { expect, it } from 'vitest';
import { locationSettings } from './location-settings.ts';

const tuning = {
  ...{ compress: 'true', chunk_size: '1gb', readonly: 'true' },
  ...{ max_snapshot_bytes_per_sec: '40mb', max_restore_bytes_per_sec: '40mb' },
};

it.each([
  ['fs', { location: '/backups' }, { max_number_of_snapshots: '500' }],
  ['url', { url: 'https://backups.example/r' }, { http_max_retries: '5' }],
  [
    's3',
    { bucket: 'b', base_path: 'p', client: 'c', endpoint: 'e' },
    { storage_class: 'standard', buffer_size: '5mb' },
  ],
  ['s3', { bucket: 'b' }, { canned_acl: 'private' }],
  ['gcs', { bucket: 'b', base_path: 'p', client: 'c', endpoint: 'e' }, {}],
  ['azure', { container: 'c', base_path: 'p', client: 'd', location_mode: 'primary_only' }, {}],
  ['hdfs', { uri: 'hdfs://h:1/', path: '/r', conf: 'x' }, {}],
])('of type %s, %j say where the data is, and %j and the tuning do not', (type, place, others) => {
  expect(locationSettings(type, { ...tuning, ...others, ...place })).toEqual({ type, settings: place });
});
