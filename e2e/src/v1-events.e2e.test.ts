import { beforeAll, expect, it } from 'vitest';
import type { Api } from './harness/requests/api.ts';
import { followEvents, type StreamedEvent } from './harness/requests/event-stream.ts';
import { create, type Page, read, send } from './harness/requests/v1.ts';
import { createOfPart, type EngineGate, openEngineGate } from './harness/services/engine-gate.ts';
import { openTcpProxy, type TcpProxy } from './harness/services/tcp-proxy.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });
let gate: EngineGate;
let postgres: TcpProxy;

beforeAll(async () => {
  [gate, postgres] = await Promise.all([openEngineGate(world.engineUrl), openTcpProxy(world.databaseUrl)]);
  world.onEnd(gate.shut);
  world.onEnd(postgres.shut);
  const [api, worker] = await Promise.all([
    // it then has no reason to ask for keys
    world.startApi({ DATABASE_URL: postgres.url, AUTH_MODE: 'open' }),
    world.startWorker({ ELASTICSEARCH_URL: gate.url }),
  ]);
  Object.assign(world, { api, worker });
});

/** Follows a backup until it leaves, or the test file ends. */
const follow = async (api: Api, backupId: string, lastEventId?: string) => {
  const { response, ...stream } = await followEvents(api.address, backupId, lastEventId);
  world.onEnd(async () => stream.leave());
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  expect(response.headers.get('x-accel-buffering')).toBe('no');
  return stream;
};

const untilReceived = (received: readonly StreamedEvent[], kind: string) =>
  world.until(
    `received ${kind}`,
    () => received.map((event) => event.kind),
    (kinds) => kinds.includes(kind),
  );

it('lists what happened to a backup, oldest first, page by page', async () => {
  await create(world.api, 'listed', { reason: 'weekly' });
  await world.api.untilState('listed', 'COMPLETED');
  const { items: all, nextCursor } = await read<Page>(world.api, '/backups/listed/events');

  expect(nextCursor).toBeNull();
  expect(all.map(({ id }) => id)).toEqual((await world.events('listed')).map(({ id }) => String(id)));
  expect(all[0]).toMatchObject({ kind: 'backup.requested', reason: 'weekly', source: 'api', backupId: 'listed' });
  expect(all.at(-1)).toMatchObject({ kind: 'backup.completed', source: 'worker' });
  const walked: unknown[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page: Page = await read<Page>(world.api, `/backups/listed/events?limit=2${query}`);
    walked.push(...page.items);
    cursor = page.nextCursor;
  }
  expect(walked).toEqual(all);
});

it('tells of each event once and in order, as it comes', async () => {
  const part = gate.hold(createOfPart('told', 2));
  await create(world.api, 'told');
  const { received, leave } = await follow(world.api, 'told');
  await part.arrived;
  await untilReceived(received, 'part.succeeded');
  expect(received.map(({ kind }) => kind)).not.toContain('backup.completed');

  part.decide({ do: 'forward' });

  await untilReceived(received, 'backup.completed');
  const { items } = await read<Page>(world.api, '/backups/told/events');
  expect(received.map(({ data }) => data)).toEqual(items);
  expect(received.map(({ id, kind }) => ({ id, kind }))).toEqual(items.map(({ id, kind }) => ({ id, kind })));
  leave();
});

it('goes on after the last event that a client has seen', async () => {
  const { items } = await read<Page>(world.api, '/backups/told/events');
  const [, second] = items;

  const { received, leave } = await follow(world.api, 'told', String(second?.id));

  await untilReceived(received, 'backup.completed');
  expect(received.map(({ data }) => data)).toEqual(items.slice(2));
  leave();
});

it('keeps nothing of clients that went away', async () => {
  const part = gate.hold(createOfPart('left', 1));
  await create(world.api, 'left');
  await part.arrived;
  const streams = await Promise.all(Array.from({ length: 30 }, () => follow(world.api, 'left')));
  await Promise.all(streams.map(({ received }) => untilReceived(received, 'part.starting')));
  for (const { leave } of streams) leave();
  await Promise.all(streams.map(({ ended }) => ended));
  await world.until(
    'the API noticed',
    () => world.api.output().match(/\/backups\/left\/events","status":200/g)?.length ?? 0,
    (gone) => gone >= 30,
  );
  const before = postgres.heard();
  const began = performance.now();
  await world.until(
    'its slow poll has passed',
    () => performance.now() - began,
    (ms) => ms > 5_500,
  );

  // nobody waits, so nobody is asked for
  expect(postgres.heard() - before).toBe(0);
  part.decide({ do: 'forward' });
  await world.api.untilState('left', 'COMPLETED');
});

it('ends streams that PostgreSQL no longer feeds, so that their clients come back', async () => {
  const { ended } = await follow(world.api, 'told');
  await postgres.shut();

  // at the next heartbeat at the latest
  await ended;
  await postgres.open();
  // a connection of the pool may be found cut only now: the answer is 503 then, and a client comes back
  const again = () => send(world.api, 'GET', '/backups/told/events');
  await world.until('the events are returned again', again, ({ status }) => status === 200);

  const { received, leave } = await follow(world.api, 'told');
  await untilReceived(received, 'backup.completed');
  expect(world.api.errors()).not.toMatch(/\n\s+at /);
  leave();
});

it('ends all streams when the API is stopped', async () => {
  const { api } = world;
  const streams = await Promise.all(Array.from({ length: 5 }, () => follow(api, 'told')));
  await Promise.all(streams.map(({ received }) => untilReceived(received, 'backup.completed')));
  const began = performance.now();

  api.signal('SIGTERM');

  await Promise.all(streams.map(({ ended }) => ended));
  expect(await api.exited).toEqual({ code: 0, signal: null });
  expect(performance.now() - began, api.output().slice(-3000)).toBeLessThan(5_000);
});
