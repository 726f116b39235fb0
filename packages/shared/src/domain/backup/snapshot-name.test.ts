import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optimize } from '../profile.ts';
import { checkBackupId, checkLookupId } from './backup-id.ts';
import { backupIdOf, formatSnapshotName, MAX_NAME_BYTES, maxIdLength, parseSnapshotName } from './snapshot-name.ts';

const askedId = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,40}$/).filter((id) => checkBackupId(id).ok);
const foreignId = fc.stringMatching(/^[a-z0-9_.-]{1,40}$/).filter((id) => checkLookupId(id).ok);
const version = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,12}$/).filter((text) => checkBackupId(text).ok);
const position = fc
  .integer({ min: 1, max: 9999 })
  .chain((of) => fc.tuple(fc.integer({ min: 1, max: of }), fc.constant(of)));

describe('snapshot names', () => {
  it('are as Optimize 3.9 makes them', () => {
    const name = formatSnapshotName(optimize, { backupId: 'backup1', optimizeVersion: '3.9.0', number: 1, of: 2 });
    expect(name).toBe('camunda_optimize_backup1_3.9.0_part_1_of_2');
  });

  it('hold the version in lower case, since engines refuse capitals', () => {
    const name = formatSnapshotName(optimize, { backupId: 'b', optimizeVersion: '3.9.0-SNAPSHOT', number: 2, of: 2 });
    expect(name).toBe('camunda_optimize_b_3.9.0-snapshot_part_2_of_2');
  });

  it.each([
    ['asked for', askedId],
    ['made by others', foreignId],
  ])('parse to what they were made of: ids %s', (_, ids) => {
    fc.assert(
      fc.property(ids, version, position, (backupId, optimizeVersion, [number, of]) => {
        const part = { backupId, optimizeVersion, number, of };
        expect(parseSnapshotName(optimize, formatSnapshotName(optimize, part))).toEqual(part);
      }),
    );
  });

  it('tell ids apart of which one begins the other', () => {
    fc.assert(
      fc.property(foreignId, foreignId, version, (id, more, optimizeVersion) => {
        const longer = formatSnapshotName(optimize, { backupId: `${id}${more}`, optimizeVersion, number: 1, of: 2 });
        expect(parseSnapshotName(optimize, longer)?.backupId).not.toBe(id);
      }),
    );
  });

  it.each([
    'camunda_optimize_3.9.0_part_1_of_2',
    'camunda_optimize__3.9.0_part_1_of_2',
    'camunda_optimize_b__part_1_of_2',
    'camunda_optimize_b_3.9.0_part_3_of_2',
    'camunda_optimize_b_3.9.0_part_0_of_2',
    'camunda_optimize_b_3.9.0_part_01_of_2',
    'camunda_optimize_b_3.9.0_part_1_of_2_copy',
    'camunda_zeebe_b_3.9.0_part_1_of_2',
    'nightly',
    '',
  ])('%j is none of ours', (name) => {
    expect(parseSnapshotName(optimize, name)).toBeUndefined();
  });

  it('give away the id, whichever profile they are of', () => {
    expect(backupIdOf('camunda_optimize_nightly_3.9.0_part_2_of_2')).toBe('nightly');
    expect(backupIdOf('nightly')).toBeUndefined();
  });

  it('leave as many bytes to the id as make the whole name 255', () => {
    const limit = maxIdLength(optimize, '3.9.0');
    const name = (length: number) =>
      formatSnapshotName(optimize, { backupId: 'a'.repeat(length), optimizeVersion: '3.9.0', number: 2, of: 2 });
    expect(Buffer.byteLength(name(limit))).toBe(MAX_NAME_BYTES);
  });
});
