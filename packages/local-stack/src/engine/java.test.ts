import { describe, expect, it } from 'vitest';
import { defaultStackEngine, parseStackEngine, type StackEngine } from './engine-kinds.ts';
import { fittingJdk, majorOf, missingJdk } from './java.ts';

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
    expect(missingJdk([jdk(11)], kind)).toMatch(`${kind} needs a JDK ${versions}, and none was found`);
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

it.each(['solr', 'opensearch@2', 'opensearch@3'])('refuses %s for Tandem and lists the supported engines', (engine) => {
  expect(() => parseStackEngine(engine)).toThrow(/: elasticsearch@7, elasticsearch@8, elasticsearch@9$/);
});
