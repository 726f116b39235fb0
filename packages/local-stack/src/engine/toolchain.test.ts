import { expect, it } from 'vitest';
import { stackEngines } from './engine-kinds.ts';
import { anyJava } from './java.ts';
import { jdkPackage } from './toolchain.ts';

const debian12 = 'openjdk-17-jdk-headless - OpenJDK Development Kit (JDK) (headless)\n';
const debian13 = ['openjdk-25-jdk-headless - OpenJDK', 'openjdk-21-jdk-headless - OpenJDK', ''].join('\n');
const ubuntu24 = [8, 11, 17, 21].map((major) => `openjdk-${major}-jdk-headless - OpenJDK\n`).join('');
const listings = { 'Debian 12': debian12, 'Debian 13': debian13, 'Ubuntu 24.04': ubuntu24 };

it.each([
  ['Debian 12', 'elasticsearch@7', 'openjdk-17-jdk-headless'],
  ['Debian 12', 'elasticsearch@8', 'openjdk-17-jdk-headless'],
  ['Debian 12', 'elasticsearch@9', undefined],
  ['Debian 12', 'opensearch@3', undefined],
  ['Debian 13', 'elasticsearch@7', undefined],
  ['Debian 13', 'elasticsearch@8', 'openjdk-21-jdk-headless'],
  ['Debian 13', 'opensearch@2', undefined],
  ['Debian 13', 'opensearch@3', 'openjdk-21-jdk-headless'],
  ['Ubuntu 24.04', 'opensearch@2', 'openjdk-17-jdk-headless'],
  ['Ubuntu 24.04', 'elasticsearch@9', 'openjdk-21-jdk-headless'],
] as const)('on %s %s gets %s', (system, kind, wanted) => {
  expect(jdkPackage(listings[system], stackEngines[kind].java)).toBe(wanted);
});

it('takes the oldest that any engine runs on where none is named', () => {
  expect(jdkPackage(debian12, anyJava)).toBe('openjdk-17-jdk-headless');
  expect(jdkPackage(debian13, anyJava)).toBe('openjdk-21-jdk-headless');
  expect(jdkPackage('', anyJava)).toBeUndefined();
});
