import { type EngineFacts, engineFacts } from '@tandem/api/backups/read/engine-facts.ts';
import { type InMemoryEngine, inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { Engine } from '@tandem/engine/port.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { History } from '@tandem/history/ports/history.ts';
import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import type { JobHandler } from '@tandem/queue/port.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { steadyClock } from '@tandem/worker/background/watch-clock.ts';
import { createJob } from '@tandem/worker/jobs/create/create.ts';
import { deleteJob } from '@tandem/worker/jobs/delete/delete.ts';
import { runTick } from '@tandem/worker/tick.ts';
import type { Random } from '../chance/random.ts';
import type { Mutation } from '../mutations/mutation.ts';
import { noJob } from '../processes/no-job.ts';
import { FIRST_INDICES } from '../scenario/engine-side.ts';
import { INDEX_PREFIX } from '../scenario/scenario.ts';
import { EPOCH_MS } from '../scenario/timing.ts';
import { FIRST_LOCATION, type Locations, newLocations, OTHER_LOCATIONS, REPOSITORY } from './locations.ts';

const LIMITS = { initialBackoffMs: 500, maxBackoffMs: 20_000, maxAttempts: 10_000, maxElapsedMs: 86_400_000_000 };
const QUIET_MS = 1_000;

/** One engine whose repository is registered to one location and then to another, and processes that act one after the other. */
export type SwapWorld = {
  readonly random: Random;
  readonly engine: InMemoryEngine;
  /** As processes reach it: before and after each call the repository may be moved, and calls fail. */
  readonly reached: Engine;
  readonly history: History;
  readonly locations: Locations;
  readonly facts: EngineFacts;
  readonly run: JobHandler;
  readonly now: () => number;
  readonly pass: (ms: number) => void;
  readonly trace: (line: string) => void;
  /** What befalls calls; the end of a run is without. */
  readonly faults: { moves: number; failures: number };
  /** Uuids of which a deletion recorded that it is about to remove them, in a tick that could see them. */
  readonly intended: Set<string>;
  /** Those of which it did so although they were nowhere that the tick could have seen. */
  readonly blind: string[];
  /** Locations that an operator has accepted as they are. */
  readonly accepted: Set<string>;
};

export const newSwapWorld = (random: Random, mutation: Mutation, trace: (line: string) => void): SwapWorld => {
  let ms = 0;
  const now = () => new Date(EPOCH_MS + ms);
  const engine = inMemoryEngine({ now });
  engine.createRepository(REPOSITORY);
  for (const index of FIRST_INDICES) engine.createIndex(index, 3);
  engine.putMetadata(INDEX_PREFIX, { schemaVersion: '8.7.0', installationId: undefined });
  const locations = newLocations(engine);
  const faults = { moves: random.pick([0.01, 0.04]) ?? 0, failures: random.pick([0, 0.02]) ?? 0 };
  const intended = new Set<string>();
  const blind: string[] = [];
  const move = (): void => {
    const to = random.pick([FIRST_LOCATION, FIRST_LOCATION, ...OTHER_LOCATIONS]) ?? FIRST_LOCATION;
    if (locations.move(to)) trace(`the repository is registered to ${to}`);
  };
  const network = overNetwork(engine, async (call, effect) => {
    if (random.chance(faults.moves)) move();
    if (random.chance(faults.failures)) throw fail('ENGINE_UNREACHABLE', 'The engine is away (simulated).', { call });
    const result = await effect();
    trace(`${call} in ${locations.here()}`);
    if (random.chance(faults.moves)) move();
    if (random.chance(faults.failures)) throw fail('ENGINE_TIMEOUT', 'The answer is lost (simulated).', { call });
    return result;
  });
  const reached = mutation.swapEngine?.(network) ?? network;
  const stored = inMemoryHistory({ now });
  const history = withIntents(mutation.history?.(stored) ?? stored, (uuid) => {
    if (locations.seenInStep().has(locations.locationOf(uuid) ?? '')) intended.add(uuid);
    else blind.push(uuid);
  });
  const rest = {
    ...{ polling: { minMs: 100, maxMs: 5_000 }, vanishedMs: 1_000, quietMs: QUIET_MS, tandemVersion: '0.1.0' },
    ...{ actor: { kind: 'system', name: 'worker' } as const, log: silent, nowSince: steadyClock.nowSince },
  };
  const deleting = mutation.deleteJob?.({ ...rest, engine: reached, history }) ?? { ...rest, engine: reached, history };
  const run = runTick({
    ...{ ledger: history, queue: { enqueue: async () => undefined }, actor: rest.actor, log: silent },
    announce: () => undefined,
    jobs: {
      create: { run: createJob({ ...rest, engine: reached, history }), giveUp: undefined },
      delete: { run: deleteJob(deleting), giveUp: undefined },
      ...{ restore: noJob, rehearse: noJob },
    },
    claim: { worker: 'worker', leaseMs: 10_000, createsPerRepository: 1, queuedRetryMs: 30_000 },
    policy: { transient: LIMITS, operator: LIMITS },
    clock: { now: () => ms, every: () => () => undefined },
    jitter: random.next,
  });
  return {
    ...{
      random,
      engine,
      reached,
      history,
      locations,
      run,
      trace,
      faults,
      intended,
      blind,
      accepted: new Set<string>(),
    },
    facts: engineFacts(reached, 1_000, () => ms),
    now: () => ms,
    pass: (by) => {
      ms += by;
    },
  };
};

export const silent = Object.fromEntries(
  ['debug', 'info', 'warn', 'error'].map((level) => [level, () => undefined]),
) as unknown as Logger;

type Carry = (call: string, effect: () => Promise<unknown>) => Promise<unknown>;
type Method = (...args: never[]) => Promise<unknown>;

const overNetwork = (engine: InMemoryEngine, carry: Carry): Engine =>
  Object.fromEntries(
    Object.entries(engine).map(([name, method]: [string, Method]) => [
      name,
      (...args: never[]) => carry(`${name} ${typeof args[1] === 'string' ? args[1] : ''}`, async () => method(...args)),
    ]),
  ) as unknown as Engine;

const withIntents = (history: History, onIntent: (uuid: string) => void): History => ({
  ...history,
  record: async (operationId, revision, change: OperationChange) => {
    const recorded = await history.record(operationId, revision, change);
    const removing = change.detail?.removing as { readonly uuid?: string } | null | undefined;
    if (recorded.written && change.outcome.do === 'hold' && removing?.uuid !== undefined) onIntent(removing.uuid);
    return recorded;
  },
});
