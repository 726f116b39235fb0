import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('holds every optional package that it names, so that npm ci takes it: else run scripts/complete-lockfile.mjs', () => {
  const script = fileURLToPath(new URL('./complete-lockfile.mjs', import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect({ stdout, status }).toEqual({ stdout: '0 optional packages missing in package-lock.json\n', status: 0 });
});
