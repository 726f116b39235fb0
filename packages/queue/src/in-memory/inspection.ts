import type { RedisFacts } from '@tandem/shared/domain/doctor/facts.ts';
import type { QueueInspection } from '../inspection-port.ts';

/** A healthy Redis, except for what is given. */
export const inMemoryInspection = (now: () => Date, given: Partial<RedisFacts> = {}): QueueInspection => ({
  inspect: async () => ({
    ...{ version: '7.4.1', role: 'master', evictionPolicy: 'noeviction', appendOnly: true, savePoints: '' },
    ...{ usedBytes: 1_000_000, maxBytes: 0, clock: now(), refusedCommands: [] },
    ...given,
  }),
  close: async () => undefined,
});
