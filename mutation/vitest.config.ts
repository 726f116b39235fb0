import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The unit tests alone: a mutant that only real services can tell is not killed here. */
export default defineConfig({
  // in Stryker's copy node_modules leads to the packages of the checkout, in which nothing is mutated
  resolve: {
    alias: [
      { find: /^@tandem\/(api|worker)\/(.*)$/, replacement: `${root}apps/$1/src/$2` },
      { find: /^@tandem\/([^/]+)\/(.*)$/, replacement: `${root}packages/$1/src/$2` },
    ],
  },
  test: {
    include: ['{apps,packages}/*/src/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.integration.test.ts', '**/*.e2e.test.ts'],
    testTimeout: 60_000,
  },
});
