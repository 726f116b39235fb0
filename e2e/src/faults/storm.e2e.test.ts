import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import { useWorld } from '../harness/world.ts';
import { type Crew, crewOf } from './crew.ts';
import { expectPromise } from './promise.ts';

const world = useWorld({ apps: false });
const BACKUPS = 200;
const WORKERS = 2;
const KILL_EVERY_MS = 3_000;
let crew: Crew;

beforeAll(async () => {
  crew = crewOf(world, {
    LEASE_DURATION: '1s',
    JOB_LOCK_DURATION: '1s',
    CREATES_PER_REPOSITORY: '4',
    LOG_LEVEL: 'info',
  });
  const [api] = await Promise.all([world.startApi(), crew.fill(WORKERS)]);
  Object.assign(world, { api });
});

const openOperations = async (): Promise<number> => {
  const [row] = await world.sql('select count(*)::int as open from operation where ended_at is null');
  return Number(row?.open);
};

/** Kills the longest-serving worker at every beat, whatever it is doing, and puts another in its place. */
const killAndReplace = async (over: () => boolean): Promise<number> => {
  let kills = 0;
  while (!over()) {
    await pause(KILL_EVERY_MS);
    if (over()) break;
    const [oldest] = crew.members;
    if (oldest === undefined) throw new Error('no worker is left');
    await crew.kill(oldest);
    kills += 1;
    await crew.fill(WORKERS);
  }
  return kills;
};

it(`${BACKUPS} backups asked for at once complete while a worker is killed every ${KILL_EVERY_MS / 1000} s`, {
  timeout: 300_000,
}, async () => {
  const ids = Array.from({ length: BACKUPS }, (_, at) => `storm-${String(at).padStart(3, '0')}`);
  const began = performance.now();
  const statuses = (await Promise.all(ids.map((id) => world.api.post(id)))).map(({ status }) => status);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  const acceptedAfter = performance.now() - began;

  let over = false;
  const killing = killAndReplace(() => over);
  try {
    await untilNoneIsOpen(240_000);
  } finally {
    over = true;
  }
  const kills = await killing;
  const took = Math.round((performance.now() - began) / 1000);
  console.info(`storm: accepted in ${Math.round(acceptedAfter)} ms, ended in ${took} s, ${kills} workers killed`);

  expect(kills).toBeGreaterThan(3);
  expect(await world.snapshots()).toHaveLength(2 * BACKUPS);
  await expectPromise(world, ids);
});

const untilNoneIsOpen = async (withinMs: number): Promise<void> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const open = await openOperations();
    if (open === 0) return;
    if (performance.now() > deadline)
      throw new Error(`${open} operations are still open after ${withinMs} ms\n${world.logs()}`);
    await pause(250);
  }
};
