import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const inCheckout = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Absolute paths of the programs in the checkout. */
export const programs = {
  api: inCheckout('apps/api/src/main.ts'),
  worker: inCheckout('apps/worker/src/main.ts'),
  migrate: inCheckout('apps/cli/src/offline/migrate.ts'),
  'audit-verify': inCheckout('apps/cli/src/offline/audit-verify.ts'),
  doctor: inCheckout('apps/cli/src/offline/doctor.ts'),
  'redis-adopt': inCheckout('apps/cli/src/offline/redis-adopt.ts'),
  keys: inCheckout('apps/cli/src/offline/keys.ts'),
} as const;

export type Program = keyof typeof programs;

/** The same program in another folder that is laid out like the checkout. */
export const programIn = (program: Program, root: string): string =>
  join(root, relative(inCheckout(''), programs[program]));
