import { describe, expect, it } from 'vitest';
import { connectEngine } from '../../registry.ts';
import { closings, failureOf, newSnapshot } from '../failures/faults.fixture.ts';
import {
  changingEngine,
  elasticsearchOf,
  type Instead,
  linesOf,
  opensearchOf,
  type Product,
  QUESTIONS,
} from './changing-engine.fixture.ts';

const ROOT = 'GET /';
const NODES = 'GET /_nodes/_all/process';
const LIMIT_MS = 4_000;

const withEngine = async (
  product: Product,
  instead: Readonly<Record<string, Instead>>,
  requestTimeoutMs = LIMIT_MS,
) => {
  const server = await changingEngine(product);
  server.instead = instead;
  const engine = connectEngine({ url: server.url, requestTimeoutMs, masterTimeoutMs: 100 });
  closings.push(() => engine.close());
  return { server, engine };
};

const writes = (lines: readonly string[]) => lines.filter((line) => !line.startsWith('GET '));

const status = (code: number): Instead => ({ status: code });

/** One of two nodes has replied in time. */
const oneOf = (...versions: string[]): Instead => ({
  status: 200,
  body: {
    _nodes: { total: versions.length + 1, successful: versions.length, failed: 1 },
    nodes: Object.fromEntries(
      versions.map((version) => [version, { version, build_flavor: 'default', build_type: 'docker' }]),
    ),
  },
});

describe('An engine of which one question gets no good answer', () => {
  it.each<[string, Readonly<Record<string, Instead>>]>([
    ['whose nodes do not reply', { [NODES]: 'nothing' }],
    ['one of whose nodes does not reply', { [NODES]: oneOf('8.19.21') }],
    ...[401, 429, 502, 503, 504].map((code): [string, Record<string, Instead>] => [
      `that refuses GET /_nodes with ${code}`,
      { [NODES]: status(code) },
    ]),
    ['that does not reply to GET /', { [ROOT]: 'nothing' }],
    ...[429, 502, 503, 504].map((code): [string, Record<string, Instead>] => [
      `that refuses GET / with ${code}`,
      { [ROOT]: status(code) },
    ]),
  ])('is known by the other, for reads and writes, and leaves time for the call: %s', async (_, instead) => {
    const { server, engine } = await withEngine(elasticsearchOf('8.19.21'), instead);
    const begun = performance.now();
    expect(await engine.listIndices('optimize')).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(LIMIT_MS * 0.75);
    await engine.startSnapshot(newSnapshot);
    expect(writes(linesOf(server.sent))).toEqual(['PUT /_snapshot/backups/one']);
    const body = JSON.parse(server.sent.at(-1)?.body ?? '{}');
    expect(body.feature_states).toEqual(['none']);
  });

  it('is asked for its nodes with a limit below the time of a call', async () => {
    const { server, engine } = await withEngine(opensearchOf('2.19.4'), {});
    await engine.listIndices('optimize');
    const { query } = server.sent.find(({ line }) => line === NODES) ?? {};
    expect(new URLSearchParams(query).get('timeout')).toBe('800ms');
  });

  it.each<[string, Readonly<Record<string, Instead>>, string]>([
    ['neither replies', { [ROOT]: 'nothing', [NODES]: 'nothing' }, 'ENGINE_TIMEOUT'],
    ['GET / is lacking, no node replies', { [ROOT]: status(405), [NODES]: oneOf() }, 'ENGINE_TIMEOUT'],
    ['GET / is lacking, the nodes do not reply', { [ROOT]: status(405), [NODES]: 'nothing' }, 'ENGINE_TIMEOUT'],
    ['GET / is lacking, GET /_nodes is refused', { [ROOT]: status(405), [NODES]: status(503) }, 'ENGINE_BUSY'],
    ['GET / is refused, GET /_nodes is forbidden', { [ROOT]: status(429), [NODES]: status(403) }, 'ENGINE_BUSY'],
  ])('fails the call if the other does not help: %s', async (_, instead, code) => {
    const { server, engine } = await withEngine({ ...elasticsearchOf('8.19.21'), headers: {} }, instead, 400);
    expect((await failureOf(engine.startSnapshot(newSnapshot))).code).toBe(code);
    expect(new Set(linesOf(server.sent))).toEqual(new Set(QUESTIONS));
  });
});

describe('A cluster with a node that is not supported', () => {
  const found = oneOf('8.19.21', '7.16.3');

  it.each<[string, Instead]>([
    ['one node does not reply', oneOf('8.19.21')],
    ['no node replies', 'nothing'],
    ['the question is refused', status(503)],
  ])('stays refused while %s, and is used once all nodes are supported', async (_, silence) => {
    const { server, engine } = await withEngine(elasticsearchOf('8.19.21'), { [NODES]: found }, 2_000);
    expect((await failureOf(engine.startSnapshot(newSnapshot))).code).toBe('ENGINE_UNSUPPORTED');
    server.instead = { [NODES]: silence };
    for (const _attempt of [1, 2])
      expect((await failureOf(engine.startSnapshot(newSnapshot))).message).toContain('found Elasticsearch 7.16.3');
    expect(writes(linesOf(server.sent))).toEqual([]);
    server.instead = {};
    await engine.startSnapshot(newSnapshot);
    expect(writes(linesOf(server.sent))).toHaveLength(1);
  });
});
