import type { History } from '@tandem/history/ports/history.ts';
import type { InMemoryQueue } from '@tandem/queue/in-memory/queue.ts';
import type { MarkStore } from '@tandem/queue/marks-port.ts';
import type { OperationJob } from '@tandem/queue/port.ts';
import type { Random } from '../chance/random.ts';
import type { Scheduler } from '../chance/scheduler.ts';
import type { DatabaseClock } from '../faults/database-clock.ts';
import type { Partitions } from '../faults/partitions.ts';
import type { Mutation } from '../mutations/mutation.ts';
import type { SimulatedProcess } from '../processes/simulated-process.ts';
import type { Watch } from '../watch/watch.ts';
import type { EngineSide } from './engine-side.ts';
import type { Scenario } from './scenario.ts';
import { LEASE_MS, QUIET_MS } from './timing.ts';

/** What every simulated process and every watcher of a run shares. */
export type Scene = {
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
  /** Undefined: nobody reads along. */
  readonly trace: ((line: string) => void) | undefined;
  /** Every job that was ever queued, for those that come twice. */
  readonly jobs: OperationJob[];
  readonly workers: SimulatedWorker[];
  /** Requests that timed out and may still arrive, by what they ask for. */
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
export const drawStopMs = ({ random }: Scene, shortestMs: number, longShare: number): number =>
  random.chance(longShare) ? random.between(QUIET_MS, QUIET_MS * 2) : random.between(shortestMs, LEASE_MS * 3);

/** Something will happen at that time, whatever else does. */
export const unsettleUntil = (world: Scene, atMs: number): void => {
  world.unsettledUntil = Math.max(world.unsettledUntil, atMs);
};

/** Short mostly, now and then long: so that what runs side by side meets in every order. */
export const drawDelayMs = ({ random, calm }: Scene): number => {
  const kind = random.next();
  if (calm || kind < 0.75) return random.between(0, 3);
  return kind < 0.95 ? random.between(0, 40) : random.between(0, 400);
};
