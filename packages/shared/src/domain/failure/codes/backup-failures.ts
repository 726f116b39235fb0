import { backupId, firstSnapshot, hold, restoreId, secondSnapshot, snapshotNames } from '../../example-story.ts';
import type { FailureDefinition } from '../failure-definition.ts';

/** Backups: their ids, what they would hold, how they end, how they are deleted. */
export const backupFailures = {
  BACKUP_ID_INVALID: {
    failureClass: null,
    http: { status: 400, fault: 'client' },
    title: 'The backup id is not valid.',
    example: {
      message:
        'backupId is 230 characters long; the maximum is 220 with this version of Optimize, since a snapshot name may have 255 bytes. Choose a shorter id.',
      data: { field: 'backupId', length: 230, limit: 220 },
    },
    remedy: 'Choose a shorter id.',
  },
  BACKUP_NOT_FOUND: {
    failureClass: null,
    http: { status: 404, fault: 'client' },
    title: 'There is no backup with that id.',
    example: { message: `No backup has the id ${backupId}.`, data: { backupId } },
    remedy: 'Check the id: GET /api/v1/backups lists the backups.',
  },
  BACKUP_EXISTS: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'A backup with that id exists already.',
    example: {
      message: `Backup ${backupId} was requested at 2026-11-22T01:00:00.000Z and is COMPLETED: ${snapshotNames.join(', ')}. Choose another id.`,
      data: { backupId, snapshots: snapshotNames },
    },
    remedy: 'Choose another id, or delete the backup to use its id again.',
  },
  BACKUP_BUSY: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'Another operation of the backup is open.',
    example: {
      message: `Operation ${restoreId} uses the snapshots of backup ${backupId}: wait for its end, or cancel it.`,
      data: { backupId, operationId: restoreId },
    },
    remedy: 'Wait for the end of the operation that the message names, or cancel it.',
  },
  BACKUP_DELETED: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'The backup has been deleted.',
    example: { message: `Backup ${backupId} has been deleted.`, data: { backupId } },
    remedy: 'Choose another backup.',
  },
  BACKUP_HELD: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'The backup is held.',
    example: {
      message: `Backup ${backupId} is held until ${hold.until} by 10.0.0.7, since ${hold.at}: "${hold.reason}". Release it with PATCH /api/v1/backups/${backupId} {"hold": null, "reason": "why"}.`,
      data: { backupId, hold },
    },
    remedy: 'Release the hold with PATCH /api/v1/backups/{backupId}.',
  },
  DISCOVERED_NOT_CONFIRMED: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'The backup was not made by Tandem.',
    example: {
      message: `Backup ${backupId} was not made by Tandem. To delete its snapshots anyway, send DELETE /api/v1/backups/${backupId} {"reason": "why", "deleteDiscovered": true}.`,
      data: { backupId, snapshots: snapshotNames },
    },
    remedy: 'Send DELETE /api/v1/backups/{backupId} with "deleteDiscovered": true to delete its snapshots anyway.',
  },
  DELETE_NOT_CONFIRMED: {
    failureClass: null,
    http: { status: 400, fault: 'client' },
    title: 'The deletion was not confirmed.',
    example: {
      message: `Backup ${backupId} is the newest COMPLETED one of this installation. confirm must be its id; it is missing. To delete the backup anyway, send "confirm": "${backupId}".`,
      data: { field: 'confirm', found: null, backupId },
    },
    remedy: 'Send the id of the backup as confirm to delete it anyway.',
  },
  VERSION_UNKNOWN: {
    failureClass: 'terminal',
    http: { status: 409, fault: 'server' },
    title: 'The version of Optimize is not known.',
    example: {
      message:
        'CAMUNDA_OPTIMIZE_VERSION is not set, and document 1 of neither optimize-metadata nor optimize-optimize-metadata has the version. Set the variable, or check CAMUNDA_OPTIMIZE_INDEX_PREFIX.',
      data: { lookedFor: ['optimize-metadata', 'optimize-optimize-metadata'] },
    },
    remedy: 'Set CAMUNDA_OPTIMIZE_VERSION, or correct CAMUNDA_OPTIMIZE_INDEX_PREFIX.',
  },
  VERSION_INVALID: {
    failureClass: 'terminal',
    http: { status: 409, fault: 'server' },
    title: 'The version of Optimize cannot be part of a snapshot name.',
    example: {
      message:
        'The Optimize version "3.9_0" (CAMUNDA_OPTIMIZE_VERSION) may hold only a-z, 0-9, "." and "-", found "_" (U+005F).',
      data: { source: 'CAMUNDA_OPTIMIZE_VERSION' },
    },
    remedy: 'Set CAMUNDA_OPTIMIZE_VERSION to the version of Optimize.',
  },
  NO_INDICES: {
    failureClass: 'terminal',
    http: { status: 409, fault: 'server' },
    title: 'There is nothing to back up.',
    example: {
      message:
        "No Optimize index matches optimize-* (open, closed and hidden). Check CAMUNDA_OPTIMIZE_INDEX_PREFIX, and that this is Optimize's engine.",
      data: { lookedFor: 'optimize-*' },
    },
    remedy: "Correct CAMUNDA_OPTIMIZE_INDEX_PREFIX, or the URL of Optimize's engine.",
  },
  PART_EMPTY: {
    failureClass: 'terminal',
    http: { status: 409, fault: 'server' },
    title: 'A part of the backup would be empty.',
    example: {
      message:
        'Part 1 of 2 (import positions) would hold no index: none matches optimize-import-index_v*, optimize-timestamp-based-import-index_v*, optimize-position-based-import-index_v*. A backup without it could not be restored.',
      data: {
        part: 1,
        lookedFor: [
          'optimize-import-index_v*',
          'optimize-timestamp-based-import-index_v*',
          'optimize-position-based-import-index_v*',
        ],
      },
    },
    remedy: 'Start Optimize once, so that it creates its indices, or correct CAMUNDA_OPTIMIZE_INDEX_PREFIX.',
  },
  PART_VANISHED: {
    failureClass: 'terminal',
    http: null,
    title: 'A snapshot of the backup vanished.',
    example: {
      message: `Snapshot ${firstSnapshot} had ended with SUCCESS and is no longer in the repository: another process deleted it before the backup was complete.`,
      data: { part: 1, snapshot: firstSnapshot },
    },
    remedy: 'Check what deletes snapshots of the repository, then retry the operation.',
  },
  PART_NOT_WHOLE: {
    failureClass: 'terminal',
    http: null,
    title: 'A snapshot of the backup is incomplete.',
    example: {
      message: `Snapshot ${secondSnapshot} ended PARTIAL, 1 of 24 shards failed: optimize-process-instance-invoice_v8[0]: IOException[No space left on device]`,
      data: {
        part: 2,
        snapshot: secondSnapshot,
        uuid: 'c8TqW2nVR6b0D9f3Mh7yZa',
        state: 'PARTIAL',
        shards: { total: 24, successful: 23, failed: 1 },
        failures: [
          {
            index: 'optimize-process-instance-invoice_v8',
            shard: 0,
            reason: 'IOException[No space left on device]',
          },
        ],
        count: 1,
      },
    },
    remedy: 'Fix what the shards report, then retry the operation.',
  },
  PART_DIFFERS: {
    failureClass: 'terminal',
    http: null,
    title: 'A snapshot of the backup is not as planned.',
    example: {
      message: `Snapshot ${secondSnapshot} has 1 failed shards.`,
      data: {
        part: 2,
        snapshot: secondSnapshot,
        uuid: 'c8TqW2nVR6b0D9f3Mh7yZa',
        state: 'SUCCESS',
        shards: { total: 24, successful: 23, failed: 1 },
        failures: [],
        count: 0,
      },
    },
    remedy: 'Retry the operation: the part is deleted and taken again.',
  },
  PROFILE_UNKNOWN: {
    failureClass: 'terminal',
    http: null,
    title: 'The profile of the backup is not known.',
    example: { message: 'This worker does not know profile optimize-next: is it older than the API?' },
    remedy: 'Run the worker in the version of the API, then retry the operation.',
  },
} as const satisfies Readonly<Record<string, FailureDefinition>>;
