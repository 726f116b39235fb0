import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import type { SearchEngine } from './port.ts';
import { requireSnapshotNames } from './rest/request-rules.ts';

export type SharedPollSettings = {
  /** How long the first caller of a repository waits for others, in milliseconds. */
  readonly windowMs: number;
  /** Runs `task` once, about `delayMs` from now. */
  readonly schedule: (task: () => void, delayMs: number) => void;
};

type Waiting = {
  readonly names: ReadonlySet<string>;
  readonly resolve: (snapshots: readonly Snapshot[]) => void;
  readonly reject: (error: unknown) => void;
};

const namesOf = (batch: readonly Waiting[]): readonly string[] => [
  ...new Set(batch.flatMap(({ names }) => [...names])),
];

/**
 * Lookups of exact names in one repository that arrive within the window become one call; each caller gets its own names, and a
 * failure reaches all of them. Names that no engine accepts are refused before they join the others. Lookups with a pattern pass
 * through, and so does everything else.
 */
export const withSharedPolls = <E extends SearchEngine>(engine: E, { windowMs, schedule }: SharedPollSettings): E => {
  const batches = new Map<string, Waiting[]>();

  const send = async (repository: string, batch: readonly Waiting[]): Promise<void> => {
    batches.delete(repository);
    try {
      const found = await engine.findSnapshots(repository, namesOf(batch));
      for (const { names, resolve } of batch) resolve(found.filter(({ name }) => names.has(name)));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  const openBatch = (repository: string): Waiting[] => {
    const batch: Waiting[] = [];
    batches.set(repository, batch);
    schedule(() => void send(repository, batch), windowMs);
    return batch;
  };

  return {
    ...engine,
    async findSnapshots(repository: string, names: readonly string[]): Promise<readonly Snapshot[]> {
      requireSnapshotNames(names);
      if (names.length === 0 || names.some((name) => name.endsWith('*')))
        return engine.findSnapshots(repository, names);
      return new Promise((resolve, reject) => {
        const batch = batches.get(repository) ?? openBatch(repository);
        batch.push({ names: new Set(names), resolve, reject });
      });
    },
  };
};
