import { expect, it } from 'vitest';
import { clearFacts } from '../restore-plan.fixture.ts';
import { repositoryWarnings } from './repository-warnings.ts';

const warnings = (repositoryCheck: typeof clearFacts.backup.repositoryCheck) =>
  repositoryWarnings({ ...clearFacts, backup: { ...clearFacts.backup, repositoryCheck } });

it('says why it was not certain that every node could write, as far as it is known', () => {
  expect(warnings({ verified: false, reason: 'Node n2 left.' })).toMatchObject([
    { code: 'BACKUP_UNVERIFIED', message: expect.stringMatching(/rehearse it first\. Node n2 left\.$/) },
  ]);
  expect(warnings({ verified: false })).toMatchObject([
    { code: 'BACKUP_UNVERIFIED', message: expect.stringMatching(/rehearse it first\.$/) },
  ]);
  expect(warnings({ verified: true })).toEqual([]);
  expect(warnings(undefined)).toEqual([]);
});
