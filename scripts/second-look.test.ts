import { expect, it } from 'vitest';
// @ts-expect-error plain JavaScript: it runs before anything is installed
import { failedFiles } from './run/second-look.mjs';

const test = (fullName: string, status: string) => ({ fullName, status });

it('names the files that failed, with their tests', () => {
  const report = {
    testResults: [
      { name: '/a.ts', status: 'passed', assertionResults: [test('one', 'passed')] },
      { name: '/b.ts', status: 'failed', assertionResults: [test('two', 'failed'), test('three', 'passed')] },
    ],
  };
  expect(failedFiles(report)).toEqual([{ file: '/b.ts', tests: ['two'] }]);
});

it('names a file that could not even begin', () => {
  const report = { testResults: [{ name: '/c.ts', status: 'failed', assertionResults: [] }] };
  expect(failedFiles(report)).toEqual([{ file: '/c.ts', tests: [] }]);
});
