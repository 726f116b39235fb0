import type { HistoryGuard } from '@tandem/planning/guard/history-guard.ts';
import { problemLog } from '@tandem/runtime/logging/problem-log.ts';
import { resign, runAsLeader, type Term } from '@tandem/worker/background/leader.ts';
import { removeOrphanedSnapshots } from '@tandem/worker/background/remove-orphaned-snapshots.ts';
import { removeRehearsals } from '@tandem/worker/background/remove-rehearsals.ts';
import { sweep } from '@tandem/worker/background/sweep.ts';
import type { ClockWatch } from '@tandem/worker/background/watch-clock.ts';
import { createObserver } from '@tandem/worker/suspended/observe-creates.ts';
import { suspendUnclaimed } from '@tandem/worker/suspended/suspend-unclaimed.ts';
import { comparisonTaskOf, isComparedSeed } from '../comparing/comparison-worker.ts';
import { taskEngine } from '../leases/task-engine.ts';
import { ORPHAN_RUNS, SWEEP_EVERY_MS } from '../scenario/timing.ts';
import type { World } from '../scenario/world.ts';
import { sealerOf, sealTaskOf } from '../seals/seal-worker.ts';
import { logger } from './process-logger.ts';
import { engineOf, historyOf, queueOf, readingEngineOf, sealsOf } from './process-ports.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import { withWatchedCalls } from './watched-calls.ts';

/** How long after the end of an operation its orphans are searched for: longer than any run. */
const ORPHANS_WITHIN_MS = 3_600_000;
const ACTOR = { kind: 'system', name: 'worker' } as const;

type Watches = { readonly guard: HistoryGuard; readonly clock: ClockWatch };

/** As the background tasks of a worker, which have timers of their own. */
export const startBackground = (world: World, process: SimulatedProcess, { guard, clock }: Watches): void => {
  const { mutation } = world;
  const history = historyOf(world, process);
  const log = logger(world, process);
  const suspending = { history, actor: ACTOR, announce: () => undefined, log };
  const sweeping = {
    ...{ ledger: history, queue: queueOf(world, process), watchHistory: guard.watch, log },
    suspendUnclaimed: async () => {
      if (!(await clock.observe())) return 0;
      return suspendUnclaimed({ ...suspending, suspendAfterMs: world.scenario.suspendAfterMs + clock.jumpedMs() });
    },
  };
  const observeCreates = createObserver({ ...suspending, engine: readingEngineOf(world, process) });
  const engine = taskEngine(world, process, 'orphans', withWatchedCalls(world, engineOf(world, process, 'sweep')));
  const cleaning = {
    history,
    engine,
    actor: ACTOR,
    log,
    withinMs: ORPHANS_WITHIN_MS,
    intended: new Set<string>(),
    problems: problemLog(log),
  };
  const cleanUp = async (term: Term): Promise<void> => {
    await observeCreates();
    if (!(await guard.watch())) return;
    await (mutation.removeOrphanedSnapshots ?? removeOrphanedSnapshots)({ ...cleaning, ...term });
    if (world.restores !== undefined) await (mutation.removeRehearsals ?? removeRehearsals)({ ...cleaning, ...term });
  };
  again(world, process, 'sweep', SWEEP_EVERY_MS, () => (mutation.sweep ?? sweep)(sweeping));
  again(world, process, 'orphans', SWEEP_EVERY_MS * ORPHAN_RUNS, cleanUp);
  if (isComparedSeed(world.scenario.seed)) {
    const task = comparisonTaskOf(world, { engine: readingEngineOf(world, process), history, log });
    again(world, process, task.name, task.everyMs, task.run, task.leaseMs);
  }
  if (world.sealing === undefined) return;
  const view = sealsOf(world, process, world.sealing.view);
  const { name, everyMs, leaseMs, run } = sealTaskOf(sealerOf(world, process, world.sealing, view, log));
  again(world, process, name, everyMs, run, leaseMs);
};

/** As of the tasks in compose.ts. */
const PAUSE = 3;

const again = (
  world: World,
  process: SimulatedProcess,
  name: string,
  everyMs: number,
  work: (term: Term) => Promise<unknown>,
  leaseMs = everyMs * 3,
): void => {
  const log = logger(world, process);
  const clock = { now: world.scheduler.now, every: process.every };
  const leadership = { history: historyOf(world, process), holder: process.name, clock, log };
  /** To another process that may do better. Where no process is cut off for long, the next run of its own will do. */
  const leave = async (error: unknown): Promise<number> => {
    log.warn({ err: error }, `${name} failed`);
    if (!world.partitions.isParted) return 1;
    await resign(leadership, name).catch(() => undefined);
    return PAUSE;
  };
  const run = async (): Promise<void> => {
    const pause = await runAsLeader(leadership, { name, leaseMs }, work).then(() => 1, leave);
    if (!world.finishing) process.later(everyMs * pause, () => void run());
  };
  process.later(world.random.between(0, 5), () => void run());
};
