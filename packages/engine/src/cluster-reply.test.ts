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
    ...{ name: 'backups', type, uuid: 'u', readOnly },
  });
});
