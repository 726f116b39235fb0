import { describe, expect, it } from 'vitest';
import type { BackupRecord, PartRecord } from '../backup/backup.ts';
import type { Snapshot } from '../backup/snapshot.ts';
import { optimize } from '../profile.ts';
import { indicesToSave, safetyParts, safetyProblems, unsavedIndices } from './safety-backup.ts';

const POSITIONS = 'optimize-import-index_v3';
const [ALERTS, REPORTS] = ['optimize-alert_v4', 'optimize-single-process-report_v2'];
const deletes = [REPORTS, ALERTS].map((index) => ({ index }));

describe('what a restore deletes', () => {
  it('is saved in the order of the plan, but for what may be lost', () => {
    expect(indicesToSave(deletes, undefined)).toEqual([REPORTS, ALERTS]);
    expect(indicesToSave(deletes, [REPORTS, 'optimize-other_v1'])).toEqual([ALERTS]);
  });

  it.each<[string, string | undefined, readonly string[] | undefined, readonly string[]]>([
    ['nothing where all of it is saved', 'safety', undefined, []],
    ['what may be lost', 'safety', [ALERTS], [ALERTS]],
    ['all of it without a safety backup', undefined, undefined, [REPORTS, ALERTS]],
    ['all of it without a safety backup, whatever may be lost', undefined, [ALERTS], [REPORTS, ALERTS]],
  ])('is unsaved: %s', (_, safetyBackupId, acceptUnsaved, unsaved) => {
    expect(unsavedIndices({ deletes, acceptUnsaved, safetyBackupId })).toEqual(unsaved);
  });
});

describe('the parts of a safety backup', () => {
  const parts = (...indices: readonly string[]) => safetyParts(optimize, 'optimize', 'before', '3.9.0-RC1', indices);
  const part = (number: number) => ({
    ...{ number, of: 2 },
    snapshotName: `camunda_optimize_before_3.9.0-rc1_part_${number}_of_2`,
  });

  it('hold each index once, one that the profile does not know in the part that takes the rest', () => {
    expect(parts(POSITIONS, 'optimize-other_v1', ALERTS, 'another')).toEqual([
      { ...part(1), indices: [POSITIONS] },
      { ...part(2), indices: ['another', ALERTS, 'optimize-other_v1'] },
    ]);
  });

  it('are EMPTY where they hold nothing', () => {
    expect(parts('other')).toEqual([
      { ...part(1), indices: [], state: 'EMPTY' },
      { ...part(2), indices: ['other'] },
    ]);
  });
});

describe('a safety backup', () => {
  const record = (number: number, indices: readonly string[], more: Partial<PartRecord> = {}) =>
    ({ number, snapshotName: `part-${number}`, indices, state: 'SUCCESS', uuid: `u${number}`, ...more }) as PartRecord;
  const snapshot = (number: number, indices: readonly string[], more: Partial<Snapshot> = {}) =>
    ({
      ...{ name: `part-${number}`, uuid: `u${number}`, state: 'SUCCESS', indices, failures: [] },
      shards: { total: 1, successful: 1, failed: 0 },
      ...more,
    }) as unknown as Snapshot;
  const parts = [record(1, [POSITIONS]), record(2, [ALERTS, REPORTS])];
  const first = snapshot(1, [POSITIONS]);
  const second = [ALERTS, REPORTS];
  const problems = (
    seen: readonly Snapshot[],
    of: Pick<BackupRecord, 'parts'> = { parts },
    indices: readonly string[] = [POSITIONS, ...second],
  ) => safetyProblems(of, seen, indices);
  const failure = { index: ALERTS, shard: 0, reason: 'node left' };

  it('is complete where every part is as recorded and they hold every index', () => {
    expect(problems([first, snapshot(2, second)])).toEqual([]);
    expect(problems([snapshot(2, second), first, snapshot(3, [], { state: 'FAILED' })])).toEqual([]);
  });

  it.each<[string, Snapshot, string]>([
    ['was replaced', snapshot(2, second, { uuid: 'other' }), 'snapshot part-2 has uuid other, recorded is u2'],
    ['is PARTIAL', snapshot(2, second, { state: 'PARTIAL' }), 'snapshot part-2 is PARTIAL'],
    ['has failures', snapshot(2, second, { failures: [failure] }), 'snapshot part-2 has 1 failed shards'],
    [
      'counts a failed shard',
      snapshot(2, second, { shards: { total: 2, successful: 1, failed: 1 } }),
      'snapshot part-2 has 1 failed shards',
    ],
    [
      'holds what was not planned',
      snapshot(2, [...second, 'optimize.x.']),
      'snapshot part-2 holds what was not planned: optimize.x.',
    ],
  ])('is not, where a part %s', (_, seen, problem) => {
    expect(problems([first, seen])).toEqual([problem]);
  });

  it('is not, where a part is gone: it lacks the indices as well', () => {
    expect(problems([first])).toEqual([
      'snapshot part-2 is not in the repository',
      `it does not hold ${ALERTS}, ${REPORTS}`,
    ]);
  });

  it('is not, where the uuid of a part was never recorded', () => {
    const unrecorded = { parts: [parts[0], record(2, second, { uuid: undefined })] as PartRecord[] };
    expect(problems([first, snapshot(2, second)], unrecorded)).toEqual([
      'snapshot part-2 has uuid u2, recorded is none',
    ]);
  });

  it('is not, where an index is in none of its parts', () => {
    expect(problems([first, snapshot(2, second)], { parts }, [POSITIONS, 'optimize-other_v1'])).toEqual([
      'it does not hold optimize-other_v1',
    ]);
  });

  it('needs no snapshot of a part that holds nothing', () => {
    const empty = { parts: [record(1, [], { state: 'EMPTY', uuid: undefined }), record(2, second)] };
    expect(problems([snapshot(2, second)], empty, second)).toEqual([]);
  });
});
