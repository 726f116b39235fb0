import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from '../process/find-program.ts';
import { runCommand } from '../process/run-command.ts';
import { environment } from '../settings.ts';
import { StackFailure } from '../stack-failure.ts';
import { findJdks, type Jdk } from './java.ts';

const LIMIT_MS = 900_000;

const dependency = (coordinates: string, transitive: boolean) => {
  const [group, artifact, version, type = 'jar'] = coordinates.split(':');
  const exclusions = transitive
    ? ''
    : '<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>';
  return `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version><type>${type}</type>${exclusions}</dependency>`;
};

const pom = (artifacts: readonly string[], transitive: boolean) => `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>tandem</groupId><artifactId>download</artifactId><version>1</version>
  <dependencies>
${artifacts.map((coordinates) => dependency(coordinates, transitive)).join('\n')}
  </dependencies>
</project>
`;

/** Whether Maven can be run: the program and some Java for it. */
export const hasMaven = (): boolean => findProgram('mvn') !== undefined;

/**
 * Puts artifacts (group:artifact:version for a jar, group:artifact:version:type for others), with all they need unless `transitive` is
 * false, into a folder.
 * Mirrors and proxies are those of the user's own Maven settings. Rejects DOWNLOAD_FAILED with Maven's last lines.
 */
export const downloadJars = async (
  artifacts: readonly string[],
  folder: string,
  { transitive = true, jdk }: { transitive?: boolean; jdk?: Jdk | undefined } = {},
): Promise<void> => {
  const project = join(folder, '.maven');
  await mkdir(project, { recursive: true });
  await writeFile(join(project, 'pom.xml'), pom(artifacts, transitive));
  const home = jdk ?? (await findJdks())[0];
  const env = home === undefined ? environment() : { ...environment(), JAVA_HOME: home.home };
  const args = [
    '-q',
    '-B',
    '-f',
    join(project, 'pom.xml'),
    'dependency:copy-dependencies',
    `-DoutputDirectory=${folder}`,
  ];
  const { code, output } = await runCommand('mvn', args, { cwd: project, env, limitMs: LIMIT_MS });
  await rm(project, { recursive: true, force: true });
  if (code === 0) return;
  const tail = output.trim().split('\n').slice(-15).join('\n  | ');
  throw new StackFailure('DOWNLOAD_FAILED', `Maven could not fetch ${artifacts.join(', ')}:\n  | ${tail}`);
};
