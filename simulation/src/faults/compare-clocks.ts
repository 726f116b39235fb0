import { type ClockWatch, steadyClock, watchClock } from '@tandem/worker/background/watch-clock.ts';
import { logger } from '../processes/process-logger.ts';
import { historyOf } from '../processes/process-ports.ts';
import type { SimulatedProcess } from '../processes/simulated-process.ts';
import { SWEEP_EVERY_MS } from '../scenario/timing.ts';
import type { World } from '../scenario/world.ts';

/** As a worker compares the clock of PostgreSQL with its own, every now and then, whoever leads. */
export const compareClocks = (world: World, process: SimulatedProcess): ClockWatch => {
  const { clock, scheduler, mutation } = world;
  // one that watches would see nothing, and cost a call every few seconds
  if (!clock.isUnsteady) return steadyClock;
  const history = historyOf(world, process);
  const watch = watchClock({
    history: mutation.clockHistory?.(history) ?? history,
    now: scheduler.now,
    log: logger(world, process),
  });
  const observe = async () => {
    const isCompared = await watch.observe();
    if (isCompared) clock.onCompared(process.name);
    return isCompared;
  };
  const again = (): void => {
    if (!world.finishing)
      void observe()
        .catch(() => undefined)
        .then(() => process.later(SWEEP_EVERY_MS, again));
  };
  process.later(0, again);
  return { ...watch, observe };
};
