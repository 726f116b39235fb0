import { describe, expect, it } from 'vitest';
import type { Reply } from '../transport/http-client.ts';
import { type Identity, identify } from './identify.ts';

const ELASTIC = { 'x-elastic-product': 'Elasticsearch' };
const OPENSEARCH_3 = { 'x-opensearch-version': 'OpenSearch/3.8.0 (opensearch)' };

const reply = (status: number, body: unknown, headers: Reply['headers'] = {}): Reply => ({ status, headers, body });
const forbidden = reply(403, { error: { type: 'security_exception', reason: 'no permissions' }, status: 403 });
const lacking = reply(405, { error: 'Incorrect HTTP method for uri [/] and method [GET], allowed: [DELETE]' });
const missing = reply(404, '');

const nodesOf = (...nodes: readonly object[]) => ({
  nodes: Object.fromEntries(nodes.map((node, at) => [`node-${at}`, node])),
});
const elasticNode = (version: string) => ({ version, build_flavor: 'default', build_type: 'docker' });
const openNode = (version: string) => ({ version, build_type: 'tar' });

/** `GET /`, as the documentation of each shows it, without what is not read. */
const elasticRoot = (number: string, flavor: string | undefined = 'default') => ({
  name: 'node-1',
  version: {
    number,
    ...(flavor !== undefined && { build_flavor: flavor }),
    build_type: 'docker',
    lucene_version: '9.12.2',
  },
  tagline: 'You Know, for Search',
});
const openRoot = (number: string, distribution = 'opensearch') => ({
  name: 'node-1',
  version: { distribution, number, build_type: 'tar', minimum_wire_compatibility_version: '7.10.0' },
  tagline: 'The OpenSearch Project: https://opensearch.org/',
});

const elastic = (version: string): Identity => ({ kind: 'elasticsearch', version });
const open = (version: string): Identity => ({ kind: 'opensearch', version });
const not = (unsupported: string): Identity => ({ unsupported });

const SERVERLESS = 'Elasticsearch Serverless, which has no snapshot API';

const unavailable = reply(
  410,
  {
    error: {
      type: 'api_not_available_exception',
      reason: 'Request for uri [/_nodes] with method [GET] exists but is not available when running in serverless mode',
    },
    status: 410,
  },
  ELASTIC,
);

describe('What an engine is', () => {
  it.each<[string, Reply, Reply, Identity]>([
    // seen on the real ones
    [
      'Elasticsearch 7.17',
      reply(200, elasticRoot('7.17.29'), ELASTIC),
      reply(200, nodesOf(elasticNode('7.17.29')), ELASTIC),
      elastic('7.17.29'),
    ],
    [
      'Elasticsearch 8 whose GET / is lacking',
      reply(405, lacking.body, ELASTIC),
      reply(200, nodesOf(elasticNode('8.19.21')), ELASTIC),
      elastic('8.19.21'),
    ],
    ['OpenSearch 2', reply(200, openRoot('2.19.4')), reply(200, nodesOf(openNode('2.19.4'))), open('2.19.4')],
    [
      'OpenSearch 3',
      reply(200, openRoot('3.8.0'), OPENSEARCH_3),
      reply(200, nodesOf(openNode('3.8.0')), OPENSEARCH_3),
      open('3.8.0'),
    ],
    ['OpenSearch 2 that forbids GET /', forbidden, reply(200, nodesOf(openNode('2.19.4'))), open('2.19.4')],
    ['OpenSearch 2 that forbids GET /_nodes', reply(200, openRoot('2.19.4')), forbidden, open('2.19.4')],
    [
      'Elasticsearch 8 that forbids GET /',
      { ...forbidden, headers: ELASTIC },
      reply(200, nodesOf(elasticNode('8.19.21')), ELASTIC),
      elastic('8.19.21'),
    ],
    [
      'OpenSearch 3 that forbids both',
      { ...forbidden, headers: OPENSEARCH_3 },
      { ...forbidden, headers: OPENSEARCH_3 },
      open('3.8.0'),
    ],
    [
      'OpenSearch 2 that calls itself 7.10 for old clients',
      reply(200, openRoot('7.10.2')),
      reply(200, nodesOf(openNode('2.19.4'))),
      open('2.19.4'),
    ],
    // documented
    ['OpenSearch 1', reply(200, openRoot('1.3.20')), reply(200, nodesOf(openNode('1.3.20'))), not('OpenSearch 1.3.20')],
    ['OpenSearch 1 that forbids GET /', forbidden, reply(200, nodesOf(openNode('1.3.20'))), not('OpenSearch 1.3.20')],
    [
      'Elasticsearch 6.8',
      reply(200, elasticRoot('6.8.23')),
      reply(200, nodesOf({ version: '6.8.23', build_flavor: 'default', build_type: 'docker' })),
      not('Elasticsearch 6.8.23'),
    ],
    [
      "Amazon's Elasticsearch 7.10",
      reply(200, elasticRoot('7.10.2', 'oss')),
      reply(200, nodesOf({ version: '7.10.2', build_flavor: 'oss', build_type: 'tar' })),
      not('Elasticsearch 7.10.2'),
    ],
    [
      'Elasticsearch 5, before there were flavors',
      reply(200, { version: { number: '5.6.16', build_hash: 'x' }, tagline: 'You Know, for Search' }),
      reply(200, nodesOf({ version: '5.6.16', build_hash: 'x' })),
      not('Elasticsearch 5.6.16'),
    ],
    ['Elastic serverless', reply(200, elasticRoot('9.4.0', 'serverless'), ELASTIC), unavailable, not(SERVERLESS)],
    ['Elastic serverless that lacks GET / too', unavailable, unavailable, not(SERVERLESS)],
    [
      'another fork',
      reply(200, openRoot('1.14.0', 'easysearch')),
      reply(200, nodesOf({ version: '1.14.0', build_type: 'tar' })),
      not('an engine of the kind "easysearch" 1.14.0'),
    ],
    ['a service of another kind', reply(200, { hello: 'world' }), missing, not('neither Elasticsearch nor OpenSearch')],
    // while a cluster is upgraded
    [
      'a cluster with an old node',
      reply(200, elasticRoot('7.17.29'), ELASTIC),
      reply(200, nodesOf(elasticNode('7.17.29'), elasticNode('7.9.3')), ELASTIC),
      not('Elasticsearch 7.9.3'),
    ],
    [
      'a cluster of two supported versions',
      reply(405, lacking.body, ELASTIC),
      reply(200, nodesOf(elasticNode('8.19.21'), elasticNode('8.9.2')), ELASTIC),
      elastic('8.9.2'),
    ],
    ['the first version of each', reply(200, elasticRoot('7.17.0')), missing, elastic('7.17.0')],
    ['a major version to come', reply(200, elasticRoot('10.0.0'), ELASTIC), missing, elastic('10.0.0')],
    // not known
    ['one that forbids both and has no header', forbidden, forbidden, 'unclear'],
    ['one that lacks both', missing, missing, 'unclear'],
    ['an Elasticsearch that forbids both', { ...forbidden, headers: ELASTIC }, forbidden, 'unclear'],
    ['the page of a proxy', reply(200, '<html>back soon</html>'), reply(200, '<html>back soon</html>'), 'unclear'],
  ])('%s', (_, root, nodes, identity) => {
    expect(identify({ root, nodes })).toEqual(identity);
  });
});
