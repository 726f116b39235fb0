import { inject } from 'vitest';

/** What the global set-up started for the files that run one after another in one worker. */
export type SharedStack = {
  /** As the owner of the server. */
  readonly databaseUrl: string;
  /** A database with all migrations applied, to make others from. */
  readonly templateDatabase: string;
  readonly redisUrl: string;
  /** Empty where each file starts its own. */
  readonly engineUrl: string;
  /** The engine's `path.repo`. */
  readonly repositoriesPath: string;
  /** Where Node keeps the compiled code of the programs. */
  readonly compileCache: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    stacks: readonly SharedStack[];
  }
}

/** That of this worker; where there are fewer than workers, some share one. */
export const sharedStack = (): SharedStack => {
  const stacks = inject('stacks');
  const stack = stacks[(Number(process.env.VITEST_POOL_ID) - 1) % stacks.length];
  if (stack === undefined) throw new Error('no servers were started for this worker');
  return stack;
};
