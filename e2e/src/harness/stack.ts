import { inject } from 'vitest';

/** What the global set-up started once for all files. */
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
};

declare module 'vitest' {
  interface ProvidedContext {
    stack: SharedStack;
  }
}

export const sharedStack = (): SharedStack => inject('stack');
