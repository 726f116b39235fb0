import type { BackupCompatibility, UpgradeCheck } from '@tandem/shared/contract/compatibility.ts';
import { compatibleEngines } from '@tandem/shared/domain/backup/state/compatible-engines.ts';
import { versionName } from '@tandem/shared/domain/backup/state/engine-releases.ts';
import { backupId, firstSnapshot, secondSnapshot } from '@tandem/shared/domain/example-story.ts';
import { verdictAnswer } from '../compatibility/engine-answers.ts';

const SEVEN = 7_172_999;
const EIGHT = 8_537_000;
const OLD = 'optimize-process-instance-invoice_v8';
const POSITIONS = 'optimize-timestamp-based-import-index_v5';

const part = (number: number, index: string, createdVersion: number) => ({
  ...{ number, versionId: EIGHT, oldestIndex: { index, createdVersion }, hasUnrecorded: false },
});
const parts = [part(1, POSITIONS, EIGHT), part(2, OLD, SEVEN)] as const;

const created = (index: string, versionId: number) => ({
  ...{ createdBy: versionName(versionId), versionId, count: 1, indices: [index] },
  engines: compatibleEngines([
    { number: 1, versionId, oldestIndex: { index, createdVersion: versionId }, hasUnrecorded: false },
  ]).map(verdictAnswer),
});

const shown = (one: (typeof parts)[number], snapshotName: string): BackupCompatibility['parts'][number] => ({
  ...{ number: one.number, snapshotName, takenBy: versionName(EIGHT), versionId: EIGHT },
  engines: compatibleEngines([one]).map(verdictAnswer),
  ...{ indexCount: 1, unrecordedCount: 0, unrecorded: [] },
  created: [created(one.oldestIndex.index, one.oldestIndex.createdVersion)],
});

/** A backup by Elasticsearch 8 that holds an index of 7. */
export const backupCompatibility: BackupCompatibility = {
  ...{ backupId, optimizeVersion: '3.9.0' },
  running: { engine: 'elasticsearch', version: '8.19.21', restores: 'yes' },
  runningUnknown: null,
  engines: compatibleEngines(parts).map(verdictAnswer),
  parts: [shown(parts[0], firstSnapshot), shown(parts[1], secondSnapshot)],
};

const unreadable = { index: OLD, version: versionName(SEVEN), versionId: SEVEN, why: 'older' } as const;

/** The same before an upgrade to 9. */
export const upgradeCheck: UpgradeCheck = {
  ...{ engine: 'elasticsearch', version: '9', running: { engine: 'elasticsearch', version: '8.19.21' } },
  backups: {
    unusable: { count: 1, isMinimum: false },
    undecided: { count: 0, isMinimum: false },
    items: [
      {
        ...{ backupId, optimizeVersion: '3.9.0', repository: 'backups', requestedAt: '2026-11-22T01:00:00.000Z' },
        ...{ safetyOf: null, parts: [{ number: 2, snapshotName: secondSnapshot, ...unreadable }] },
      },
    ],
    nextCursor: null,
  },
  indices: {
    ...{ known: true, unknownReason: null, checked: 34, unreadableCount: 1 },
    unreadable: [{ index: OLD, createdBy: versionName(SEVEN), versionId: SEVEN, why: 'older' }],
  },
};
