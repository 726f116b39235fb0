import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { checkout, inCheckout } from './checkout.mjs';

/** More failing files than these are no matter of luck. */
const MOST_FILES = 2;

const reportOf = (project) => inCheckout('.tandem', `${project}-report.json`);

/** What Vitest is to be told, so that its failures can be read afterwards. */
export const reportArguments = (project) => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportOf(project)}`,
];

export const forgetReport = (project) => {
  const report = reportOf(project);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
};

/** The failed files of a report, each with the names of its failed tests. */
export const failedFiles = ({ testResults }) =>
  testResults
    .filter(({ status }) => status !== 'passed')
    .map(({ name, assertionResults }) => ({
      file: name,
      tests: assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    }));

/**
 * The files to run once more, alone and in worlds of their own, after a run in which few failed: docs/decisions/0010. Undefined: the failure
 * stands. What is run again is said, so that a test that fails now and then is seen and mended.
 */
export const filesForSecondLook = (project) => {
  const report = reportOf(project);
  if (!existsSync(report)) return undefined;
  const failed = failedFiles(JSON.parse(readFileSync(report, 'utf8')));
  if (failed.length === 0 || failed.length > MOST_FILES) return undefined;
  console.error(
    '\ntandem: run once more, alone; a test that passes now is unsteady, and is to be mended all the same:',
  );
  for (const { file, tests } of failed) {
    console.error(`  ${relative(checkout, file)}`);
    for (const test of tests) console.error(`    ${test}`);
  }
  return failed.map(({ file }) => file);
};
