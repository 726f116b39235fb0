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
