import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { describe, expect, it } from 'vitest';
import { ReplyInvalid } from '../reply-fields.ts';
import { indicesIn, optimizeMetadataIn, repositoryIn, verifiedNodesIn } from './cluster.ts';

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
  const settings = omitUndefined({ max_number_of_snapshots });
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

it.each([
  ['u', 'u'],
  ['_na_', undefined],
  [undefined, undefined],
])('a repository with the uuid %j has %s, since an engine that does not know it says _na_', (uuid, expected) => {
  expect(repositoryIn({ backups: { type: 'fs', uuid, settings: {} } }, 'backups').uuid).toBe(expected);
});

it.each([
  [{}, 'backups is not an object'],
  [{ other: { type: 'fs' } }, 'backups is not an object'],
  [{ backups: { uuid: 'u' } }, 'backups.type is not a text'],
  [{ backups: { type: 'fs', uuid: 7 } }, 'backups.uuid is not a text'],
  [{ backups: { type: 'fs', settings: [] } }, 'backups.settings is not an object'],
])('a repository is not known from %j: %s', (reply, message) => {
  expect(() => repositoryIn(reply, 'backups')).toThrow(ReplyInvalid);
  expect(() => repositoryIn(reply, 'backups')).toThrow(message);
});

describe('The indices of a prefix', () => {
  const index = (name: string, aliases?: readonly string[]) => ({ name, aliases, attributes: ['open'] });

  it.each([[['o-a', 'o-b', 'o-c']], [['o-c', 'o-b', 'o-a']], [['o-b', 'o-c', 'o-a']]])(
    'are sorted by name, given as %j',
    (names) => {
      expect(indicesIn({ indices: names.map((name) => index(name)) }, 'o').map(({ name }) => name)).toEqual([
        ...['o-a', 'o-b', 'o-c'],
      ]);
    },
  );

  it('have their aliases sorted', () => {
    expect(indicesIn({ indices: [index('o-a', ['z', 'a', 'm'])] }, 'o')).toMatchObject([{ aliases: ['a', 'm', 'z'] }]);
  });

  it('are those of no other prefix, though an alias leads to others', () => {
    const indices = ['o-a', 'other-a', 'o', 'oo-a', 'x-o-a'].map((name) => index(name, ['o-alias']));
    expect(indicesIn({ indices }, 'o').map(({ name }) => name)).toEqual(['o-a']);
  });

  it.each([
    [{}, 'indices is not a list'],
    [{ indices: ['o-a'] }, 'indices[0] is not an object'],
    [{ indices: [index('o-a'), { attributes: ['open'] }] }, 'indices[1].name is not a text'],
    [{ indices: [{ ...index('o-a'), aliases: 'a' }] }, 'indices[0].aliases is not a list'],
  ])('are not known from %j: %s', (reply, message) => {
    expect(() => indicesIn(reply, 'o')).toThrow(ReplyInvalid);
    expect(() => indicesIn(reply, 'o')).toThrow(message);
  });
});

it.each([
  [{ error: { type: 'security_exception' }, status: 403 }, 'found is missing'],
  [{ error: 'index_not_found_exception', status: 404 }, 'found is missing'],
  [{ _source: { schemaVersion: '3.9.0' } }, 'found is missing'],
  [{ found: 'true', _source: { schemaVersion: '3.9.0' } }, 'found is missing'],
  [{ found: true }, '_source is not an object'],
  [{ found: true, _source: { schemaVersion: 3 } }, '_source.schemaVersion is not a text'],
])('the metadata of Optimize is neither there nor missing after %j: %s', (reply, message) => {
  expect(() => optimizeMetadataIn(reply)).toThrow(ReplyInvalid);
  expect(() => optimizeMetadataIn(reply)).toThrow(message);
});

describe('The nodes that verified a repository', () => {
  it.each([[['a', 'b', 'c']], [['c', 'b', 'a']], [['b', 'c', 'a']]])('are sorted by name, given as %j', (names) => {
    const nodes = Object.fromEntries(names.map((name) => [`id-${name}`, { name }]));
    expect(verifiedNodesIn({ nodes })).toEqual([
      { id: 'id-a', name: 'a' },
      { id: 'id-b', name: 'b' },
      { id: 'id-c', name: 'c' },
    ]);
  });

  it.each([
    [{}, 'nodes is not an object'],
    [{ nodes: { id: 'a' } }, 'nodes.id is not an object'],
    [{ nodes: { id: {} } }, 'nodes.id.name is not a text'],
  ])('are not known from %j: %s', (reply, message) => {
    expect(() => verifiedNodesIn(reply)).toThrow(ReplyInvalid);
    expect(() => verifiedNodesIn(reply)).toThrow(message);
  });
});
