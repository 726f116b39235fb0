import { digestOfLocation } from '@tandem/engine/in-memory/repositories.ts';
import type { Engine } from '@tandem/engine/port.ts';
import type { History } from '@tandem/history/ports/history.ts';
import type { Mutation } from '../mutations/mutation.ts';
import { FIRST_LOCATION } from './locations.ts';

/** No record tells what should be there. */
const withoutExpectations = (history: History): History => ({
  ...history,
  livingBackups: async () => ({ backups: [], next: undefined }),
});

/** Whatever location it is, it has the settings of the first one. */
const withoutSettings = (engine: Engine): Engine => ({
  ...engine,
  readRepository: async (name) => ({
    ...(await engine.readRepository(name)),
    settingsDigest: digestOfLocation(FIRST_LOCATION),
  }),
});

/** Creates are accepted whatever was noted of their repository. */
const withCreatesAccepted = (history: History): History => {
  const notedAs = { count: 0 };
  return {
    ...history,
    accept: async (create) => {
      const result = await history.accept(create);
      if (result.accepted || !('changed' in result)) return result;
      notedAs.count += 1;
      const location = { ...create.location, repository: `${create.location.repository}-${notedAs.count}` };
      return history.accept({ ...create, location });
    },
  };
};

/** The deliberate defects of what a repository meets that is registered to another location. */
export const swapMutations = {
  'deletion-believes-absence': {
    about: 'a deletion that sees nothing of its backup takes it for deleted, wherever the repository leads',
    deleteJob: (job) => ({
      ...job,
      history: withoutExpectations(job.history as History),
      engine: withoutSettings(job.engine as Engine),
    }),
  },
  'settings-not-compared': {
    about: 'the settings that say where a repository is are not compared',
    swapEngine: withoutSettings,
  },
  'changed-repository-accepts': {
    about: 'creates are accepted while a repository does not match the recorded one',
    history: withCreatesAccepted,
  },
} as const satisfies Readonly<Record<string, Mutation & { readonly about: string }>>;
