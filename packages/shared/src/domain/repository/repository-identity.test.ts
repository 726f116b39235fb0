import { describe, expect, it } from 'vitest';
import type { Location } from '../backup/backup.ts';
import {
  type CountedBackup,
  changeOf,
  compareSettings,
  doubtOf,
  holdsAny,
  isAcceptedAs,
  locationOfNew,
  matchesRecord,
  noSightings,
  repositoryChanged,
  withSighting,
} from './repository-identity.ts';

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
    ['that was moved, and holds as many of earlier ones as taken since', counts(2, 1), counts(2, 1), true],
    ['of which only incomplete backups are gone', counts(0, 0), counts(0, 0), true],
  ])('%s', (_, same, moved, looks) => expect(matchesRecord({ same, moved })).toBe(looks));
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

describe('the backups that are counted in a repository', () => {
  const location = { clusterUuid: 'c', repository: 'r', repositoryUuid: 'u', settingsDigest: 'now' };
  const part = (number: number, uuid: string | undefined) => ({
    ...{ snapshotName: `part-${number}`, uuid, drift: undefined },
  });
  const backup = (more: Partial<CountedBackup> = {}): CountedBackup => ({
    ...{ location, state: 'COMPLETED', deleting: false, parts: [part(1, 'u1'), part(2, 'u2')], ...more },
  });
  const holding = (...uuids: readonly string[]) => ({
    location,
    snapshots: new Map(uuids.map((uuid, at) => [`part-${at + 1}`, { uuid }])),
  });

  it.each<[string, Partial<CountedBackup>, readonly string[], number, number]>([
    ['that is there', {}, ['u1', 'u2'], 1, 1],
    ['of which one part is there', {}, ['u1'], 1, 1],
    ['that is gone', {}, [], 1, 0],
    ['that was replaced by others under its names', {}, ['x1', 'x2'], 1, 0],
    ['that did not complete', { state: 'FAILED' }, ['u1'], 0, 1],
    ['that is being deleted', { deleting: true }, ['u1'], 0, 1],
    ['that is being deleted and gone', { deleting: true }, [], 0, 0],
    ['of which one part is not recorded', { parts: [part(1, undefined), part(2, 'u2')] }, ['x1', 'u2'], 1, 1],
    ['of which nothing is recorded', { parts: [part(1, undefined)] }, ['x1'], 0, 0],
    ['of which nothing is recorded, and nothing is there', { parts: [part(1, undefined)] }, [], 0, 0],
  ])('one %s', (_, more, uuids, expected, found) => {
    expect(withSighting(noSightings, backup(more), holding(...uuids))).toEqual({
      ...{ same: counts(expected, found), moved: none },
    });
  });

  it('are added up, apart where they were recorded under other settings', () => {
    const earlier = backup({ location: { ...location, settingsDigest: 'before' } });
    const unknown = backup({ location: { ...location, settingsDigest: undefined } });
    const all = [backup(), backup({ parts: [part(1, 'gone')] }), unknown, earlier, earlier];
    expect(all.reduce((so, one) => withSighting(so, one, holding('u1')), noSightings)).toEqual({
      same: counts(3, 2),
      moved: counts(2, 2),
    });
  });

  it('are there as soon as one is, wherever it was recorded', () => {
    expect(holdsAny({ same: counts(1, 1), moved: counts(1, 1) })).toBe(true);
    expect(holdsAny({ same: counts(1, 1), moved: none })).toBe(true);
    expect(holdsAny({ same: none, moved: counts(1, 1) })).toBe(true);
    expect(holdsAny({ same: counts(2, 0), moved: counts(2, 0) })).toBe(false);
  });

  it('are missing where nothing is found that was recorded under the same settings, else only those of other settings', () => {
    const unknown = { ...location, settingsDigest: undefined };
    const same = { same: counts(2, 0), moved: none };
    expect(changeOf(location, { same: counts(3, 1), moved: counts(2, 0) })).toMatchObject({ missing: 2 });
    expect(changeOf(location, { same: counts(3, 0), moved: counts(2, 0) })).toMatchObject({ missing: 5 });
    expect(changeOf(location, same)).toEqual({ location, missing: 2, settings: 'same' });
    expect(changeOf(unknown, same)).toEqual({ location: unknown, missing: 2, settings: 'unknown' });
  });
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
    expect(doubtOf(at('second'), lacking, [{ ...open, location: at('third') }, accepted])).toBeUndefined();
  });

  it('stays as it was recorded, however many are missing by now', () => {
    const shown = { ...at('second'), repositoryUuid: 'v' };
    expect(doubtOf(shown, { same: none, moved: counts(9, 0) }, [open])).toEqual(asRecorded);
  });

  it('says nothing about a repository of another name', () => {
    const other = { ...open, location: { ...open.location, repository: 's' } };
    expect(doubtOf(at('second'), noSightings, [other])).toBeUndefined();
    expect(doubtOf(at('second'), lacking, [other])).toMatchObject({ location: at('second'), missing: 2 });
    expect(doubtOf(at('second'), lacking, [{ ...other, acceptedAt: new Date(0) }])).toMatchObject({ missing: 2 });
    expect(isAcceptedAs(at('second'), { ...open, acceptedAt: new Date(0) })).toBe(true);
    expect(isAcceptedAs(at('second'), { ...other, acceptedAt: new Date(0) })).toBe(false);
    expect(isAcceptedAs(at('second'), open)).toBe(false);
  });

  it('is not doubted where nothing is recorded in it, and nothing was found changed', () => {
    expect(doubtOf(at('second'), noSightings, [])).toBeUndefined();
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
    'The repository does not match the recorded one: "night ly" holds no snapshot of the 3 COMPLETED backups that are recorded there. Its settings lead to another location than the recorded ones. Register its old location again and reconcile (POST /api/v1/history/reconcile), or accept the current one (POST /api/v1/repositories/night%20ly/accept).',
  );
  expect(repositoryChanged({ location, missing: 1, settings: 'unknown' }).message).toContain(
    'no snapshot of the 1 COMPLETED backup that is recorded there. Register',
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
