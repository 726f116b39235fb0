import { defineConfig } from 'vitest/config';

/** The unit tests alone: a mutant that only real services can tell is not killed here. */
export default defineConfig({
  test: {
    include: ['{apps,packages}/*/src/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.integration.test.ts', '**/*.e2e.test.ts'],
    testTimeout: 60_000,
  },
});
