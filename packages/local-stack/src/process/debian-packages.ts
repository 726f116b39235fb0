import { existsSync } from 'node:fs';
import { environment } from '../settings.ts';
import { StackFailure } from '../stack-failure.ts';
import { findProgram } from './find-program.ts';
import { runCommand } from './run-command.ts';

export type Report = (line: string) => void;

const TEN_MINUTES_MS = 600_000;

/** Debian or Ubuntu, as root. */
export const canInstallPackages = (): boolean =>
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  existsSync('/etc/debian_version') &&
  findProgram('apt-get') !== undefined;

const aptGet = async (args: readonly string[], report: Report): Promise<void> => {
  // a server that comes with a package is not started: it would take the port that it has by default
  const env = { ...environment(), DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const { code, output } = await runCommand('apt-get', args, { env, limitMs: TEN_MINUTES_MS });
  if (code === 0) return;
  const tail = output.trim().split('\n').slice(-5).join('\n  | ');
  report(`apt-get ${args.join(' ')} failed:\n  | ${tail}`);
  throw new StackFailure('DOWNLOAD_FAILED', `apt-get ${args[0]} failed`);
};

/** Reports progress; waits for an installation in progress. Rejects DOWNLOAD_FAILED when apt-get does. */
export const installPackages = async (packages: readonly string[], report: Report): Promise<void> => {
  report(`installing missing packages: apt-get install ${packages.join(' ')} (takes some minutes)`);
  const options = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];
  await aptGet(['install', ...options, ...packages], report);
};

export const refreshPackageLists = async (report: Report): Promise<void> => {
  report('refreshing the package lists: apt-get update');
  await aptGet(['update'], report);
};
