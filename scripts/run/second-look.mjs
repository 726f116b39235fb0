import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { checkout, inCheckout } from './checkout.mjs';

/** More failed files than this are not flaky tests. */
const MAX_FILES = 2;

const reportOf = (project) => inCheckout('.tandem', `${project}-report.json`);

/** Arguments that make Vitest write a report of its failures. */
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
 * The files to run again, alone and in their own worlds, after a run with few failures: docs/decisions/0010. Undefined: the failure stands.
 * Files that are run again are printed, with their tests, so that the log keeps the first failure. Paths are relative to the checkout.
 */
export const filesForSecondLook = (project) => {
  const report = reportOf(project);
  if (!existsSync(report)) return undefined;
  const failed = failedFiles(JSON.parse(readFileSync(report, 'utf8')));
  if (failed.length === 0 || failed.length > MAX_FILES) return undefined;
  console.error(
    '\ntandem: running these again, alone; a test that passes now is flaky and must be fixed all the same:',
  );
  for (const { file, tests } of failed) {
    console.error(`  ${relative(checkout, file)}`);
    for (const test of tests) console.error(`    ${test}`);
  }
  return failed.map(({ file }) => relative(checkout, file));
};
