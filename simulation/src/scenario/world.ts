import type { Restores } from '../restores/restores.ts';
import type { Sealing } from '../seals/seal-view.ts';
import type { Scene } from './scene.ts';

/** All of one run. */
export type World = Scene & {
  /** Undefined: the run is about backups alone. */
  restores: Restores | undefined;
  /** Undefined: nobody seals events. */
  sealing: Sealing | undefined;
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
