import { createServer } from 'node:http';
import { serve } from '../stack/program.ts';
import {
  CLUSTER_UUID,
  ENGINE_VERSION,
  INDEX_VERSION,
  indices,
  REPOSITORY,
  REPOSITORY_UUID,
} from './optimize-engine.ts';

/** The calls that accepting a backup makes, and their responses. The repository never contains a snapshot. */
const answers: readonly (readonly [path: RegExp, answer: object])[] = [
  // asked once, by which Tandem knows the product; the naive server's client does without
  [/^\/$/, { version: { number: ENGINE_VERSION, build_flavor: 'default' }, tagline: 'You Know, for Search' }],
  [/^\/_snapshot\/[^/]+\/.+$/, { snapshots: [], total: 0, remaining: 0 }],
  [
    /^\/_resolve\/index\/optimize-\*$/,
    { indices: indices.map((index) => ({ ...index, attributes: ['open'] })), aliases: [], data_streams: [] },
  ],
  [/^\/_snapshot\/[^/]+$/, { [REPOSITORY]: { type: 'fs', uuid: REPOSITORY_UUID, settings: { location: 'bench' } } }],
  [/^\/_nodes\//, { nodes: { one: { version: ENGINE_VERSION, index_version: INDEX_VERSION } } }],
  [/^\/_cluster\/state\//, { cluster_uuid: CLUSTER_UUID }],
];

const bodies = answers.map(([path, answer]) => [path, Buffer.from(JSON.stringify(answer))] as const);
const nothing = Buffer.from('{}');
const calls = { answered: 0, unknown: new Map<string, number>() };

const countUnknown = (call: string): void => void calls.unknown.set(call, (calls.unknown.get(call) ?? 0) + 1);

/** Responds like Elasticsearch, immediately. */
const server = createServer((request, response) => {
  const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
  if (path === '/calls') {
    return void response.end(JSON.stringify({ answered: calls.answered, unknown: Object.fromEntries(calls.unknown) }));
  }
  const body = bodies.find(([pattern]) => pattern.test(path))?.[1];
  if (body === undefined) countUnknown(`${request.method} ${path}`);
  else calls.answered += 1;
  const length = (body ?? nothing).length;
  response.writeHead(body === undefined ? 404 : 200, {
    'content-type': 'application/json',
    'x-elastic-product': 'Elasticsearch',
    'content-length': length,
  });
  response.end(body ?? nothing);
});

await serve(server);
