import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../process/run-command.ts';
import { checkout } from '../settings.ts';
import { StackFailure } from '../stack-failure.ts';

/** Applies the migrations as `npm run migrate` does. Rejects PART_DID_NOT_START with its output. */
export const migrate = async (env: NodeJS.ProcessEnv): Promise<void> => {
  const file = join(checkout, 'apps/cli/src/offline/migrate.ts');
  if (!existsSync(file)) throw new StackFailure('PART_DID_NOT_START', `there is no ${file}`);
  const { code, output } = await runCommand(process.execPath, [file], { cwd: checkout, env, limitMs: 120_000 });
  if (code !== 0) throw new StackFailure('PART_DID_NOT_START', `the migrations failed:\n${output.trim()}`);
};
