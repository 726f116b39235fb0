import { fileURLToPath } from 'node:url';

const inCheckout = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

export const programs = {
  api: inCheckout('apps/api/src/main.ts'),
  worker: inCheckout('apps/worker/src/main.ts'),
  migrate: inCheckout('apps/cli/src/offline/migrate.ts'),
  'audit-verify': inCheckout('apps/cli/src/offline/audit-verify.ts'),
  'redis-adopt': inCheckout('apps/cli/src/offline/redis-adopt.ts'),
} as const;

export type Program = keyof typeof programs;
