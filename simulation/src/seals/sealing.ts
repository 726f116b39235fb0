import type { Seal } from '@tandem/shared/contract/seals.ts';
import { hasId } from '@tandem/shared/domain/history/seal/id-spans.ts';
import type { World } from '../scenario/world.ts';
import type { Sealing } from './seal-view.ts';

/** Every so many seeds events are sealed. */
const EVERY = 8;

export const isSealedSeed = (seed: number): boolean => seed % EVERY === 1;

/** Who drew the id of an event: it may be seen once its transaction has ended, unless that was rolled back. */
type Writer = { readonly endsAt: number; readonly commits: boolean };

/** The history in memory shows each event at once; here some appear after those with higher ids, as those of PostgreSQL do, or never. */
export const newSealing = (world: World): Sealing => {
  const { history, random, scheduler, watch } = world;
  const writers = new Map<string, Writer>();
  const lateShare = random.pick([0.02, 0.2, 0.5]) ?? 0;
  const batch = random.pick([2, 5, 1_000]) ?? 1_000;
  const sealed: Seal[] = [];
  let newest: string | undefined;
  let hasEnded = false;

  const drawWriter = (): Writer => {
    const isLate = random.chance(lateShare);
    return {
      endsAt: scheduler.now() + (isLate ? random.between(1, 4_000) : 0),
      commits: !isLate || random.chance(0.9),
    };
  };
  const meetWriters = async (): Promise<void> => {
    for (const { id } of await history.eventsInOrder(newest, MANY)) {
      writers.set(id, drawWriter());
      newest = id;
    }
  };
  const isEnded = ({ endsAt }: Writer): boolean => hasEnded || endsAt <= scheduler.now();
  const isSeen = ({ id }: { readonly id: string }): boolean => {
    const writer = writers.get(id);
    return writer?.commits === true && isEnded(writer);
  };

  const requireChained = (seal: Seal): void => {
    const last = sealed.at(-1);
    if (seal.number !== sealed.length + 1 || seal.previous !== (last?.hash ?? null))
      watch.broken('sealed', `seal ${seal.number} does not continue seal ${last?.number}`);
    for (const id of writers.keys())
      if (hasId(seal.events, id) && sealed.some(({ events }) => hasId(events, id)))
        watch.broken('sealed', `event ${id} is in seal ${seal.number} and in one before`);
    sealed.push(seal);
  };

  return {
    view: {
      eventsAreQuiet: async () => {
        await meetWriters();
        return { quiet: [...writers.values()].every(isEnded), seal: sealed.length };
      },
      unsealedEvents: async (limit) => {
        await meetWriters();
        const { events, ...rest } = await history.unsealedEvents(MANY);
        const seen = events.filter(isSeen);
        const max = hasEnded ? limit : Math.min(limit, batch);
        const late = seen.filter(({ id }) => BigInt(id) <= BigInt(rest.last?.through ?? 0));
        return { ...rest, events: seen.slice(0, max), isLateComplete: late.length <= max };
      },
      addSeal: async (seal) => {
        const isAdded = await history.addSeal(seal);
        if (isAdded) requireChained(seal);
        return isAdded;
      },
    },
    endAll: () => {
      hasEnded = true;
    },
    isCommitted: (id) => isSeen({ id }),
    stops: { count: 0 },
  };
};

const MANY = 100_000;
