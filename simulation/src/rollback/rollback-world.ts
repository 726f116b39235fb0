import { type InMemoryEngine, inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { type InMemoryHistory, inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { type HistoryGuard, historyGuard } from '@tandem/planning/guard/history-guard.ts';
import { snapshotMarks } from '@tandem/planning/guard/snapshot-marks.ts';
import { inMemoryMarks } from '@tandem/queue/in-memory/marks.ts';
import type { JobHandler } from '@tandem/queue/port.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { defaultProfile } from '@tandem/shared/domain/profile.ts';
import { steadyClock } from '@tandem/worker/background/watch-clock.ts';
import { createJob } from '@tandem/worker/jobs/create/create.ts';
import { deleteJob } from '@tandem/worker/jobs/delete/delete.ts';
import type { OperationJobHandler } from '@tandem/worker/jobs/job.ts';
import { runTick } from '@tandem/worker/tick.ts';
import type { Random } from '../chance/random.ts';
import type { Mutation } from '../mutations/mutation.ts';
import { noJob } from '../processes/no-job.ts';
import { EPOCH_MS } from '../scenario/timing.ts';
import { Violation } from '../watch/violation.ts';

export const REPOSITORY = 'backups';
const PREFIX = 'optimize';
export const INDICES = [`${PREFIX}-import-index_v3`, `${PREFIX}-alert_v4`];
export const TOLERANCE_MS = 300_000;
const ACTOR = { kind: 'system', name: 'worker' } as const;
const LIMITS = { initialBackoffMs: 500, maxBackoffMs: 20_000, maxAttempts: 1_000, maxElapsedMs: 14_400_000 };

/** One history with the engine and the Redis around it, and processes that act one after the other. */
export type RollbackWorld = {
  readonly random: Random;
  readonly history: InMemoryHistory;
  readonly engine: InMemoryEngine;
  /** What is in Redis of marks. */
  readonly redis: Map<string, string>;
  readonly away: { redis: boolean; engine: boolean };
  readonly now: () => number;
  readonly pass: (ms: number) => void;
  /** Operations that must not write to the engine. */
  readonly forbidden: Set<string>;
  readonly trace: (line: string) => void;
  /** A process that was just started: its worker and its guard. */
  readonly startProcess: () => { readonly guard: HistoryGuard; readonly run: JobHandler };
};

const never = () => new Promise<never>(() => undefined);

export const newRollbackWorld = (
  random: Random,
  { guard: mutated }: Mutation,
  trace: (line: string) => void,
): RollbackWorld => {
  let ms = 0;
  const now = () => new Date(EPOCH_MS + ms);
  const away = { redis: false, engine: false };
  const redis = new Map<string, string>();
  const forbidden = new Set<string>();
  const history = inMemoryHistory({ now });
  const engine = inMemoryEngine({ now });
  engine.createRepository(REPOSITORY);
  for (const index of INDICES) engine.createIndex(index, 3);
  const reached = throughNetwork(engine, away);

  const writes = ({ operationId }: ClaimedOperation, call: string): void => {
    trace(`${operationId} sends ${call}`);
    if (forbidden.has(operationId)) {
      throw new Violation('suspended', `${operationId} was open when the database was put back, and sends ${call}`);
    }
  };
  const overEngine =
    (job: typeof createJob | typeof deleteJob): OperationJobHandler =>
    (operation, tools) =>
      job({
        ...{ history, polling: { minMs: 100, maxMs: 5_000 }, vanishedMs: 1_000, quietMs: 1_000 },
        nowSince: steadyClock.nowSince,
        ...{ actor: ACTOR, tandemVersion: '0.1.0', log: silent },
        engine: {
          ...reached,
          startSnapshot: (snapshot) => {
            writes(operation, 'startSnapshot');
            return reached.startSnapshot(snapshot);
          },
          deleteSnapshot: (repository, name) => {
            writes(operation, 'deleteSnapshot');
            return reached.deleteSnapshot(repository, name);
          },
        },
      })(operation, tools);
  /** What a restore does is another run's (../restores): here it writes once and ends. */
  const restore: OperationJobHandler = async (operation) => {
    writes(operation, 'startRestore');
    return { outcome: { do: 'end', state: 'SUCCEEDED' } };
  };

  const startProcess = () => {
    const options = {
      ...{ history, toleranceMs: TOLERANCE_MS, witness: { actor: ACTOR, source: 'worker' as const }, log: silent },
      marks: redisOf(redis, away),
      snapshotMarks: snapshotMarks({ engine: reached, history, profiles: [defaultProfile], repository: REPOSITORY }),
      now: () => ms,
      sleep: never,
    };
    const guard = historyGuard(mutated?.(options) ?? options);
    const tick = runTick({
      ...{ ledger: history, queue: { enqueue: async () => undefined }, actor: ACTOR, log: silent },
      announce: () => undefined,
      jobs: {
        create: { run: overEngine(createJob), giveUp: undefined },
        delete: { run: overEngine(deleteJob), giveUp: undefined },
        restore: { run: restore, giveUp: undefined },
        rehearse: noJob,
      },
      claim: { worker: 'worker', leaseMs: 10_000, createsPerRepository: 1, queuedRetryMs: 30_000 },
      policy: { transient: LIMITS, operator: LIMITS },
      clock: { now: () => ms, every: () => () => undefined },
      jitter: random.next,
    });
    const run: JobHandler = async (job) => {
      await guard.ready();
      return tick(job);
    };
    return { guard, run };
  };
  const pass = (by: number) => {
    ms += by;
  };
  return { random, history, engine, redis, away, now: () => ms, pass, forbidden, trace, startProcess };
};

const silent = Object.fromEntries(
  ['debug', 'info', 'warn', 'error'].map((level) => [level, () => undefined]),
) as unknown as Logger;

const throughNetwork = (engine: InMemoryEngine, away: RollbackWorld['away']): InMemoryEngine =>
  Object.fromEntries(
    Object.entries(engine).map(([name, method]: [string, unknown]) => [
      name,
      typeof method !== 'function'
        ? method
        : (...args: unknown[]) => {
            if (away.engine) return Promise.reject(fail('ENGINE_UNREACHABLE', 'The engine is away (simulated).', {}));
            return method(...args);
          },
    ]),
  ) as unknown as InMemoryEngine;

const redisOf = (fields: Map<string, string>, away: RollbackWorld['away']) => {
  const marks = inMemoryMarks(fields);
  const here = () => {
    if (away.redis) throw new Error('Redis is away (simulated).');
  };
  return {
    read: async () => {
      here();
      return marks.read();
    },
    keep: async (mark: Parameters<typeof marks.keep>[0]) => {
      here();
      return marks.keep(mark);
    },
  };
};
