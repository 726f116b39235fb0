import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultStackEngine, type StackEngine } from './engine-kinds.ts';
import { installedJavaHomes } from './installed-java-homes.ts';
import { fittingJdk, jdksIn, majorOf, missingJdk, neededJdk } from './java.ts';

const jdk = (major: number) => ({ home: `/jdk-${major}`, major });

describe('the release file of a JDK', () => {
  it.each([
    ['JAVA_VERSION="17.0.15"', 17],
    ['IMPLEMENTOR="x"\nJAVA_VERSION="25"\n', 25],
    ['JAVA_VERSION="1.8.0_392"', 8],
    ['OS_NAME="Linux"', undefined],
  ])('%j -> %s', (text, major) => expect(majorOf(text)).toBe(major));
});

describe('the JDK for an engine', () => {
  it.each<[StackEngine, number[], number | undefined]>([
    ['elasticsearch@7', [25, 17], 17],
    ['elasticsearch@7', [21], undefined],
    ['elasticsearch@8', [11, 21, 17], 21],
    ['elasticsearch@9', [17, 25], 25],
    ['elasticsearch@9', [17], undefined],
    ['elasticsearch@9', [30], 30],
    ['elasticsearch@8', [], undefined],
    ['opensearch@2', [25, 17], 17],
    ['opensearch@2', [21], undefined],
    ['opensearch@3', [17, 25], 25],
    ['opensearch@3', [17], undefined],
  ])('%s among Java %j -> %s', (kind, majors, chosen) => {
    expect(fittingJdk(majors.map(jdk), kind)?.major).toBe(chosen);
  });

  it.each<[StackEngine, string]>([
    ['elasticsearch@7', '17'],
    ['elasticsearch@8', '17 to 25'],
    ['elasticsearch@9', '21 or newer'],
    ['opensearch@2', '17'],
    ['opensearch@3', '21 or newer'],
  ])('%s is named as %s where it is missing', (kind, versions) => {
    const message = missingJdk([jdk(11)], kind);
    expect(message).toContain(`${kind} needs a JDK ${versions} (a JRE is not enough), and none was found in JAVA_HOME`);
    expect(message).toMatch(/There is JDK 11 \(\/jdk-11\)\.$/);
  });

  it('is missing with the names of the engines that the others are enough for', () => {
    expect(missingJdk([jdk(17)], 'opensearch@3')).toMatch(
      /There is JDK 17 \(\/jdk-17\), enough for elasticsearch@7, elasticsearch@8, opensearch@2\.$/,
    );
    expect(missingJdk([jdk(21), jdk(25)], 'opensearch@2')).toMatch(
      /There are JDKs 21 \(\/jdk-21\), 25 \(\/jdk-25\), enough for elasticsearch@8, elasticsearch@9, opensearch@3\.$/,
    );
  });

  it('is needed from 17 on where no engine is named', () => {
    expect(neededJdk([], undefined)).toMatch(/^the engine needs a JDK 17 or newer .*…\)\.$/);
  });

  it('is not missing where one fits', () => expect(missingJdk([jdk(17)], 'opensearch@2')).toBeUndefined());
});

describe('the engine nobody asked for', () => {
  it.each<[number, StackEngine]>([
    [17, 'elasticsearch@8'],
    [20, 'elasticsearch@8'],
    [21, 'elasticsearch@9'],
    [25, 'elasticsearch@9'],
  ])('Java %i -> %s', (major, kind) => expect(defaultStackEngine(major)).toBe(kind));
});

describe('the usual folders', () => {
  const root = mkdtempSync(join(tmpdir(), 'tandem-java-'));
  afterAll(() => rmSync(root, { recursive: true }));
  const install = (folder: string, major: number, programs = ['java', 'javac']) => {
    const home = join(root, folder);
    mkdirSync(join(home, 'bin'), { recursive: true });
    writeFileSync(join(home, 'release'), `JAVA_VERSION="${major}.0.1"\n`);
    for (const program of programs) writeFileSync(join(home, 'bin', program), '', { mode: 0o755 });
    return home;
  };
  const user = { home: join(root, 'home/me'), sdkman: join(root, 'home/me/.sdkman') };
  const found = () => jdksIn(installedJavaHomes(root, user));

  it('have none on an empty machine', () => expect(found()).toEqual([]));

  it('are those of packages, installers and version managers', () => {
    const homes = [
      'usr/lib/jvm/java-17-openjdk-amd64',
      'usr/java/jdk-17',
      'opt/jdk-21',
      'opt/java/openjdk',
      'Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home',
      'opt/homebrew/opt/openjdk@21/libexec/openjdk.jdk/Contents/Home',
      'home/me/.sdkman/candidates/java/25-tem',
      'home/me/.jdks/temurin-21',
      'home/me/Library/Java/JavaVirtualMachines/corretto-17/Contents/Home',
    ].map((folder) => install(folder, 17));
    expect(
      found()
        .map(({ home }) => home)
        .sort(),
    ).toEqual(homes.sort());
  });

  it('have no JDK where there is a JRE only', () => {
    const before = found().length;
    install('usr/lib/jvm/a-jre', 21, ['java']);
    expect(found()).toHaveLength(before);
  });
});
