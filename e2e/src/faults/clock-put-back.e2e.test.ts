import { beforeAll, expect, it } from 'vitest';
import { create } from '../harness/requests/v1.ts';
import type { Row } from '../harness/services/database.ts';
import { createOfPart, type EngineGate, openEngineGate } from '../harness/services/engine-gate.ts';
import { putClockBack } from '../harness/services/put-clock-back.ts';
import { flushPrefix } from '../harness/services/redis.ts';
import { useWorld } from '../harness/world.ts';
import { expectPromise } from './promise.ts';

const HOURS = 5;
const HOUR_MS = 3_600_000;
/** Longer than a test waits for what must go on at once. */
const POLL_MS = 12_000;

const world = useWorld({
  apps: false,
  environment: { POLL_INTERVAL_MIN: `${POLL_MS}ms`, POLL_INTERVAL_MAX: `${POLL_MS}ms`, RECONCILE_INTERVAL: '1s' },
});
let gate: EngineGate;

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const [api, worker] = await Promise.all([world.startApi(), world.startWorker({ ELASTICSEARCH_URL: gate.url })]);
  Object.assign(world, { api, worker });
});

const aheadMs = ({ after }: Row) => (after as { aheadMs: number }).aheadMs;

const ended = async (): Promise<number> => {
  const [row] = await world.sql(
    `select count(*) as ended from reconciliation where ended_at is not null and ended_at <= now()`,
  );
  return Number(row?.ended);
};

const clockEvents = async (id: string) =>
  (await world.events(id)).filter(({ kind }) => kind === 'clock.put-back').map(aheadMs);

const untilItWaitsFor = (part: number) =>
  world.until(
    `it waits for part ${part}`,
    () =>
      world.sql(
        `select 1 from operation o join part p on p.backup_key = o.backup_key
         where o.state = 'WAITING' and p.number = $1 and p.starts = 1 and p.state <> 'SUCCESS'`,
        part,
      ),
    (rows) => rows.length === 1,
  );

it('a create goes on when its poll is due, and at once where Redis lost its job, with an event each time', async () => {
  await create(world.api, 'ahead');
  await untilItWaitsFor(1);
  await putClockBack(world, HOURS);
  await world.until(
    'it goes on',
    () => clockEvents('ahead'),
    ({ length }) => length === 1,
  );

  await untilItWaitsFor(2);
  const since = performance.now();
  await putClockBack(world, HOURS);
  await flushPrefix(world.redisUrl, world.redisPrefix);
  const told = await world.until(
    'it goes on again',
    () => clockEvents('ahead'),
    ({ length }) => length === 2,
  );
  expect(performance.now() - since).toBeLessThan(POLL_MS);
  for (const ms of told) expect(ms).toBeGreaterThan(HOURS * HOUR_MS);
  await world.api.untilState('ahead', 'COMPLETED', 3 * POLL_MS);
  await expectPromise(world, ['ahead']);
});

it('the leases of a worker that died end: its create, sealing, sweeping and comparing go on in another one', async () => {
  const part1 = gate.hold(createOfPart('orphaned', 1));
  await create(world.api, 'orphaned');
  await part1.arrived;
  await world.worker.kill();
  part1.decide({ do: 'lose' });

  await putClockBack(world, HOURS);

  const compared = await ended();
  const worker = await world.startWorker({ ELASTICSEARCH_URL: gate.url });
  Object.assign(world, { worker });
  expect(aheadMs(await world.untilEvent('orphaned', 'clock.put-back'))).toBeGreaterThan((HOURS - 1) * HOUR_MS);
  await world.api.untilState('orphaned', 'COMPLETED', 4 * POLL_MS);
  await expectPromise(world, ['orphaned']);
  await world.until(
    'everything that happened is sealed',
    () =>
      world.sql(
        `select (select max(id) from event where backup_id = 'orphaned') <= (select max(through) from seal) as sealed`,
      ),
    ([row]) => row?.sealed === true,
  );
  await world.until('the history is compared with the repository again', ended, (count) => count > compared);
  const ends = worker
    .output()
    .split('\n')
    .filter((line) => line.includes('ended a lease that was too far in the future'));
  for (const task of ['seal', 'sweep', 'reconcile'])
    expect(
      ends.some((line) => line.includes(`"id":"${task}"`)),
      task,
    ).toBe(true);
});
