import { describe, expect, it } from 'vitest';
import type { Location } from './backup.ts';
import { compareSettings, doubtOf, locationOfNew, looksAsRecorded, repositoryChanged } from './repository-identity.ts';

const counts = (expected: number, found: number) => ({ expected, found });
const none = counts(0, 0);

describe('a repository', () => {
  it.each([
    ['that nothing is recorded in', none, none, true],
    ['that holds what is recorded', counts(2, 2), none, true],
    ['that holds one of many', counts(9, 1), none, true],
    ['that holds an incomplete backup alone', counts(2, 1), none, true],
    ['that lacks the only one, under the recorded settings', counts(1, 0), none, true],
    ['that lacks two', counts(2, 0), none, false],
    ['that lacks two, and holds what is left of a third', counts(2, 1), none, true],
    ['that lacks the only one, under other settings', none, counts(1, 0), false],
    ['that was moved with all that it held', none, counts(3, 3), true],
    ['that was moved, and holds only what was taken since', counts(1, 1), counts(2, 0), false],
    ['that was moved, and holds of earlier ones', counts(1, 1), counts(2, 1), true],
    ['of which only incomplete backups are gone', counts(0, 0), counts(0, 0), true],
  ])('%s', (_, same, moved, looks) => expect(looksAsRecorded({ same, moved })).toBe(looks));
});

it.each([
  ['a', 'a', 'same'],
  ['a', 'b', 'changed'],
  [undefined, 'b', 'unknown'],
  ['a', undefined, 'unknown'],
])('compares settings %s with %s: %s', (recorded, found, is) => {
  const at = (settingsDigest: string | undefined): Location => ({
    ...{ clusterUuid: 'c', repository: 'r', repositoryUuid: 'u', settingsDigest },
  });
  expect(compareSettings(at(recorded), at(found))).toBe(is);
});

describe('a repository that is recorded as changed', () => {
  const at = (settingsDigest: string): Location => ({
    ...{ clusterUuid: 'c', repository: 'r', repositoryUuid: 'u', settingsDigest },
  });
  const open = { location: at('second'), missing: 5, settings: 'changed', acceptedAt: undefined } as const;
  const { acceptedAt: _, ...asRecorded } = open;
  const lacking = { same: none, moved: counts(2, 0) };

  it('stays so where nothing recorded is found', () => {
    expect(doubtOf(at('second'), lacking, [open])).toEqual(asRecorded);
    expect(doubtOf(at('second'), { same: none, moved: none }, [open])).toEqual(asRecorded);
    expect(doubtOf(at('second'), { same: counts(1, 1), moved: none }, [open])).toBeUndefined();
  });

  it('is the place that the name leads to by now', () => {
    const third = { ...asRecorded, location: at('third') };
    expect(doubtOf(at('third'), lacking, [open])).toEqual(third);
    expect(doubtOf(at('third'), { same: none, moved: counts(9, 0) }, [open])).toEqual({ ...third, missing: 9 });
    expect(doubtOf(at('third'), { same: counts(3, 0), moved: none }, [open])).toEqual({ ...third, settings: 'same' });
    expect(doubtOf(at('third'), { same: none, moved: none }, [open])).toEqual(third);
  });

  it('is not doubted where an operator accepted that place', () => {
    const accepted = { ...open, acceptedAt: new Date(0) };
    expect(doubtOf(at('second'), lacking, [accepted])).toBeUndefined();
    expect(doubtOf(at('third'), lacking, [accepted])).toMatchObject({ location: at('third'), missing: 2 });
  });
});

it('says what was found, and the ways out', () => {
  const location = { clusterUuid: 'c', repository: 'night ly', repositoryUuid: 'u' };
  const failure = repositoryChanged({ location, missing: 3, settings: 'changed' });
  expect(failure).toMatchObject({
    code: 'REPOSITORY_CHANGED',
    data: { repository: 'night ly', missing: 3, settings: 'changed' },
  });
  expect(failure.message).toBe(
    'The repository does not look like the recorded one: "night ly" holds no snapshot of the 3 COMPLETED backups that are recorded there. Its settings lead to another place than the recorded ones. Register its old place again and compare (POST /api/v1/history/reconcile), or accept it as it is (POST /api/v1/repositories/night%20ly/accept).',
  );
});

it('records a new backup without the uuid of the earlier repository, once the empty one in its place was accepted', () => {
  const location = { clusterUuid: 'c', repository: 'r', repositoryUuid: 'u' };
  const acceptedAt = new Date(0);
  expect(locationOfNew(location, [])).toEqual(location);
  expect(locationOfNew(location, [{ location, acceptedAt: undefined }])).toEqual(location);
  expect(locationOfNew(location, [{ location: { ...location, repository: 's' }, acceptedAt }])).toEqual(location);
  expect(locationOfNew({ ...location, repositoryUuid: 'v' }, [{ location, acceptedAt }]).repositoryUuid).toBe('v');
  expect(locationOfNew(location, [{ location, acceptedAt }])).toEqual({ ...location, repositoryUuid: undefined });
});
