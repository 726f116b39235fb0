import { expect, it } from 'vitest';
import { clearFacts, inPlace } from '../restore-plan.fixture.ts';
import { versionBlockers } from './version-blockers.ts';

it.each([
  ['8.7.0-alpha1', 1],
  ['8.7.0-alpha2', 0],
  ['8.7.0-ALPHA2', 0],
  [undefined, 1],
])(
  'acceptVersion %s is the saved version 8.7.0-alpha2, however it is written, or blocks',
  (acceptVersion, blockers) => {
    const facts = {
      backup: { ...clearFacts.backup, optimizeVersion: '8.7.0-alpha2' },
      runningVersion: { version: '8.8.0', source: 'CAMUNDA_OPTIMIZE_VERSION' },
    };
    expect(versionBlockers({ ...inPlace, acceptVersion }, { ...clearFacts, ...facts })).toHaveLength(blockers);
  },
);
