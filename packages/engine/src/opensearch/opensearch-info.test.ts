import { expect, it } from 'vitest';
import { ReplyInvalid } from '../rest/reply-fields.ts';
import { opensearchVersionIdOf } from '../version-id.ts';
import { opensearchInfoIn } from './opensearch-info.ts';

const state = { cluster_uuid: 'cluster' };

it('is as old as its oldest node', () => {
  const nodes = { a: { version: '3.8.0' }, b: { version: '2.19.4' }, c: { version: '2.20.0' } };
  expect(opensearchInfoIn({ nodes }, state)).toEqual({
    ...{ kind: 'opensearch', version: '2.19.4', newestReadable: 136408227, major: 2, newestMajor: 3 },
    clusterUuid: 'cluster',
  });
});

it.each([[{}], [{ nodes: {} }], [{ nodes: { a: {} } }], [{ nodes: { a: { version: 'two' } } }]])(
  'is not believed with %j',
  (nodes) => expect(() => opensearchInfoIn(nodes, state)).toThrow(ReplyInvalid),
);

it.each([
  ['2.19.4', 136408227],
  ['3.8.0', 137297827],
  ['nonsense', undefined],
])('the version id of %s is %s', (version, id) => expect(opensearchVersionIdOf(version)).toBe(id));
