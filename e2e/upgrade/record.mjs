// Records database.sql and repository.tar.gz with the version of a commit: node e2e/upgrade/record.mjs COMMIT. They are what that version leaves behind, for the
// upgrade test (e2e/src/upgrade.e2e.test.ts). Takes about three minutes: a worktree of the commit, its dependencies, its own PostgreSQL, Redis and engine.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [commit] = process.argv.slice(2);
if (commit === undefined) throw new Error('Usage: node e2e/upgrade/record.mjs COMMIT');

const here = fileURLToPath(new URL('.', import.meta.url));
const checkout = join(here, '../..');
const worktree = join(mkdtempSync(join(tmpdir(), 'tandem-recording-')), 'tandem');
const folder = join(here, commit);

const run = (cwd, program, ...args) => {
  const { status } = spawnSync(program, args, {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, TANDEM_RECORDING: folder },
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
};

mkdirSync(folder, { recursive: true });
run(checkout, 'git', 'worktree', 'add', '--detach', worktree, commit);
try {
  copyFileSync(join(here, 'recording.mjs'), join(worktree, 'e2e/src/recording.e2e.test.ts'));
  run(worktree, 'npm', 'ci');
  // generates the database client
  run(worktree, 'node', 'scripts/run.mjs', 'migrate', '--help');
  run(
    worktree,
    'node_modules/.bin/node',
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'e2e',
    'e2e/src/recording.e2e.test.ts',
  );
} finally {
  run(checkout, 'git', 'worktree', 'remove', '--force', worktree);
  rmSync(join(worktree, '..'), { recursive: true, force: true });
}
