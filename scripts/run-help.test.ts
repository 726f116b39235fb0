import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const checkout = fileURLToPath(new URL('..', import.meta.url));

it.each([
  ['api', 'apps/api/src/main.ts'],
  ['worker', 'apps/worker/src/main.ts'],
  ['migrate', 'apps/cli/src/offline/migrate.ts'],
])('%s prints its usage without any setting', (name, file) => {
  const printed = execFileSync(process.execPath, [file, '--help'], { cwd: checkout, env: {}, encoding: 'utf8' });
  expect(printed).toContain(`npm run ${name} [-- --config FILE]`);
  expect(printed).toContain('docs/settings.md');
});
