import { engineFacts } from '@tandem/api/backups/read/engine-facts.ts';
import { readBackup } from '@tandem/api/backups/read/read-backup.ts';
import { readStateNow } from '@tandem/api/backups/read/read-backup-state.ts';
import { defaultProfile } from '@tandem/shared/domain/profile.ts';
import { derivedRandom } from '../chance/random.ts';
import { type ApiReplica, askReplica, mayPass } from '../processes/api-replica.ts';
import { INDEX_PREFIX } from '../scenario/scenario.ts';
import { EPOCH_MS } from '../scenario/timing.ts';
import type { World } from '../scenario/world.ts';
import type { Answer } from './answer.ts';
import { checkAnswer, momentNow } from './check-answer.ts';

/** Every so many seeds callers read backups all the time. */
const EVERY = 8;

const isReadSeed = (seed: number): boolean => seed % EVERY === 2;

const MAX_READS = 60;

/** They read the requested backups, in full or as Optimize does, at any moment. */
export const startReaders = (world: World): void => {
  const { scenario, scheduler, mutation, watch } = world;
  if (!isReadSeed(scenario.seed)) return;
  const random = derivedRandom(scenario.seed, 'readers');
  let reads = 0;

  const read = async (backupId: string, isLegacy: boolean): Promise<void> => {
    const before = momentNow(world, backupId);
    try {
      const answer = await askReplica(world, `reader-${reads}`, (replica) => ask(world, replica, backupId, isLegacy));
      checkAnswer(world, { backupId, before }, mutation.answer?.(answer) ?? answer);
    } catch (error) {
      world.trace?.(`reader  ${backupId}: ${String(error)}`);
      if ((error as { readonly code?: unknown }).code !== 'BACKUP_NOT_FOUND') mayPass(world, error);
    }
  };
  const again = (): void => {
    reads += 1;
    const backupId = random.pick(scenario.requests)?.backupId ?? '';
    if (watch.open() > 0 || reads < 5) void read(backupId, random.chance(0.4));
    if (!world.finishing && reads < MAX_READS)
      scheduler.after(random.between(1, random.pick([20, 400, 4_000]) ?? 20), again);
  };
  scheduler.after(random.between(1, 200), again);
};

const ask = async (world: World, replica: ApiReplica, backupId: string, isLegacy: boolean): Promise<Answer> => {
  const { scheduler, scenario, watch } = world;
  const { engine, history, context } = replica;
  const begunAt = scheduler.now();
  const telling = {
    ...history,
    noteState: (...given: Parameters<typeof history.noteState>) => {
      watch.onCompared(given[2], begunAt);
      return history.noteState(...given);
    },
  };
  const deps = {
    ...{ profile: defaultProfile, indexPrefix: INDEX_PREFIX, repository: scenario.repositories[0], engine },
    ...{ facts: engineFacts(engine, 15_000, scheduler.now), history: telling },
    now: () => new Date(EPOCH_MS + scheduler.now() + world.clock.aheadMs()),
    afterAnswer: (_what: string, task: () => Promise<unknown>) => void task().catch(() => undefined),
  };
  const seen = world.mutation.reading?.(deps) ?? deps;
  if (isLegacy) {
    const { state, asOf } = await readStateNow(seen)(backupId, context);
    return { state, asOf: asOf?.toISOString() ?? null, parts: [] };
  }
  const { state, asOf, parts } = await readBackup(seen)(backupId, context);
  return { state, asOf, parts };
};
