import type { Mutation } from '../mutations/mutation.ts';
import type { SealView } from './seal-view.ts';

/** Which seal was the last when nobody wrote is not compared: it is always the one that is read then. */
const withoutSealCompared = (view: SealView): SealView => {
  let last = 0;
  return {
    ...view,
    eventsAreQuiet: async () => {
      const { quiet } = await view.eventsAreQuiet();
      return {
        quiet,
        get seal() {
          return last;
        },
      };
    },
    unsealedEvents: async (limit) => {
      const unsealed = await view.unsealedEvents(limit);
      last = unsealed.last?.number ?? 0;
      return unsealed;
    },
  };
};

/** The deliberate defects of sealing: each of the three guards before what was waited for is abandoned. */
export const sealMutations = {
  'quiet-not-read': {
    about: 'an event that was waited for is abandoned although events are still being written',
    sealing: (view) => ({
      ...view,
      eventsAreQuiet: async () => ({ ...(await view.eventsAreQuiet()), quiet: true }),
    }),
  },
  'late-events-cut': {
    about: 'events that were waited for and did not fit into a seal are abandoned',
    sealing: (view) => ({
      ...view,
      unsealedEvents: async (limit) => ({ ...(await view.unsealedEvents(limit)), isLateComplete: true }),
    }),
  },
  'seal-not-compared': {
    about: 'what a seal waits for that another sealer wrote meanwhile is abandoned, based on what was read before it',
    sealing: withoutSealCompared,
  },
} as const satisfies Readonly<Record<string, Mutation & { readonly about: string }>>;
