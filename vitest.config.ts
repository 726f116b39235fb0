import { defineConfig } from 'vitest/config';

const unit = {
  name: 'unit',
  include: ['{apps,packages}/*/src/**/*.test.ts', '{bench,simulation}/src/**/*.test.ts', 'scripts/**/*.test.ts'],
  exclude: ['**/node_modules/**', '**/*.integration.test.ts', '**/*.e2e.test.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // files of one worker share its modules, which halves the time: unit tests keep nothing in them
  isolate: false,
};

/** More files at a time than two processors need: most of the time they wait. docs/decisions/0045 */
const real = { testTimeout: 240_000, hookTimeout: 240_000, maxWorkers: 2 };

export default defineConfig({
  test: {
    projects: [
      { test: unit },
      { test: { ...real, name: 'integration', include: ['{apps,packages}/*/src/**/*.integration.test.ts'] } },
      {
        test: {
          ...real,
          name: 'e2e',
          maxWorkers: 3,
          include: ['{apps,packages,bench,e2e,simulation}/**/*.e2e.test.ts'],
          globalSetup: ['e2e/src/harness/global-setup.ts'],
          exclude: ['**/node_modules/**'],
        },
      },
      {
        test: {
          ...real,
          name: 'engines',
          include: ['{apps,packages,e2e}/**/*.engines.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['e2e/src/engines/global-setup.ts'],
        },
      },
    ],
  },
});
