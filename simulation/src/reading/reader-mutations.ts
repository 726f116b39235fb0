import type { Mutation } from '../mutations/mutation.ts';

/** The deliberate defects of reads. */
export const readerMutations = {
  'ended-is-open': {
    about: 'a read reports a cancelled create as still running',
    reading: (deps) => ({
      ...deps,
      history: {
        ...deps.history,
        findBackup: async (backupId, location) => {
          const record = await deps.history.findBackup(backupId, location);
          return record?.create?.state !== 'CANCELLED'
            ? record
            : { ...record, create: { ...record.create, state: 'RUNNING' } };
        },
      },
    }),
  },
  'last-known-is-now': {
    about: 'a read that cannot determine the current state reports the last known one as current',
    answer: (answer) => ({ ...answer, asOf: null }),
  },
  'deleting-is-vanished': {
    about: 'parts of a backup that is being deleted are reported as vanished',
    reading: (deps) => ({
      ...deps,
      history: {
        ...deps.history,
        findBackupWithDeleted: async (backupId, location) => {
          const record = await deps.history.findBackupWithDeleted(backupId, location);
          return record === undefined ? undefined : { ...record, deletion: undefined };
        },
      },
    }),
  },
} as const satisfies Readonly<Record<string, Mutation & { readonly about: string }>>;
