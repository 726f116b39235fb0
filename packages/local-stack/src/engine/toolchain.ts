import { existsSync } from 'node:fs';
import { findProgram } from '../process/find-program.ts';
import { runCommand } from '../process/run-command.ts';
import { environment } from '../settings.ts';
import { StackFailure } from '../stack-failure.ts';

type Report = (line: string) => void;
type Tool = 'jdk' | 'maven';

const TEN_MINUTES_MS = 600_000;

const canInstall = (): boolean =>
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  existsSync('/etc/debian_version') &&
  findProgram('apt-get') !== undefined;

const aptGet = async (args: readonly string[], report: Report) => {
  const env = { ...environment(), DEBIAN_FRONTEND: 'noninteractive' };
  const { code, output } = await runCommand('apt-get', args, { env, limitMs: TEN_MINUTES_MS });
  if (code === 0) return;
  const tail = output.trim().split('\n').slice(-5).join('\n  | ');
  report(`apt-get ${args.join(' ')} failed:\n  | ${tail}`);
  throw new StackFailure('DOWNLOAD_FAILED', `apt-get ${args[0]} failed`);
};

/** Debian 12 has Java 17, later ones a newer default. */
const jdkPackage = async (): Promise<string> => {
  const { code, output } = await runCommand('apt-cache', ['show', 'openjdk-17-jdk-headless'], { limitMs: 30_000 });
  return code === 0 && output.includes('Package:') ? 'openjdk-17-jdk-headless' : 'default-jdk-headless';
};

const install = async (tools: readonly Tool[], report: Report): Promise<void> => {
  report('refreshing the package lists: apt-get update');
  await aptGet(['update'], report);
  const packages = [
    ...(tools.includes('jdk') ? [await jdkPackage()] : []),
    ...(tools.includes('maven') ? ['maven'] : []),
  ];
  report(`installing what is missing: apt-get install ${packages.join(' ')} (some minutes)`);
  const options = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];
  await aptGet(['install', ...options, ...packages], report);
};

let installing: Promise<unknown> = Promise.resolve();

/**
 * Installs missing tools with apt-get where that is possible: Debian or Ubuntu, as root. Says what it does. False when it is not possible.
 * One installation at a time; `missing` is asked again when its turn comes. Rejects DOWNLOAD_FAILED when apt-get does.
 */
export const installTools = async (missing: () => Promise<Tool[]>, report: Report): Promise<boolean> => {
  if (!canInstall()) return false;
  const turn = installing.then(async () => {
    const tools = await missing();
    if (tools.length > 0) await install(tools, report);
  });
  // the next in line is not to fail because of this one
  installing = turn.catch(() => undefined);
  await turn;
  return true;
};
