import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram, isExecutable } from '../process/find-program.ts';
import { runCommand } from '../process/run-command.ts';
import { javaHomeCandidates } from '../settings.ts';
import { type StackEngine, stackEngines } from './engine-kinds.ts';

/** A JDK, that is one with a compiler. */
export type Jdk = { home: string; major: number };

/** The major version in the text of a JDK's file `release`; undefined when it names none. "1.8.0_392" is 8. */
export const majorOf = (release: string): number | undefined => {
  const version = /^JAVA_VERSION="(?:1\.)?(\d+)/m.exec(release)?.[1];
  return version === undefined ? undefined : Number(version);
};

const inspect = (home: string): Jdk | undefined => {
  const release = join(home, 'release');
  if (!existsSync(release) || !isExecutable(join(home, 'bin', 'java')) || !isExecutable(join(home, 'bin', 'javac')))
    return;
  const major = majorOf(readFileSync(release, 'utf8'));
  return major === undefined ? undefined : { home: realpathSync(home), major };
};

const homeOfPath = (): string[] => {
  const java = findProgram('java');
  return java === undefined ? [] : [dirname(dirname(realpathSync(java)))];
};

const homesOfMac = async (): Promise<string[]> => {
  if (process.platform !== 'darwin') return [];
  const { code, output } = await runCommand('/usr/libexec/java_home', ['-V'], { limitMs: 5_000 });
  return code === 0 ? [...output.matchAll(/(\/\S.*)$/gm)].map((match) => (match[1] ?? '').trim()) : [];
};

/** Where JDKs are searched for, for messages. */
export const SEARCHED = 'JAVA_HOME, on the PATH or in /usr/lib/jvm';

/** The JDKs of this machine, preferred ones first: JAVA_HOME, the PATH, then what is installed in the usual places. */
export const findJdks = async (): Promise<Jdk[]> => {
  const [first, ...others] = javaHomeCandidates();
  const homes = [first ?? '', ...homeOfPath(), ...others, ...(await homesOfMac())];
  const jdks = homes.map(inspect).filter((jdk) => jdk !== undefined);
  return jdks.filter((jdk, position) => jdks.findIndex(({ home }) => home === jdk.home) === position);
};

/** The first JDK that this engine runs on; undefined when there is none. */
export const fittingJdk = (jdks: readonly Jdk[], kind: StackEngine): Jdk | undefined => {
  const { from, to } = stackEngines[kind].java;
  return jdks.find(({ major }) => major >= from && major <= to);
};

const range = ({ from, to }: { from: number; to: number }) =>
  from === to ? `${from}` : Number.isFinite(to) ? `${from} to ${to}` : `${from} or newer`;

/** Why this engine does not start with these JDKs: the version it needs; undefined when one of them fits. */
export const missingJdk = (jdks: readonly Jdk[], kind: StackEngine): string | undefined =>
  fittingJdk(jdks, kind) === undefined
    ? `${kind} needs a JDK ${range(stackEngines[kind].java)}, and none was found in ${SEARCHED}.`
    : undefined;
