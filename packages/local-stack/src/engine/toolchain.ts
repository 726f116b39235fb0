import { canInstallPackages, installPackages, type Report, refreshPackageLists } from '../process/debian-packages.ts';
import { runCommand } from '../process/run-command.ts';

type Tool = 'jdk' | 'maven';

/** Debian 12 has Java 17, later ones a newer default. */
const jdkPackage = async (): Promise<string> => {
  const { code, output } = await runCommand('apt-cache', ['show', 'openjdk-17-jdk-headless'], { limitMs: 30_000 });
  return code === 0 && output.includes('Package:') ? 'openjdk-17-jdk-headless' : 'default-jdk-headless';
};

const install = async (tools: readonly Tool[], report: Report): Promise<void> => {
  await refreshPackageLists(report);
  const packages = [
    ...(tools.includes('jdk') ? [await jdkPackage()] : []),
    ...(tools.includes('maven') ? ['maven'] : []),
  ];
  await installPackages(packages, report);
};

let installing: Promise<unknown> = Promise.resolve();

/**
 * Installs missing tools with apt-get where that is possible: Debian or Ubuntu, as root. Reports progress. False when it is not possible.
 * One installation at a time; `missing` is evaluated again when its turn comes. Rejects DOWNLOAD_FAILED when apt-get does.
 */
export const installTools = async (missing: () => Promise<Tool[]>, report: Report): Promise<boolean> => {
  if (!canInstallPackages()) return false;
  const turn = installing.then(async () => {
    const tools = await missing();
    if (tools.length > 0) await install(tools, report);
  });
  // the next in line is not to fail because of this one
  installing = turn.catch(() => undefined);
  await turn;
  return true;
};
