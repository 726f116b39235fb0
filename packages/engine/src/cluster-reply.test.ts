import { expect, it } from 'vitest';
import { repositoryIn } from './cluster-reply.ts';

it.each([
  ['fs', { location: '/backups' }, undefined],
  ['fs', { readonly: 'false' }, undefined],
  ['fs', { readonly: 'true' }, 'its setting readonly is true'],
  ['s3', { readonly: true }, 'its setting readonly is true'],
  ['azure', { location_mode: 'primary_only' }, undefined],
  ['azure', { location_mode: 'secondary_only' }, 'its setting location_mode is secondary_only'],
  ['url', { url: 'https://backups.example' }, 'its type is url'],
  ['fs', undefined, undefined],
])('a repository of type %s with %j: read-only, since %s', (type, settings, readOnly) => {
  expect(repositoryIn({ backups: { type, uuid: 'u', settings } }, 'backups')).toEqual({
    ...{ name: 'backups', type, uuid: 'u', readOnly, limit: undefined },
    settingsDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

it.each([
  ['500', 500],
  [2, 2],
  [undefined, undefined],
  ['many', undefined],
])('a repository with max_number_of_snapshots %j takes %s', (max_number_of_snapshots, limit) => {
  const settings = { ...(max_number_of_snapshots === undefined ? {} : { max_number_of_snapshots }) };
  expect(repositoryIn({ backups: { type: 'fs', uuid: 'u', settings } }, 'backups')).toMatchObject({ limit });
});

it('names the place of a repository by the settings that say where its data is, in whatever order', () => {
  const digest = (type: string, settings: Readonly<Record<string, string>>) =>
    repositoryIn({ backups: { type, uuid: 'u', settings } }, 'backups').settingsDigest;
  const known = digest('s3', { bucket: 'b', base_path: 'p' });
  expect(digest('s3', { base_path: 'p', readonly: 'true', bucket: 'b' })).toBe(known);
  expect(digest('s3', { bucket: 'b', base_path: 'q' })).not.toBe(known);
  expect(digest('gcs', { bucket: 'b', base_path: 'p' })).not.toBe(known);
});
