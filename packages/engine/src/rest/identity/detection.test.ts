import { describe, expect, it } from 'vitest';
import { checkedBeforeSend, ENGINE_WRITES } from '../../calls-port.ts';
import type { EngineSettings } from '../../connected-engine.ts';
import type { Engine } from '../../port.ts';
import { connectEngine } from '../../registry.ts';
import { closings, failureOf, newSnapshot } from '../failures/faults.fixture.ts';
import {
  changingEngine,
  elasticsearchOf,
  linesOf,
  opensearchOf,
  type Product,
  QUESTIONS,
} from './changing-engine.fixture.ts';

const connect = (url: string, settings: Partial<EngineSettings> = {}) => {
  const engine = connectEngine({ url, requestTimeoutMs: 3_000, masterTimeoutMs: 1_500, ...settings });
  closings.push(() => engine.close());
  return engine;
};

const CREATE = 'PUT /_snapshot/backups/one';

const isRead = (line: string): boolean => line.startsWith('GET ');

const WRITES: Readonly<Record<(typeof ENGINE_WRITES)[number], (engine: Engine) => Promise<unknown>>> = {
  createScratchIndex: (engine) => engine.createScratchIndex('tandem-doctor-1'),
  putRepository: (engine) => engine.putRepository({ name: 'backups', type: 'fs', settings: { location: '/backups' } }),
  startSnapshot: (engine) => engine.startSnapshot(newSnapshot),
  deleteSnapshot: (engine) => engine.deleteSnapshot('backups', 'one'),
  startRestore: (engine) =>
    engine.startRestore({
      repository: 'backups',
      snapshot: 'one',
      indices: ['optimize-a'],
      rename: undefined,
      as: 'saved',
    }),
  deleteIndices: (engine) => engine.deleteIndices(['optimize-a']),
  closeIndices: (engine) => engine.closeIndices(['optimize-a']),
  setIndexBlock: (engine) => engine.setIndexBlock(['optimize-a'], 'write', 'set'),
  putTemplates: (engine) =>
    engine.putTemplates({
      lifecyclePolicies: {},
      componentTemplates: { a: {} },
      indexTemplates: {},
      legacyTemplates: {},
    }),
};

describe('An engine of a kind that is not given', () => {
  it.each<[string, Product, string, object]>([
    ['elasticsearch', elasticsearchOf('8.19.21'), 'master_timeout', { feature_states: ['none'] }],
    ['opensearch', opensearchOf('2.19.4'), 'cluster_manager_timeout', {}],
  ])('is asked what it is, and talked to as %s expects it', async (kind, product, timeout, more) => {
    const server = await changingEngine(product);
    const engine = connect(server.url);
    await engine.startSnapshot(newSnapshot);
    expect(linesOf(server.sent)).toEqual([...QUESTIONS, CREATE]);
    const { query = '', body = '{}' } = server.sent.at(-1) ?? {};
    expect(new URLSearchParams(query).get(timeout)).toBe('1500ms');
    expect([...new URLSearchParams(query).keys()].sort()).toEqual([timeout, 'wait_for_completion'].sort());
    const { metadata: _, ...sent } = JSON.parse(body);
    expect(sent).toEqual({
      ...{ indices: ['optimize-a'], include_global_state: false, partial: false, ignore_unavailable: false },
      ...more,
    });
    expect((await engine.info()).kind).toBe(kind);
  });

  it('is asked once for many reads, also for those that begin at the same time', async () => {
    const server = await changingEngine(opensearchOf('3.8.0'));
    const engine = connect(server.url);
    await Promise.all([engine.listIndices('a'), engine.listIndices('b'), engine.listIndices('c')]);
    for (const prefix of ['d', 'e', 'f']) await engine.listIndices(prefix);
    expect(linesOf(server.sent).filter((line) => QUESTIONS.includes(line))).toEqual(QUESTIONS);
  });

  it('is asked again right before each call that changes it', async () => {
    const server = await changingEngine(opensearchOf('3.8.0'));
    const engine = connect(server.url);
    await engine.startSnapshot(newSnapshot);
    await engine.startSnapshot(newSnapshot);
    expect(linesOf(server.sent)).toEqual([...QUESTIONS, CREATE, ...QUESTIONS, CREATE]);
  });

  it('may have several addresses, which are compared whatever its kind', async () => {
    const [one, other] = [await changingEngine(opensearchOf('3.8.0')), await changingEngine(opensearchOf('3.8.0'))];
    const engine = connect(`${one.url},${other.url}`, { recordedCluster: async () => 'cluster' });
    expect(await engine.checkAddresses()).toEqual({ warnings: [], refusal: undefined });
    await engine.startSnapshot(newSnapshot);
    const lines = [...linesOf(one.sent), ...linesOf(other.sent)];
    expect(lines.filter((line) => !isRead(line))).toEqual([CREATE]);
    expect(lines).toContain('GET /_cluster/state/version');
  });

  it('is not sent a write whose lease ran out while it was asked', async () => {
    const server = await changingEngine(opensearchOf('3.8.0'));
    const engine = connect(server.url);
    let isHeld = true;
    let answer = (): void => undefined;
    server.hold = new Promise((resolve) => {
      answer = resolve;
    });
    const lost = new Error('lease lost');
    const check = () => {
      if (!isHeld) throw lost;
    };
    const sending = checkedBeforeSend(check, () => engine.startSnapshot(newSnapshot)).catch((error: unknown) => error);
    await expect.poll(() => server.sent.length).toBe(2);
    isHeld = false;
    answer();
    expect(await sending).toBe(lost);
    expect(linesOf(server.sent)).toEqual(QUESTIONS);
  });
});

describe('An engine that is not supported', () => {
  it.each<[string, Product, string]>([
    ['OpenSearch 1', opensearchOf('1.3.20'), 'found OpenSearch 1.3.20'],
    ['Elasticsearch 6', elasticsearchOf('6.8.23'), 'found Elasticsearch 6.8.23'],
    ['Elasticsearch 7.16', elasticsearchOf('7.16.3'), 'found Elasticsearch 7.16.3'],
    ['Elastic serverless', elasticsearchOf('9.4.0', 'serverless'), 'found Elasticsearch Serverless'],
    ['another product', { root: { hello: 'world' }, node: {} }, 'found neither Elasticsearch nor OpenSearch'],
  ])('is named with what is supported, and gets no other request: %s', async (_, product, found) => {
    const server = await changingEngine(product);
    const engine = connect(server.url);
    const { code, message } = await failureOf(engine.info());
    expect(code).toBe('ENGINE_UNSUPPORTED');
    expect(message).toContain(found);
    expect(message).toContain('Tandem works with Elasticsearch 7.17, 8 and 9, and OpenSearch 2 and 3');
    for (const write of ENGINE_WRITES) expect((await failureOf(WRITES[write](engine))).code).toBe('ENGINE_UNSUPPORTED');
    expect(linesOf(server.sent).filter((line) => !QUESTIONS.includes(line))).toEqual([]);
    expect((await engine.checkAddresses()).refusal).toBe(message);
  });

  it.each(ENGINE_WRITES)('is noticed before %s, if it replaced one that was', async (write) => {
    const server = await changingEngine(elasticsearchOf('8.19.21'));
    const engine = connect(server.url);
    await engine.info();
    server.product = opensearchOf('1.3.20');
    expect((await failureOf(WRITES[write](engine))).code).toBe('ENGINE_UNSUPPORTED');
    expect(linesOf(server.sent).filter((line) => !isRead(line))).toEqual([]);
  });

  it('is used once it was upgraded, without a restart', async () => {
    const server = await changingEngine(opensearchOf('1.3.20'));
    const engine = connect(server.url);
    expect((await failureOf(engine.info())).code).toBe('ENGINE_UNSUPPORTED');
    server.product = opensearchOf('2.19.4');
    await engine.startSnapshot(newSnapshot);
    expect(await engine.info()).toMatchObject({ kind: 'opensearch', version: '2.19.4' });
  });

  it('is none as long as nothing answers: the start goes on', async () => {
    const engine = connect('http://127.0.0.1:1');
    expect(await engine.checkAddresses()).toEqual({ warnings: [], refusal: undefined });
    expect((await failureOf(engine.startSnapshot(newSnapshot))).code).toBe('ENGINE_UNREACHABLE');
  });

  it('includes an OpenSearch that is to be used with an API key', async () => {
    const server = await changingEngine(opensearchOf('2.19.4'));
    const { refusal } = await connect(server.url, { apiKey: 'canary' }).checkAddresses();
    expect(refusal).toContain('found OpenSearch 2.19.4, which takes no API key: unset ENGINE_API_KEY');
    expect(refusal).not.toContain('canary');
    expect((await connect((await changingEngine(elasticsearchOf('9.5.3'))).url, { apiKey: 'x' }).info()).kind).toBe(
      'elasticsearch',
    );
  });

  it('includes an Elasticsearch whose requests are to be signed', async () => {
    const server = await changingEngine(elasticsearchOf('8.19.21'));
    const credentials = async () => ({ accessKeyId: 'key', secretAccessKey: 'canary' });
    const { refusal } = await connect(server.url, { aws: { region: 'eu-central-1', credentials } }).checkAddresses();
    expect(refusal).toContain('found Elasticsearch 8.19.21, which takes no signed requests: unset ENGINE_AWS_REGION');
  });

  it("includes Amazon's OpenSearch Serverless, whatever it answers", async () => {
    const engine = connect('https://abc.eu-central-1.aoss.amazonaws.com');
    expect((await engine.checkAddresses()).refusal).toContain('found Amazon OpenSearch Serverless');
  });
});

it.each([
  [401, 'ENGINE_FORBIDDEN'],
  [403, 'ENGINE_FORBIDDEN'],
  [404, 'ENGINE_REFUSED'],
  [429, 'ENGINE_BUSY'],
  [500, 'ENGINE_FAILED'],
  [503, 'ENGINE_BUSY'],
])('An engine that answers everything with %i is not known, and nothing is sent to it: %s', async (status, code) => {
  const server = await changingEngine({ ...opensearchOf('2.19.4'), status });
  const engine = connect(server.url);
  expect((await failureOf(engine.startSnapshot(newSnapshot))).code).toBe(code);
  expect(await engine.checkAddresses()).toEqual({ warnings: [], refusal: undefined });
  expect(new Set(linesOf(server.sent))).toEqual(new Set(QUESTIONS));
});

describe('An engine that was replaced by one of the other kind', () => {
  it('is noticed by the first read, which fails, and used by the next call', async () => {
    const server = await changingEngine(elasticsearchOf('8.19.21'));
    const engine = connect(server.url);
    await engine.listIndices('optimize');
    server.product = opensearchOf('2.19.4');
    expect((await failureOf(engine.listIndices('optimize'))).code).toBe('ENGINE_ANSWER_INVALID');
    expect(await engine.listIndices('optimize')).toEqual([]);
    server.product = elasticsearchOf('9.5.3');
    expect((await failureOf(engine.listIndices('optimize'))).message).toContain('it comes from Elasticsearch');
    expect(await engine.listIndices('optimize')).toEqual([]);
  });

  it('is written to as what it is', async () => {
    const server = await changingEngine(elasticsearchOf('8.19.21'));
    const engine = connect(server.url);
    await engine.startSnapshot(newSnapshot);
    server.product = opensearchOf('2.19.4');
    await engine.startSnapshot(newSnapshot);
    const bodies = server.sent.filter(({ line }) => line === CREATE).map(({ body }) => JSON.parse(body));
    expect(bodies.map((body) => 'feature_states' in body)).toEqual([true, false]);
  });
});
