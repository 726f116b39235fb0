import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findPrograms, isExecutable } from '../process/find-program.ts';
import { runCommand } from '../process/run-command.ts';
import { javaHome, userFolders } from '../settings.ts';
import { type JavaRange, type StackEngine, stackEngineKinds, stackEngines } from './engine-kinds.ts';
import { installedJavaHomes } from './installed-java-homes.ts';

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

const homesOfPath = (): string[] => findPrograms('java').map((java) => dirname(dirname(realpathSync(java))));

const homesOfMac = async (): Promise<string[]> => {
  if (process.platform !== 'darwin') return [];
  const { code, output } = await runCommand('/usr/libexec/java_home', ['-V'], { limitMs: 5_000 });
  return code === 0 ? [...output.matchAll(/(\/\S.*)$/gm)].map((match) => (match[1] ?? '').trim()) : [];
};

/** Where JDKs are searched for, for messages. */
const SEARCHED = 'JAVA_HOME, on the PATH or in the usual folders (/usr/lib/jvm, /usr/java, /opt, ~/.sdkman …)';

/** The JDKs among these folders, in their order, each once. */
export const jdksIn = (homes: readonly string[]): Jdk[] => {
  const jdks = homes.map(inspect).filter((jdk) => jdk !== undefined);
  return jdks.filter((jdk, position) => jdks.findIndex(({ home }) => home === jdk.home) === position);
};

/** The JDKs of this machine, preferred ones first: JAVA_HOME, the PATH, then what is installed in the usual folders. */
export const findJdks = async (): Promise<Jdk[]> =>
  jdksIn([...javaHome(), ...homesOfPath(), ...installedJavaHomes('/', userFolders()), ...(await homesOfMac())]);

/** The first JDK that this engine runs on; undefined when there is none. */
export const fittingJdk = (jdks: readonly Jdk[], kind: StackEngine): Jdk | undefined =>
  jdks.find(({ major }) => isWithin(stackEngines[kind].java, major));

export const isWithin = ({ from, to }: JavaRange, major: number): boolean => major >= from && major <= to;

/** What an engine runs on where none was requested. */
export const anyJava: JavaRange = { from: 17, to: Number.POSITIVE_INFINITY };

/** The range in words, such as "17 to 25". */
export const javaWords = ({ from, to }: JavaRange): string => {
  if (from === to) return `${from}`;
  return Number.isFinite(to) ? `${from} to ${to}` : `${from} or newer`;
};

const found = (jdks: readonly Jdk[]): string => {
  const runnable = stackEngineKinds.filter((kind) => fittingJdk(jdks, kind) !== undefined);
  const [only, ...others] = jdks.map(({ major, home }) => `${major} (${home})`);
  if (only === undefined) return '';
  const there = others.length === 0 ? `There is JDK ${only}` : `There are JDKs ${[only, ...others].join(', ')}`;
  return runnable.length === 0 ? ` ${there}.` : ` ${there}, enough for ${runnable.join(', ')}.`;
};

/** The version that this engine needs, or the default one where none is named, where it was searched for, and what was found instead. */
export const neededJdk = (jdks: readonly Jdk[], kind: StackEngine | undefined): string => {
  const java = kind === undefined ? anyJava : stackEngines[kind].java;
  const needed = `${kind ?? 'the engine'} needs a JDK ${javaWords(java)} (a JRE is not enough)`;
  return `${needed}, and none was found in ${SEARCHED}.${found(jdks)}`;
};

/** Why this engine does not start with these JDKs; undefined when one of them fits. */
export const missingJdk = (jdks: readonly Jdk[], kind: StackEngine): string | undefined =>
  fittingJdk(jdks, kind) === undefined ? neededJdk(jdks, kind) : undefined;
