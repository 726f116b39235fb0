import { sha256 } from '@tandem/planning/digest.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { createSealer, type Sealer, sealTask } from '@tandem/worker/background/seal.ts';
import type { SimulatedProcess } from '../processes/simulated-process.ts';
import type { World } from '../scenario/world.ts';
import { require } from '../watch/require.ts';
import type { Sealing, SealView } from './seal-view.ts';

const EVERY_MS = 1_000;
const MAX_STOPS = 4;

export const sealTaskOf = (seal: Sealer) => sealTask(seal, EVERY_MS);

/** As a worker seals. Some are stopped right after they have read whether anybody writes. */
export const sealerOf = (
  world: World,
  process: SimulatedProcess,
  { stops }: Sealing,
  view: SealView,
  log: Logger,
): Sealer => {
  const history = world.mutation.sealing?.(view) ?? view;
  const eventsAreQuiet: SealView['eventsAreQuiet'] = async () => {
    const answer = await history.eventsAreQuiet();
    if (stops.count >= MAX_STOPS || !world.random.chance(0.05)) return answer;
    stops.count += 1;
    process.freeze(world.random.between(5_000, 25_000), 'while it seals');
    await new Promise<void>((resolve) => void process.later(0, resolve));
    return answer;
  };
  return createSealer({
    ...{ digest: sha256, signer: undefined, mark: async () => undefined, log },
    history: { ...history, eventsAreQuiet },
  });
};

/** Once every transaction has ended, whoever seals next leaves no event out, and each is in one seal. */
export const checkSeals = async (
  { history, mutation }: World,
  { view, endAll, isCommitted }: Sealing,
): Promise<void> => {
  endAll();
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined } as unknown as Logger;
  const sealer = createSealer({
    ...{ digest: sha256, signer: undefined, mark: async () => undefined, log },
    history: mutation.sealing?.(view) ?? view,
  });
  await sealer({ assertHeld: () => undefined });
  const events = await history.eventsInOrder(undefined, 100_000);
  const committed = events.map(({ id }) => id).filter(isCommitted);
  const sealed = new Set<string>();
  for (const id of committed) if ((await history.sealsOf([id])).length === 1) sealed.add(id);
  const left = committed.filter((id) => !sealed.has(id));
  require(left.length === 0, 'sealed', `events ${left.join(', ')} are committed, and in no seal`);
};
