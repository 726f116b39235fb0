import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { derivedRandom, type Random } from '../chance/random.ts';
import { type Fate, type Port, unreachableHistory } from '../scenario/fate.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { ENGINE_TIMEOUT_MS, HISTORY_TIMEOUT_MS, LEASE_MS, QUEUE_TIMEOUT_MS } from '../scenario/timing.ts';

/** One worker, or half of the API replicas, cannot reach one of the servers, while all others can. */
type Partition = { readonly who: string; readonly port: Port; readonly sinceMs: number; readonly untilMs: number };

export type Partitions = {
  /** Whether there are any in this run. */
  readonly isParted: boolean;
  /** When the last one is over. */
  readonly untilMs: number;
  /** What befalls a call of that process to that server; undefined: it can be reached. */
  /** When the worker's own connection to Redis breaks, and when it is back: the queue gives its jobs to others meanwhile. */
  readonly ofConsumer: (process: string) => readonly { readonly sinceMs: number; readonly untilMs: number }[];
  readonly isCutOff: (process: string, port: Port) => boolean;
  readonly fateOf: (process: string, port: Port, method: string) => Fate | undefined;
};

/** Share of the runs. */
const SHARE = 0.15;
const REPLICAS = 'replicas';
/** Of the calls that are cut off these arrive once the server can be reached again; the others never do. */
const ON_THE_WAY = 0.15;

export const newPartitions = ({ seed, workers, faultsForMs }: Scenario, now: () => number): Partitions => {
  const random = derivedRandom(seed, 'partitions');
  const partitions = random.chance(SHARE)
    ? Array.from({ length: random.between(1, 2) }, () => drawPartition(random, workers, faultsForMs))
    : [];
  const cutNow = (process: string, port: Port): Partition | undefined =>
    partitions.find(
      (one) => one.port === port && one.sinceMs <= now() && now() < one.untilMs && isOf(one.who, process),
    );
  const fateOf: Partitions['fateOf'] = (process, port, method) => {
    const cut = cutNow(process, port);
    return cut && cutOff(random, cut, now(), method);
  };
  return {
    isParted: partitions.length > 0,
    untilMs: Math.max(0, ...partitions.map(({ untilMs }) => untilMs)),
    ofConsumer: (process) => partitions.filter(({ who, port }) => port === 'queue' && who === process),
    isCutOff: (process, port) => cutNow(process, port) !== undefined,
    fateOf,
  };
};

const drawPartition = (random: Random, workers: number, withinMs: number): Partition => {
  const sinceMs = random.between(0, withinMs);
  return {
    who: random.chance(0.8) ? `worker-${random.between(1, workers)}` : REPLICAS,
    port: random.pick<Port>(['engine', 'history', 'queue']) ?? 'history',
    sinceMs,
    untilMs: sinceMs + random.between(3 * LEASE_MS, 20 * LEASE_MS),
  };
};

const isOf = (who: string, process: string): boolean =>
  who === REPLICAS ? !process.startsWith('worker-') && Number(process.split('-').at(-1)) % 2 === 1 : who === process;

const TIMEOUTS = { engine: ENGINE_TIMEOUT_MS, history: HISTORY_TIMEOUT_MS, queue: QUEUE_TIMEOUT_MS } as const;

const cutOff = (random: Random, { port, untilMs }: Partition, at: number, method: string): Fate => {
  const isOnTheWay = random.chance(ON_THE_WAY);
  return {
    is: 'late',
    error: errorOf(port, method),
    answerInMs: random.chance(0.3) ? random.between(0, 50) : TIMEOUTS[port],
    effectInMs: isOnTheWay ? untilMs - at + random.between(0, 500) : undefined,
    isHeld: false,
  };
};

const errorOf = (port: Port, call: string): Error => {
  if (port === 'history') return unreachableHistory();
  if (port === 'queue') return new Error('Redis cannot be reached (simulated).');
  return fail('ENGINE_TIMEOUT', 'The engine cannot be reached (simulated).', { call });
};
