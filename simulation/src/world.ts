import type { History } from '@tandem/history/ports/backups.ts';
import type { InMemoryQueue } from '@tandem/queue/in-memory.ts';
import type { MarkStore } from '@tandem/queue/marks-port.ts';
import type { OperationJob } from '@tandem/queue/port.ts';
import type { EngineSide } from './engine-side.ts';
import type { DatabaseClock } from './faults/database-clock.ts';
import type { Partitions } from './faults/partitions.ts';
import type { Mutation } from './mutation.ts';
import type { Random } from './random.ts';
import type { Restores } from './restores/restores.ts';
import type { Scenario } from './scenario.ts';
import type { Scheduler } from './scheduler.ts';
import type { Sealing } from './seals/sealing.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { Watch } from './watch.ts';

/** Virtual milliseconds. */
export const LEASE_MS = 10_000;
export const SWEEP_EVERY_MS = 3_000;
/** Strays are looked for by every so many runs of the sweep. */
export const STRAY_RUNS = 5;
export const ENGINE_TIMEOUT_MS = 15_000;
/** The longest that a request which was sent may still take effect: what the engine's master time-out promises. */
export const ENGINE_MASTER_MS = 2 * ENGINE_TIMEOUT_MS;
export const QUIET_MS = LEASE_MS + ENGINE_MASTER_MS;
export const HISTORY_TIMEOUT_MS = 3_000;
export const QUEUE_TIMEOUT_MS = 1_000;
/** How long the queue leaves a job with a worker that gives no sign. */
export const JOB_LOCK_MS = 8_000;

/** The epoch of virtual time. */
export const EPOCH_MS = Date.UTC(2022, 9, 11, 10, 11, 12);

/** All of one run. */
export type World = {
  readonly scenario: Scenario;
  readonly mutation: Mutation;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly engine: EngineSide;
  readonly history: History;
  readonly queue: InMemoryQueue;
  /** In Redis, as the queue is. */
  readonly marks: MarkStore;
  readonly watch: Watch;
  /** Undefined: the run is about backups alone. */
  restores: Restores | undefined;
  /** Undefined: nobody seals events. */
  sealing: Sealing | undefined;
  /** Undefined: nobody reads along. */
  readonly trace: ((line: string) => void) | undefined;
  /** Every job that was ever queued, for those that come twice. */
  readonly jobs: OperationJob[];
  readonly workers: SimulatedWorker[];
  /** Requests that were given up and may still arrive, by what they ask for. */
  readonly heldBack: Map<string, () => Promise<void>>;
  readonly outages: Outages;
  readonly clock: DatabaseClock;
  /** How often a process was stopped right before a write. */
  readonly stops: { ofTasks: number; ofTicks: number };
  readonly partitions: Partitions;
  /** No more faults are drawn. */
  calm: boolean;
  /** Since the faults are over for good. */
  calmSince: number | undefined;
  /** Until when what was stopped, or is on its way, may still do something. */
  unsettledUntil: number;
  /** Everything asked for has ended: nothing is begun any more, what is under way comes to rest. */
  finishing: boolean;
};

/** Until when, in virtual milliseconds. */
export type Outages = {
  redisUntil: number;
  historyUntil: number;
  engineUntil: number;
  createsUntil: number;
  workersUntil: number;
};

export type SimulatedWorker = {
  readonly process: SimulatedProcess;
  /** Runs a job as if the queue had brought it. */
  readonly deliver: (job: OperationJob) => void;
};

/** Some stops outlast the lease, and a share of them the quiet period of a deletion. */
export const drawStopMs = ({ random }: World, shortestMs: number, longShare: number): number =>
  random.chance(longShare) ? random.between(QUIET_MS, QUIET_MS * 2) : random.between(shortestMs, LEASE_MS * 3);

/** Something will happen at that time, whatever else does. */
export const unsettleUntil = (world: World, atMs: number): void => {
  world.unsettledUntil = Math.max(world.unsettledUntil, atMs);
};

/** Short mostly, now and then long: so that what runs side by side meets in every order. */
export const drawDelayMs = ({ random, calm }: World): number => {
  const kind = random.next();
  if (calm || kind < 0.75) return random.between(0, 3);
  return kind < 0.95 ? random.between(0, 40) : random.between(0, 400);
};

/** Has the queue hand out what is due, `inMs` from now. */
export const dispatch = (world: World, inMs: number): void => {
  const { scheduler, random, scenario, queue, outages } = world;
  const lateMs = !world.calm && scenario.jobsAreLate && random.chance(0.2) ? random.between(0, 5_000) : 0;
  scheduler.after(inMs + lateMs + random.between(0, 4), () => {
    if (outages.redisUntil > scheduler.now()) return;
    let isMore = true;
    while (isMore) isMore = queue.takeNext() !== undefined;
  });
};
