import type { SearchEngine } from '@tandem/engine/port.ts';
import type { History } from '@tandem/history/ports/history.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { defaultProfile } from '@tandem/shared/domain/profile.ts';
import type { Reconcile } from '@tandem/worker/reconcile/context.ts';
import { reconcile } from '@tandem/worker/reconcile/reconcile.ts';
import { reconcileTask } from '@tandem/worker/reconcile/reconcile-regularly.ts';
import { INDEX_PREFIX } from '../scenario/scenario.ts';
import { EPOCH_MS } from '../scenario/timing.ts';
import type { World } from '../scenario/world.ts';
import { require } from '../watch/require.ts';

/** Every so many seeds the history is compared with the repositories, and where something comes late. */
const EVERY = 16;

export const isComparedSeed = (seed: number): boolean => [4, 5, 13].includes(seed % EVERY);

const POLL_MS = 1_000;
const REGULARLY_MS = 5_000;
/** How long after its deletion a backup's late snapshots are left to the sweep: longer than any run, however the clock of PostgreSQL jumps. */
const LATE_MS = 1_000_000_000;
const ACTOR = { kind: 'system', name: 'reconcile' } as const;

type Ports = { readonly engine: SearchEngine; readonly history: History; readonly log: Logger };

const comparisonOf = (world: World, { engine, history, log }: Ports): Omit<Reconcile, 'assertHeld'> => {
  const deps = {
    ...{ engine, history, log, profiles: [defaultProfile], repository: world.scenario.repositories[0] },
    ...{ indexPrefix: INDEX_PREFIX, ofOthers: new Set<string>(), witness: { actor: ACTOR, source: 'worker' as const } },
    ...{ lateMs: LATE_MS, now: () => new Date(EPOCH_MS + world.scheduler.now()), announce: () => undefined },
  };
  return world.mutation.comparison?.(deps) ?? deps;
};

/** Says since when what it writes was so: of drift, since the records were read; of sets, since it began. */
const telling = ({ watch, scheduler }: World, history: History, begunAt: number): History => {
  let readAt = begunAt;
  return {
    ...history,
    livingBackups: (after, limit) => {
      readAt = scheduler.now();
      return history.livingBackups(after, limit);
    },
    noteState: (key, state, event, ...seen) => {
      watch.onCompared(event, readAt);
      return history.noteState(key, state, event, ...seen);
    },
    discover: (set) => {
      watch.onCompared(set, begunAt);
      return history.discover(set);
    },
  };
};

/** As a worker compares: by a schedule. */
export const comparisonTaskOf = (world: World, ports: Ports) => {
  let ids = 0;
  return reconcileTask(
    {
      reconcile: (term) => {
        const history = telling(world, ports.history, world.scheduler.now());
        return reconcile({ ...comparisonOf(world, { ...ports, history }), ...term });
      },
      ...{ history: ports.history, actor: ACTOR, everyMs: REGULARLY_MS, log: ports.log },
      newId: () => {
        ids += 1;
        return `comparison-${world.random.between(0, 0x7fffffff)}-${ids}`;
      },
    },
    POLL_MS,
  );
};

/** Once nothing changes any more, the second of two comparisons finds nothing. */
export const checkComparisons = async (world: World): Promise<void> => {
  const log = { info: () => undefined, warn: () => undefined } as unknown as Logger;
  const compare = () => {
    const deps = comparisonOf(world, { engine: world.engine.port, history: world.history, log });
    return reconcile({ ...deps, assertHeld: () => undefined });
  };
  await compare();
  const { length } = await world.history.eventsInOrder(undefined, 100_000);
  const { changedCount, discoveredCount } = await compare();
  const written = (await world.history.eventsInOrder(undefined, 100_000)).slice(length);
  require(changedCount === 0 &&
    discoveredCount === 0 &&
    written.length ===
      0, 'compared', `a second reconciliation of what did not change found ${changedCount} changes and ${discoveredCount} sets, and wrote ${written.map(({ kind }) => kind).join(', ')}`);
};
