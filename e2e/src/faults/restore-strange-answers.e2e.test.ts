import { beforeAll, describe, expect, it } from 'vitest';
import { indexNames, restore } from '../harness/requests/restores.ts';
import { create } from '../harness/requests/v1.ts';
import type { Match } from '../harness/services/engine-gate.ts';
import { useWorld } from '../harness/world.ts';
import { type AnsweringProxy, openAnsweringProxy, type Reply } from './answering-proxy.ts';
import {
  deletionOfIndices,
  expectEnded,
  lookAround,
  lookAtRecoveries,
  putForeign,
  restoreOfPart,
  type Sight,
} from './restore-promise.ts';

const world = useWorld({ apps: false, environment: { LEASE_DURATION: '1s' } });
let proxy: AnsweringProxy;
let before: Sight;

beforeAll(async () => {
  proxy = await openAnsweringProxy(world.engineUrl);
  world.onEnd(proxy.close);
  const [api] = await Promise.all([
    world.startApi(),
    world.startWorker({ ELASTICSEARCH_URL: proxy.url }),
    putForeign(world),
  ]);
  Object.assign(world, { api });
  await create(world.api, 'b');
  await world.api.untilState('b', 'COMPLETED');
  before = await lookAround(world);
});

const product = { 'x-elastic-product': 'Elasticsearch', 'content-type': 'application/json' };
const busy = (status: number): Reply => ({
  status,
  headers: product,
  body: JSON.stringify({ error: { type: 'made_up_exception', reason: 'busy' }, status }),
});
const html: Reply = { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' };
const empty: Reply = { status: 200, headers: product, body: '{}' };

const replies: readonly (readonly [string, Reply | 'reset'])[] = [
  ['a reset', 'reset'],
  ['429', busy(429)],
  ['503', busy(503)],
  ['HTML with 200', html],
  ['{} with 200', empty],
];

const wish = { backupId: 'b', deleteExisting: true };
const again = { confirm: 'b', safetyBackup: false };
const sent = (match: Match, from: number) => proxy.seen.slice(from).filter(match).length;

describe.each([1, 2])('the restore of part %i', (part) => {
  it.each(replies)('answered with %s that had no effect is sent again, once', async (_, reply) => {
    const from = proxy.seen.length;
    proxy.answer(restoreOfPart(part), 1, reply);
    const id = await restore(world.api, wish, again);
    await expectEnded(world, id, 'SUCCEEDED', before);
    expect([sent(restoreOfPart(part), from), sent(restoreOfPart(3 - part), from)]).toEqual([2, 1]);
  });

  it.each(replies)('answered with %s that took effect is adopted, not sent again', async (_, reply) => {
    const from = proxy.seen.length;
    proxy.answer(restoreOfPart(part), 1, reply, true);
    const id = await restore(world.api, wish, again);
    await expectEnded(world, id, 'SUCCEEDED', before);
    expect([sent(restoreOfPart(1), from), sent(restoreOfPart(2), from)]).toEqual([1, 1]);
  });
});

describe('looks and deletions', () => {
  const kinds: readonly (readonly [string, Match])[] = [
    ['the state of the indices', ({ path }) => path.includes('/_cluster/state/') && path.includes('routing_table')],
    ['recoveries', lookAtRecoveries],
    ['figures', ({ path }) => path.includes('/_stats')],
  ];

  it.each(kinds)('three looks at %s answered 503, reset or HTML: nothing is concluded from them', async (_, match) => {
    const from = proxy.seen.length;
    for (const reply of [busy(503), 'reset', html] as const) proxy.answer(match, 1, reply);
    const id = await restore(world.api, wish, again);
    await expectEnded(world, id, 'SUCCEEDED', before);
    expect([sent(restoreOfPart(1), from), sent(restoreOfPart(2), from)]).toEqual([1, 1]);
    expect(sent(match, from)).toBeGreaterThan(3);
  });

  it.each([true, false])(
    'a deletion answered 503 (took effect: %s) deletes what was planned, no more',
    async (took) => {
      proxy.answer(deletionOfIndices, 1, busy(503), took);
      const id = await restore(world.api, wish, again);
      await expectEnded(world, id, 'SUCCEEDED', before);
    },
  );

  it.each([true, false])(
    'the deletion of a rehearsal answered by a reset (took effect: %s) leaves no copy',
    async (took) => {
      proxy.answer(deletionOfIndices, 1, 'reset', took);
      const answer = await world.api.call('/api/v1/backups/b/rehearse', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      expect(answer.status, answer.text).toBe(202);
      await expectEnded(world, String(answer.json?.operationId), 'SUCCEEDED', before);
      expect(await indexNames(world.engine, 'tandem-rehearsal-*')).toEqual([]);
    },
  );
});

describe('a no of the engine', () => {
  it.each([400, 404])('%i for good ends FAILED with its words, and part 1 is taken back', async (status) => {
    proxy.answer(restoreOfPart(2), 1, {
      status,
      headers: product,
      body: JSON.stringify({ error: { type: 'made_up_exception', reason: 'not this one' }, status }),
    });
    const target = { renamePattern: '(.+)', renameReplacement: 'beside-$1' };
    const id = await restore(world.api, { backupId: 'b', target });
    const { failure } = await expectEnded(world, id, 'FAILED', before);
    expect(failure).toMatchObject({ code: 'ENGINE_REFUSED', message: expect.stringContaining('not this one') });
  });

  it('500 for the same reason ends FAILED after the fifth time, and part 1 is taken back', async () => {
    const reason = 'alias [x] has more than one write index [a,b]';
    proxy.answer(restoreOfPart(2), 100, {
      status: 500,
      headers: product,
      body: JSON.stringify({ error: { type: 'illegal_state_exception', reason }, status: 500 }),
    });
    const from = proxy.seen.length;
    const id = await restore(world.api, {
      backupId: 'b',
      target: { renamePattern: '(.+)', renameReplacement: 'five-$1' },
    });
    const { failure } = await expectEnded(world, id, 'FAILED', before);
    expect(failure).toMatchObject({
      code: 'ENGINE_FAILED',
      message: expect.stringContaining(reason),
      data: { exhausted: expect.stringContaining('5 times in a row') },
    });
    expect(sent(restoreOfPart(2), from)).toBe(5);
  });
});
