import { beforeAll, expect, it } from 'vitest';
import { createOfPart, type Match } from '../harness/services/engine-gate.ts';
import { useWorld } from '../harness/world.ts';
import { type AnsweringProxy, openAnsweringProxy, type Reply } from './answering-proxy.ts';
import { expectPromise } from './promise.ts';

const world = useWorld({ apps: false });
let proxy: AnsweringProxy;

beforeAll(async () => {
  proxy = await openAnsweringProxy(world.engineUrl);
  world.onEnd(proxy.close);
  const [api, worker] = await Promise.all([world.startApi(), world.startWorker({ ELASTICSEARCH_URL: proxy.url })]);
  Object.assign(world, { api, worker });
});

const error = (status: number, type: string): Reply => ({
  status,
  headers: { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' },
  body: JSON.stringify({ error: { type, reason: 'by the proxy' }, status }),
});
const html: Reply = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Please log in</html>' };
const emptyJson: Reply = {
  status: 200,
  headers: { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' },
  body: '{}',
};

const looks =
  (id: string): Match =>
  ({ method, path }) =>
    method === 'GET' && path.includes(`_${id}_`);

it.each<[string, Reply | 'reset', boolean]>([
  ['503', error(503, 'process_cluster_event_timeout_exception'), false],
  ['503-took-effect', error(503, 'process_cluster_event_timeout_exception'), true],
  ['504-took-effect', { status: 504, headers: { 'content-type': 'text/html' }, body: '<h1>Gateway</h1>' }, true],
  ['reset', 'reset', false],
  ['reset-took-effect', 'reset', true],
  ['html', html, false],
  ['html-took-effect', html, true],
  ['empty', emptyJson, false],
  ['empty-took-effect', emptyJson, true],
])('creates answered by %s end COMPLETED, each part made once', async (id, reply, tookEffect) => {
  for (const part of [1, 2]) proxy.answer(createOfPart(id, part), tookEffect ? 1 : 3, reply, tookEffect);

  expect((await world.api.post(id)).status).toBe(200);

  await world.api.untilState(id, 'COMPLETED');
  await expectPromise(world, [id]);
  for (const part of [1, 2]) {
    // one that took effect is found, not sent again
    expect(proxy.seen.filter(createOfPart(id, part))).toHaveLength(tookEffect ? 1 : 4);
  }
});

it.each<[string, Reply | 'reset']>([
  ['look-429', error(429, 'circuit_breaking_exception')],
  ['look-503', error(503, 'master_not_discovered_exception')],
  ['look-500', error(500, 'exception')],
  ['look-reset', 'reset'],
  ['look-html', html],
  ['look-empty', emptyJson],
])('looks answered by %s lose nothing, and are not taken for an absence', async (id, reply) => {
  proxy.answer((asked) => looks(id)(asked) && proxy.seen.some(createOfPart(id, 1)), 4, reply);

  expect((await world.api.post(id)).status).toBe(200);

  await world.api.untilState(id, 'COMPLETED');
  await expectPromise(world, [id]);
  for (const part of [1, 2]) expect(proxy.seen.filter(createOfPart(id, part))).toHaveLength(1);
});

it('waits as long as a 429 asks for with Retry-After', async () => {
  const busy = error(429, 'es_rejected_execution_exception');
  proxy.answer(createOfPart('retry-after', 1), 1, { ...busy, headers: { ...busy.headers, 'retry-after': '2' } });

  expect((await world.api.post('retry-after')).status).toBe(200);

  await world.api.untilState('retry-after', 'COMPLETED');
  const [first, second, ...more] = proxy.seen.filter(createOfPart('retry-after', 1));
  expect(more).toEqual([]);
  // retries otherwise come within 300 ms here
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(1_950);
  await expectPromise(world, ['retry-after']);
});

it('ends FAILED when lookups are refused for the same reason five times in a row', async () => {
  const isLookup: Match = (asked) => looks('hopeless')(asked) && proxy.seen.some(createOfPart('hopeless', 1));
  proxy.answer(isLookup, 5, error(500, 'null_pointer_exception'));

  expect((await world.api.post('hopeless')).status).toBe(200);

  const failed = await world.untilEvent('hopeless', 'part.failed');
  expect(failed).toMatchObject({ after: { gaveUp: expect.stringContaining('5 times in a row') } });
});

it('ends FAILED with the words of an engine that says no for good', async () => {
  proxy.answer(createOfPart('refused', 2), 1, error(400, 'illegal_argument_exception'));

  expect((await world.api.post('refused')).status).toBe(200);

  await world.api.untilState('refused', 'FAILED');
  expect((await world.untilEvent('refused', 'backup.failed')).reason).toContain('by the proxy');
  await expectPromise(world, ['refused'], 'FAILED');
});
