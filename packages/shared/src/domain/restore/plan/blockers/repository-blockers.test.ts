import { expect, it } from 'vitest';
import { clearFacts } from '../restore-plan.fixture.ts';
import { repositoryBlockers } from './repository-blockers.ts';

it.each<[string, string | undefined, string | undefined, readonly string[]]>([
  ['the recorded one', 'u', 'u', []],
  ['another one', 'u', 'v', ['v']],
  ['one that has no uuid, as while it is empty', 'u', undefined, []],
  ['one of which no uuid was recorded', undefined, 'v', []],
  ['one without a uuid, then and now', undefined, undefined, []],
])('a repository that is %s', (_, recorded, uuid, found) => {
  const { backup, repository } = clearFacts;
  const blockers = repositoryBlockers({
    ...clearFacts,
    backup: { ...backup, location: { ...backup.location, repositoryUuid: recorded } },
    repository: { ...repository, uuid },
  });
  expect(blockers.map((blocker) => [blocker.code, blocker.found])).toEqual(
    found.length === 0 ? [] : [['REPOSITORY_CHANGED', found]],
  );
});
