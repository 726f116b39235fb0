import { describe, expect, it } from 'vitest';
import { isFailure } from '../failure/failure.ts';
import { optimize, type Profile } from '../profile.ts';
import { checkNameLength, checkVersion, planBackup, planParts } from './plan-backup.ts';
import { MAX_NAME_BYTES } from './snapshot-name.ts';

const failureOf = (act: () => unknown) => {
  try {
    return act();
  } catch (error) {
    return isFailure(error) ? { code: error.code, message: error.message, data: error.data } : error;
  }
};
const digestOf = (text: string) => `digest of ${text.length}`;
const POSITIONS = 'acme-import-index_v3';
const ALERTS = 'acme-alert_v4';

describe('the version of Optimize', () => {
  it.each([
    ['8.7.0', '8.7.0'],
    ['8.7.0-ALPHA1', '8.7.0-alpha1'],
    ['8'.repeat(64), '8'.repeat(64)],
  ])('%s is taken in lower case', (version, expected) => {
    expect(checkVersion(version, 'x')).toBe(expected);
  });

  it.each([
    ['8.7 0', 'may hold only a-z, 0-9, "." and "-", found a space (U+0020).'],
    ['', 'must not be empty, found "".'],
    ['8_7', 'may hold only a-z, 0-9, "." and "-", found "_" (U+005F).'],
    ['8'.repeat(65), 'must be at most 64 characters long.'],
    [`${'8'.repeat(65)}_`, 'may hold only a-z, 0-9, "." and "-", found "_" (U+005F).'],
  ])('%j is refused', (version, rule) => {
    expect(failureOf(() => checkVersion(version, 'the metadata index'))).toEqual({
      code: 'VERSION_INVALID',
      message: `The Optimize version ${JSON.stringify(version)} (the metadata index) ${rule}`,
      data: { source: 'the metadata index' },
    });
  });

  it('is cut in the message', () => {
    const message = failureOf(() => checkVersion('8'.repeat(300), 'x'));
    expect(message).toMatchObject({ message: expect.stringContaining(`"${'8'.repeat(80)}" (x) must be`) });
  });
});

describe('the id of a backup', () => {
  const limit = MAX_NAME_BYTES - 'camunda_optimize__3.9.0_part_2_of_2'.length;

  it('may be as long as the name of the last part bears', () => {
    expect(failureOf(() => checkNameLength(optimize, 'x'.repeat(limit), '3.9.0'))).toBeUndefined();
    expect(failureOf(() => checkNameLength(optimize, 'x'.repeat(limit + 1), '3.9.0'))).toMatchObject({
      code: 'BACKUP_ID_INVALID',
      message: expect.stringContaining(`backupId is ${limit + 1} characters long; the maximum is ${limit} with`),
      data: { field: 'backupId', length: limit + 1, limit },
    });
  });
});

describe('the plan of a backup', () => {
  const named = { backupId: 'b', optimizeVersion: '3.9.0' };
  const plan = (indices: readonly string[], profile: Profile = optimize) =>
    planBackup(profile, 'acme', named, indices, digestOf);
  const parts = [
    { number: 1, of: 2, snapshotName: 'camunda_optimize_b_3.9.0_part_1_of_2', indices: [POSITIONS] },
    { number: 2, of: 2, snapshotName: 'camunda_optimize_b_3.9.0_part_2_of_2', indices: [ALERTS, 'acme-new_v1'] },
  ];

  it('has the import positions first, then everything that belongs to this Optimize, and names what does not', () => {
    const indices = ['acme-new_v1', ALERTS, 'other-alert_v4', 'acme-operate-list_', POSITIONS];
    expect(plan(indices).parts).toEqual(parts);
    expect(planParts(optimize, 'acme', 'b', '3.9.0', indices)).toEqual(parts);
    expect(plan(indices).ownership.classes).toMatchObject({
      unknown: { names: ['acme-new_v1'] },
      otherComponent: { names: ['acme-operate-list_'] },
      outside: { names: ['other-alert_v4'] },
    });
  });

  it.each<[string, readonly string[]]>([
    ['there is none', []],
    ['all are of another installation', ['other-import-index_v3', 'other-alert_v4']],
    ['all are of another component', ['acme-operate-list_', 'acme-zeebe-record_x']],
  ])('is refused without an index of ours, since an empty list would save the whole cluster: %s', (_, indices) => {
    const refused = { code: 'NO_INDICES', data: { lookedFor: 'acme-*' } };
    expect(failureOf(() => plan(indices))).toMatchObject(refused);
    expect(failureOf(() => planParts(optimize, 'acme', 'b', '3.9.0', indices))).toMatchObject(refused);
  });

  it('is refused where a part would hold nothing, with what was looked for', () => {
    expect(failureOf(() => plan([ALERTS, 'acme-operate-list_']))).toEqual({
      code: 'PART_EMPTY',
      message:
        'Part 1 of 2 (import positions) would hold no index: none matches acme-import-index_v*, acme-timestamp-based-import-index_v*, acme-position-based-import-index_v*. A backup without it could not be restored.',
      data: {
        part: 1,
        lookedFor: ['import-index', 'timestamp-based-import-index', 'position-based-import-index'].map(
          (name) => `acme-${name}_v*`,
        ),
      },
    });
    expect(failureOf(() => plan([POSITIONS]))).toMatchObject({
      code: 'PART_EMPTY',
      message: expect.stringMatching(/^Part 2 of 2 \(everything else\) would hold no index: none matches acme-\*\. /),
      data: { part: 2, lookedFor: ['acme-*'] },
    });
  });
});
