import { expect, it } from 'vitest';
import { clearFacts } from '../restore-plan.fixture.ts';
import { backupWarnings } from './backup-warnings.ts';

const codesWith = (runningVersion: typeof clearFacts.runningVersion) =>
  backupWarnings({ ...clearFacts, runningVersion }).map(({ code }) => code);

it('warns where the version is not known, and where it was read from one of two metadata indices', () => {
  const read = { version: '8.7.0', source: 'document 1 of acme-optimize-metadata' };
  expect(codesWith(undefined)).toEqual(['VERSION_UNKNOWN']);
  expect(codesWith(read)).toEqual([]);
  expect(codesWith({ ...read, unused: 'acme-metadata' })).toEqual(['TWO_METADATA_INDICES']);
});
