import { canInstallPackages, installPackages, type Report, refreshPackageLists } from '../process/debian-packages.ts';
import { runCommand } from '../process/run-command.ts';
import type { JavaRange } from './engine-kinds.ts';
import { isWithin, javaWords } from './java.ts';

/** What has to be installed: Maven, and a JDK of these versions; undefined: there is one. */
export type MissingTools = { readonly jdk: JavaRange | undefined; readonly maven: boolean };

const JDK_PACKAGES = '^openjdk-[0-9]+-jdk-headless$';

/** Of the lines of `apt-cache search`, the package with the oldest fitting JDK; undefined where there is none. */
export const jdkPackage = (listing: string, java: JavaRange): string | undefined => {
  const [oldest] = [...listing.matchAll(/^openjdk-(\d+)-jdk-headless /gm)]
    .map(([, major]) => Number(major))
    .filter((major) => isWithin(java, major))
    .sort((one, other) => one - other);
  return oldest === undefined ? undefined : `openjdk-${oldest}-jdk-headless`;
};

const fittingPackage = async (java: JavaRange): Promise<string | undefined> => {
  const { code, output } = await runCommand('apt-cache', ['search', '--names-only', JDK_PACKAGES], { limitMs: 30_000 });
  return code === 0 ? jdkPackage(output, java) : undefined;
};

const install = async ({ jdk, maven }: MissingTools, report: Report): Promise<void> => {
  await refreshPackageLists(report);
  const jdkToInstall = jdk && (await fittingPackage(jdk));
  if (jdk && jdkToInstall === undefined) {
    report(`the package lists of this system have no JDK ${javaWords(jdk)}`);
    return;
  }
  await installPackages([...(jdkToInstall ? [jdkToInstall] : []), ...(maven ? ['maven'] : [])], report);
};

const isComplete = ({ jdk, maven }: MissingTools): boolean => jdk === undefined && !maven;

let installing: Promise<unknown> = Promise.resolve();

/**
 * Installs missing tools with apt-get where that is possible: Debian or Ubuntu, as root. Reports progress. Returns what is missing then.
 * One installation at a time; `lacking` is evaluated again when its turn comes. Rejects DOWNLOAD_FAILED when apt-get does.
 */
export const installTools = async (lacking: () => Promise<MissingTools>, report: Report): Promise<MissingTools> => {
  const missing = await lacking();
  if (isComplete(missing) || !canInstallPackages()) return missing;
  const turn = installing.then(async () => {
    const tools = await lacking();
    if (!isComplete(tools)) await install(tools, report);
  });
  // the next in line is not to fail because of this one
  installing = turn.catch(() => undefined);
  await turn;
  return lacking();
};
