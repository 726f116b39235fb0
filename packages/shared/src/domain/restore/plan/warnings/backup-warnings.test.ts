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

it('warns of another cluster, by both uuids', () => {
  const engine = { ...clearFacts.engine, clusterUuid: 'other' };
  expect(backupWarnings({ ...clearFacts, engine })).toEqual([
    {
      code: 'OTHER_CLUSTER',
      message: 'The backup was taken in cluster cluster; it would be restored into other.',
    },
  ]);
});

it.each([[1], [2]])('warns that nothing can be compared where part %i alone has no manifest', (part) => {
  const manifests = new Map([...clearFacts.manifests].filter(([number]) => number !== part));
  expect(backupWarnings({ ...clearFacts, manifests }).map(({ code }) => code)).toEqual(['NO_MANIFEST']);
});
