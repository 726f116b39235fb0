import { fileURLToPath } from 'node:url';

const inCheckout = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

export const programs = {
  api: inCheckout('apps/api/src/main.ts'),
  worker: inCheckout('apps/worker/src/main.ts'),
  migrate: inCheckout('apps/api/src/migrate.ts'),
  'audit-verify': inCheckout('apps/api/src/audit-verify.ts'),
  'redis-adopt': inCheckout('apps/api/src/redis-adopt.ts'),
} as const;

export type Program = keyof typeof programs;
