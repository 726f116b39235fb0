import { expect, it } from 'vitest';
import type { Screen } from '../../output/screen.ts';
import { PLAIN } from '../../output/style.ts';
import { restorePlan, type StoredPlan } from './restore-plan.ts';

const screen: Screen = { style: PLAIN, now: new Date('2026-11-22T10:00:00Z'), width: 80 };
const index = 'optimize-process-instance-invoice_v8';

const plan: StoredPlan = {
  ...{ backupId: 'nightly', optimizeVersion: '3.9.0', clusterUuid: 'c', repository: 'backups' },
  ...{ blockers: [], warnings: [] },
  parts: [1, 2].map((number) => ({
    ...{ number, snapshotName: `camunda_optimize_nightly_3.9.0_part_${number}_of_2`, uuid: 'u', skipped: false },
  })),
  restores: [{ part: 2, index, as: index, documents: 120_400, bytes: 88_120_344 }],
  deletes: [],
  ...{ notRestored: [], aliasesLeftOff: [], templates: null },
  ownership: {
    ...{ ambiguous: [], unknown: [], otherComponent: [], otherInstallation: [] },
    ...{ rehearsalCopy: [], outside: [], forms: ['plain'] },
  },
  ...{ documents: 120_400, bytes: 88_120_344, estimatedDurationMs: 40_000, planHash: '9f86'.repeat(16) },
  ...{ keep: [], truncated: [], counts: { delete: 0, restore: 1, keep: 0, notRestored: 0 } },
  request: {
    ...{ backupId: 'nightly', deleteExisting: false, deleteUnknown: [], keepUnknown: [], acceptDiskShort: false },
    ...{ acceptFailedRehearsal: false, acceptInconsistent: false, dropAllocation: false, acceptUnknownVersions: false },
  },
  ...{ url: '/', plannedAt: '2026-11-22T09:10:00.000Z', expiresAt: null },
};

it('shows what is restored', () => {
  expect(restorePlan(plan, screen)).toMatchInlineSnapshot(`
    "Restore of nightly, in place
    Optimize 3.9.0, repository backups, planned 2026-11-22 09:10:00 UTC
    part 1  camunda_optimize_nightly_3.9.0_part_1_of_2
    part 2  camunda_optimize_nightly_3.9.0_part_2_of_2

    Deletes nothing.

    Restores 1 index: 120,400 documents, 84.0 MiB, about 40 s
      INDEX                                 PART    DOCUMENTS      SIZE
      optimize-process-instance-invoice_v8  part 2    120,400  84.0 MiB

    Plan hash 9f869f869f869f869f869f869f869f869f869f869f869f869f869f869f869f86
    Nothing blocks this restore."
  `);
});

const numbered = (count: number) => Array.from({ length: count }, (_, nth) => `optimize-report_v${nth}`);
const destructive: StoredPlan = {
  ...plan,
  request: { ...plan.request, deleteExisting: true, acceptUnsaved: ['optimize-report_v0'] },
  deletes: numbered(30).map((name) => ({ index: name, uuid: 'u', operations: 1 })),
  keep: [{ index: 'optimize-staging-alert_v4', class: 'otherInstallation' }],
  notRestored: [{ index: 'optimize-odd', why: 'kept' }],
  counts: { delete: 412, restore: 1, keep: 1, notRestored: 1 },
  restores: [{ part: 1, index, as: `copy-${index}`, documents: null, bytes: null }],
  aliasesLeftOff: [{ index, alias: '*', writeIndices: [], add: 'POST /_aliases {"actions":[]}' }],
  templates: { missing: ['indexTemplates/optimize-a'], changed: [], leftOut: [] },
  warnings: [
    { code: 'DISK_SHORT', message: 'It may not fit: the disks have 12 GiB, and the restore needs 40 GiB of them.' },
  ],
  blockers: [
    {
      code: 'INDICES_PRESENT',
      message: 'Indices of Optimize are there: restored ones would be mixed with them, and closed ones be overwritten.',
      found: numbered(14),
      remedy: 'Delete them, restore under other names, or send "deleteExisting": true to have them deleted.',
    },
  ],
};

it('shows what is deleted and left alone, and what blocks it', () => {
  expect(restorePlan(destructive, screen)).toMatchInlineSnapshot(`
    "Restore of nightly, in place
    Optimize 3.9.0, repository backups, planned 2026-11-22 09:10:00 UTC
    part 1  camunda_optimize_nightly_3.9.0_part_1_of_2
    part 2  camunda_optimize_nightly_3.9.0_part_2_of_2

    Deletes 412 indices (a safety backup is taken first, without the 1 accepted):
      optimize-report_v0
      optimize-report_v1
      optimize-report_v2
      optimize-report_v3
      optimize-report_v4
      optimize-report_v5
      optimize-report_v6
      optimize-report_v7
      optimize-report_v8
      optimize-report_v9
      optimize-report_v10
      optimize-report_v11
      optimize-report_v12
      optimize-report_v13
      optimize-report_v14
      optimize-report_v15
      optimize-report_v16
      optimize-report_v17
      optimize-report_v18
      optimize-report_v19
      and 392 more: tandem restore plan --stored 9f869f869f869f869f869f869f869f869f869f869f869f869f869f869f869f86 --list delete

    Restores 1 index: 120,400 documents, 84.0 MiB, about 40 s
      INDEX                                      PART    DOCUMENTS  SIZE
      copy-optimize-process-instance-invoice_v8  part 1          -     -

    1 index stays as it is:
      optimize-staging-alert_v4  (of another installation)

    Leaves out 1 index of the backup:
      optimize-odd  (named in --keep-unknown)

    Leaves off 1 alias; before you start Optimize, send:
      POST /_aliases {"actions":[]}

    Index templates (--restore-templates puts them back):
      missing  indexTemplates/optimize-a

    1 warning
      DISK_SHORT: It may not fit: the disks have 12 GiB, and the restore needs 40
        GiB of them.

    Blocked: 1 blocker
      1. INDICES_PRESENT: Indices of Optimize are there: restored ones would be
        mixed with them, and closed ones be overwritten.
         found: optimize-report_v0, optimize-report_v1, optimize-report_v2,
           optimize-report_v3, optimize-report_v4, optimize-report_v5,
           optimize-report_v6, optimize-report_v7, optimize-report_v8,
           optimize-report_v9 and 4 more
         to do: Delete them, restore under other names, or add --delete-existing
           to have them deleted.

    Plan hash 9f869f869f869f869f869f869f869f869f869f869f869f869f869f869f869f86
    This restore does not start."
  `);
});

it.each([
  ['a harmless plan', plan],
  ['a plan with everything', destructive],
])('fits 80 columns, but for what is copied: %s', (_, one) => {
  const lines = restorePlan(one, screen)
    .split('\n')
    .filter((line) => !/tandem restore plan|Plan hash/.test(line));
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});
