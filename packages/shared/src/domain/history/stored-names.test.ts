import { describe, expect, it } from 'vitest';
import { asShown, asStored, STORED_FIELDS, type StoredPlace } from './stored-names.ts';

const PLACES = Object.keys(STORED_FIELDS) as StoredPlace[];

/** As workers of the version before the names changed wrote it. */
const RECONCILIATION = {
  backups: 1,
  leftAlone: 2,
  untoldCount: 1,
  untold: [
    { backupId: 'a', optimizeVersion: '3.9.0', reason: { code: 'REPOSITORY_UNAVAILABLE', message: '', data: {} } },
  ],
  repositories: [],
};

describe('stored names', () => {
  it('of a reconciliation are shown under the new names, and written under the old ones', () => {
    const { leftAlone: skipped, untoldCount: unverifiedCount, untold: unverified, ...same } = RECONCILIATION;
    const shown = asShown('reconciliation', RECONCILIATION);
    expect(shown).toEqual({ ...same, skipped, unverifiedCount, unverified });
    expect(asStored('reconciliation', shown)).toEqual(RECONCILIATION);
  });

  it('leave what lies deeper as it is', () => {
    const deep = { repositories: [{ untold: 1 }] };
    expect(asShown('reconciliation', deep)).toEqual(deep);
  });

  it.each(PLACES)('of %s are one to one, and no new name is an old one', (place) => {
    const [old, shown] = [Object.keys(STORED_FIELDS[place]), Object.values(STORED_FIELDS[place])];
    expect(new Set([...old, ...shown]).size).toBe(old.length + shown.length);
  });
});
