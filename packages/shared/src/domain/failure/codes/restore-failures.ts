import { backupId, caller, requestId, restoreId, secondSnapshot } from '../../example-story.ts';
import type { FailureDefinition } from '../failure-definition.ts';

const index = 'optimize-process-instance-invoice_v8';
const planHash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

/**
 * Restores and rehearsals: why one is not accepted, and how one fails. How one ended that had begun also says what became of the indices;
 * the examples have what comes before that.
 */
export const restoreFailures = {
  RESTORE_BLOCKED: {
    failureClass: 'terminal',
    http: { status: 409, fault: 'client' },
    title: 'The restore must not start.',
    example: {
      message:
        'INDICES_PRESENT: Indices of Optimize are there: restored ones would be mixed with them, and closed ones be overwritten. Delete them, restore under other names, or send "deleteExisting": true to have them deleted.',
      data: {
        blockers: [
          {
            code: 'INDICES_PRESENT',
            message:
              'Indices of Optimize are there: restored ones would be mixed with them, and closed ones be overwritten.',
            found: [index],
            remedy: 'Delete them, restore under other names, or send "deleteExisting": true to have them deleted.',
          },
        ],
        planHash,
      },
    },
    remedy: 'Remove each blocker as its remedy says, then create a new plan.',
  },
  PLAN_CHANGED: {
    failureClass: 'terminal',
    http: { status: 409, fault: 'client' },
    title: 'The plan differs from what would run now.',
    example: {
      message: 'deleteExisting: planned true, sent false\nplanHash does not match the current plan. Review a new plan.',
      data: { difference: ['deleteExisting: planned true, sent false'], more: 0, blockers: [], planHash },
    },
    remedy: 'Create a new plan, review it, and send its planHash with the same fields.',
  },
  PLAN_NOT_FOUND: {
    failureClass: null,
    http: { status: 404, fault: 'client' },
    title: 'No stored plan has that hash.',
    example: {
      message: `No stored plan has the hash ${planHash}. A plan is stored for 7 days, and for good once a restore was accepted with it; plans of rehearsals are not stored.`,
      data: { planHash },
    },
    remedy: 'Create a new plan with POST /api/v1/restores/plan.',
  },
  RESTORE_UNSAFE: {
    failureClass: 'terminal',
    http: { status: 409, fault: 'client' },
    title: 'The restore could not be undone.',
    example: {
      message: `Without a safety backup, acceptUnsaved must name every index that is deleted; these are missing: ${index}. Create a plan with "acceptUnsaved": ["${index}"], or leave out "safetyBackup": false.`,
      data: { field: 'acceptUnsaved', indices: [index] },
    },
    remedy: 'Have a safety backup taken, or name the indices whose loss is accepted in acceptUnsaved.',
  },
  RESTORE_NOT_CONFIRMED: {
    failureClass: null,
    http: { status: 400, fault: 'client' },
    title: 'What would be deleted was not confirmed.',
    example: {
      message: `confirm must be the id of the backup, because "deleteExisting": true deletes indices; it is missing. Send "confirm": "${backupId}".`,
      data: { field: 'confirm', found: null },
    },
    remedy: 'Send the id of the backup as confirm.',
  },
  RESTORE_RUNNING: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'A restore writes to the indices of Optimize.',
    example: {
      message: `Restore ${restoreId} of backup ${backupId} into this cluster is open: wait until it ends, or cancel it.`,
      data: { backupId, operationId: restoreId, restoredBackupId: backupId },
    },
    remedy: 'Wait for the end of the restore that the message names, or cancel it.',
  },
  INDICES_WRITTEN: {
    failureClass: 'terminal',
    http: null,
    title: 'Indices that were to be deleted have been written to.',
    example: {
      message: `Indices to be deleted were written to since the safety backup saved them: ${index} (120400 operations, now 120431). Stop Optimize, then create a new plan. Nothing was deleted.`,
      data: { written: [index], writtenCount: 1, unmeasured: [], unmeasuredCount: 0 },
    },
    remedy: 'Stop Optimize, then create a new plan.',
  },
  RESTORE_EXPIRED: {
    failureClass: 'terminal',
    http: null,
    title: 'The restore waited too long to begin.',
    example: {
      message:
        'No progress since 2026-11-22T09:08:02.000Z, longer than allowed (RESTORE_EXPIRY, 3600 s): nothing was deleted or restored. Create a new plan: POST /api/v1/restores/plan.',
      data: { progressAt: '2026-11-22T09:08:02.000Z', expiryMs: 3_600_000 },
    },
    remedy: 'Create a new plan with POST /api/v1/restores/plan.',
  },
  RESTORE_STOPPED: {
    failureClass: null,
    http: null,
    title: 'The restore was stopped.',
    example: {
      message: 'Cancelled by 10.0.0.7 at 2026-11-22T09:10:00.000Z: wrong backup.',
      data: { cause: 'request', by: caller, reason: 'wrong backup', requestId, at: '2026-11-22T09:10:00.000Z' },
    },
    remedy: 'Nothing, or create a new plan.',
  },
  RESTORE_ABANDONED: {
    failureClass: null,
    http: null,
    title: 'The suspended restore was abandoned.',
    example: {
      message: 'It was abandoned, and nothing in the engine was touched. Nothing exists under its target names.',
      data: {
        ...{ targets: 1, there: [], thereCount: 0, absent: [index], absentCount: 1 },
        ...{ safetyBackupId: null, safetyIntact: null },
      },
    },
    remedy: 'Check the indices that the message names, then create a new plan.',
  },
  RESTORE_DIFFERS: {
    failureClass: 'terminal',
    http: null,
    title: 'What was restored differs from what was saved.',
    example: {
      message: `What was restored differs from what was saved: ${index}: documents expected 120400, found 120399.`,
      data: {
        differences: [{ index, what: 'documents', expected: '120400', found: '120399' }],
        differing: 1,
      },
    },
    remedy: 'Check what wrote to the indices, then restore again; if it recurs, restore another backup.',
  },
  RESTORE_SHARDS_FAILED: {
    failureClass: 'terminal',
    http: null,
    title: 'Shards could not be restored.',
    example: {
      message: `1 shards of ${secondSnapshot} could not be restored: ${index}[0]: IOException[No space left on device]`,
      data: {
        part: 2,
        failures: [{ index, shard: 0, reason: 'IOException[No space left on device]', lost: false }],
        count: 1,
      },
    },
    remedy: 'Fix what the shards report, then create a new plan.',
  },
  RESTORE_VANISHED: {
    failureClass: 'terminal',
    http: null,
    title: 'Restored indices vanished.',
    example: {
      message: `The engine took the restore of ${secondSnapshot}, and these indices are not there: ${index}.`,
      data: { part: 2, indices: [index], count: 1 },
    },
    remedy: 'Check what deletes indices of Optimize, then create a new plan.',
  },
  RESTORE_WRITTEN: {
    failureClass: 'terminal',
    http: null,
    title: 'Restored indices were written to.',
    example: {
      message: `1 indices were written to before they could be compared with what was saved: ${index}.`,
      data: { indices: [index], count: 1, differing: 0 },
    },
    remedy: 'Stop Optimize and whatever else writes to its indices, then create a new plan.',
  },
  // whatever the engine rejected it with: all the data is back, and an operator has to act
  BLOCKS_NOT_LIFTED: {
    failureClass: 'operator',
    http: null,
    title: 'The write block of restored indices could not be lifted.',
    example: {
      message:
        'Everything was restored and compared well, but the blocks of 1 indices could not be changed: The engine at http://10.0.0.5:9200 is too busy to answer; try again later (setIndexBlock · 429).',
      data: { call: 'setIndexBlock', status: 429, engineCode: 'ENGINE_BUSY', indices: [index], count: 1 },
    },
    remedy: 'Let the engine change the settings of the restored indices.',
  },
} as const satisfies Readonly<Record<string, FailureDefinition>>;
