import {
  AcceptedRestore,
  Restore,
  RestoreList,
  RestorePlan,
  RestoreWithProgress,
} from '@tandem/shared/contract/restores.ts';
import { z } from 'zod';
import { content, json, type RouteDocs } from '../http/route-docs.ts';
import { backupId, cursor, plan, restore, restoreId, restoreWithProgress, snapshotNames } from '../openapi/examples.ts';
import { ofEngine, ofHistory, ofKey, ofRequest } from '../openapi/failure-groups.ts';

const planned = ['BACKUP_NOT_FOUND', 'INDEX_NOT_FOUND', 'SNAPSHOT_NOT_FOUND', ...ofEngine, ...ofHistory] as const;
const opened = ['RESTORE_BLOCKED', 'BACKUP_DELETED', 'BACKUP_BUSY', 'RESTORE_RUNNING'] as const;

export const restoreDocs = {
  plan: {
    id: 'planRestore',
    tag: 'Restores',
    summary: 'What a restore would do, and what is in its way',
    description:
      'Changes nothing. The `planHash` is what a restore is asked for with. `acceptDiskShort` turns the blocker `DISK_SHORT` into a warning; where every data node is above its low disk watermark, `DISK_FULL` stays. `acceptFailedRehearsal` does the same for `REHEARSAL_FAILED`. Verifies the repository: every node writes a small file into it.',
    answers: { 200: json('The plan; with blockers it must not start.', RestorePlan, plan) },
    failures: planned,
    body: { backupId },
  },
  list: {
    id: 'listRestores',
    tag: 'Restores',
    summary: 'List restores and rehearsals, newest first',
    answers: { 200: json('A page of them.', RestoreList, { items: [restore], nextCursor: cursor }) },
    failures: ['CURSOR_INVALID', ...ofHistory],
  },
  request: {
    id: 'requestRestore',
    tag: 'Restores',
    summary: 'Restore what was planned',
    description:
      'Runs exactly the plan of that hash, or nothing. With `deleteExisting` the id is sent once more as `confirm`, and a safety backup is taken first.',
    answers: {
      202: json(
        'It is recorded, and will run.',
        AcceptedRestore,
        { id: restoreId, state: 'QUEUED', safetyBackupId: null, warnings: [] },
        'Location',
      ),
    },
    failures: [
      'RESTORE_NOT_CONFIRMED',
      'PLAN_CHANGED',
      'RESTORE_UNSAFE',
      ...opened,
      ...planned,
      ...ofRequest.filter((code) => code !== 'RESTORE_RUNNING'),
      ...ofKey,
    ],
    takes: ['Idempotency-Key'],
    body: { backupId, planHash: plan.planHash, reason: 'the disk was lost' },
  },
  read: {
    id: 'readRestore',
    tag: 'Restores',
    summary: 'A restore or rehearsal with its progress',
    answers: { 200: json('The restore.', RestoreWithProgress, restoreWithProgress) },
    failures: ['OPERATION_NOT_FOUND', ...ofHistory],
  },
  stop: {
    id: 'cancelRestore',
    tag: 'Restores',
    summary: 'Stop a restore or rehearsal',
    description: 'It takes back what it did, where it was asked for with `rollBack`.',
    answers: {
      202: json('It is told to stop.', Restore, { ...restore, state: 'RUNNING', endedAt: null }, 'Location'),
    },
    failures: ['OPERATION_NOT_FOUND', 'OPERATION_ENDED', ...ofHistory],
    body: { reason: 'the wrong backup' },
  },
  rehearse: {
    id: 'rehearseBackup',
    tag: 'Restores',
    summary: 'Prove that a backup can be restored',
    description:
      'Restores it beside the real indices, compares and takes the copy away again. `indices`: all, the names of some, or how many of the biggest.',
    answers: {
      202: json(
        'It is recorded, and will run.',
        AcceptedRestore.omit({ safetyBackupId: true }).meta({ id: 'AcceptedRehearsal' }),
        { id: restoreId, state: 'QUEUED', warnings: [] },
        'Location',
      ),
    },
    failures: [...opened, ...planned],
    body: { indices: 'all', reason: 'monthly proof' },
  },
  runbook: {
    id: 'readRunbook',
    tag: 'Restores',
    summary: 'How to restore a backup without Tandem',
    answers: {
      200: content(
        'text/markdown',
        'Steps for a person with a shell.',
        z.string(),
        `# Restore of backup ${backupId} by hand\n\n1. \`POST _snapshot/backups/${snapshotNames[0]}/_restore\`\n`,
      ),
    },
    failures: ['BACKUP_NOT_FOUND', 'BACKUP_DELETED', ...ofEngine, ...ofHistory],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;
