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

const real = { testTimeout: 120_000, hookTimeout: 240_000, fileParallelism: false };

export default defineConfig({
  test: {
    projects: [
      { test: unit },
      { test: { ...real, name: 'integration', include: ['{apps,packages}/*/src/**/*.integration.test.ts'] } },
      {
        test: {
          ...real,
          name: 'e2e',
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
          // a file for each engine, two at a time
          fileParallelism: true,
          maxWorkers: 2,
        },
      },
    ],
  },
});
