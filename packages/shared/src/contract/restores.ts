import { z } from 'zod';
import { shownStep } from '../domain/history/stored-names.ts';
import { INDEX_CLASSES, INDEX_FORMS } from '../domain/ownership/index-ownership.ts';
import { TEMPLATE_KINDS } from '../domain/restore/manifest/index-facts.ts';
import { TEMPLATE_CLASSES } from '../domain/restore/plan/templates/template-ownership.ts';
import { RESTORE_STEPS } from '../domain/restore/run/restore-memory.ts';
import { RESTORE_KINDS, RESTORE_STATES } from './choices.ts';
import {
  backupId,
  byteSize,
  clusterUuid,
  count,
  givenReason,
  indexName,
  operationId,
  optimizeVersion,
  repository,
  requestId,
  snapshotName,
  snapshotUuid,
  time,
} from './fields.ts';
import { cursor, limit, listOf, someOf } from './lists.ts';
import { Actor, lastTry, ledger, OperationId, Reason, reason, Suspension } from './operations.ts';
import { LookupId } from './optimize-backup.ts';

/** Restores and rehearsals over REST: /api/v1/restores. */

const flag = (byDefault: boolean, description: string) =>
  z.boolean({ error: 'must be true or false' }).default(byDefault).meta({ description });
const text = z.string({ error: 'must be a text' });

const renamePattern = { description: 'A regular expression that the names of the indices match.', example: '^(.+)$' };
const renameReplacement = {
  description: 'What replaces it; `$1` is the first group of the pattern.',
  example: 'restored-$1',
};

/** Which forms are taken is a matter of rename.ts. */
const target = z
  .strictObject(
    { renamePattern: text.meta(renamePattern), renameReplacement: text.meta(renameReplacement) },
    { error: 'must be an object with renamePattern and renameReplacement, or be left out to restore in place' },
  )
  .optional()
  .meta({
    description: 'Under which other names the indices are restored. Absent: in place, under the names as saved.',
  });

const NAMES_RULE = 'must be a list of names of indices';
const INDEX_NAME = /^(?![-_+])[^A-Z\s"*\\<|,>/?#:\p{Cc}]{1,255}$/u;
const INDEX_NAME_RULE = 'must be the exact name of an index, as engines allow it';
/** The index names that an operator decides about. A name is exact, never a pattern. */
const indexNames = (description: string) =>
  z
    .array(text.regex(INDEX_NAME, INDEX_NAME_RULE).meta({ example: 'optimize-report-archive_v3' }), {
      error: 'must be a list of names of indices',
    })
    .max(10_000, 'must be at most 10,000 names')
    .readonly()
    .default([])
    .meta({ description });

const CHOSEN_RULE = 'must be a list of one or more names of indices, or be left out for all indices';
const CHOSEN_NAME_RULE =
  'must be the exact name of an index of the backup, without wildcards; GET /api/v1/backups/{backupId} lists its indices';
const chosenIndices = z
  .array(text.regex(INDEX_NAME, CHOSEN_NAME_RULE).meta({ example: 'optimize-single-process-report_v10' }), {
    error: CHOSEN_RULE,
  })
  .min(1, CHOSEN_RULE)
  .max(10_000, 'must be at most 10,000 names')
  .readonly()
  .optional()
  .meta({
    description:
      'The indices that are restored, by their names in the backup. In place only these are deleted. Absent: all of the backup.',
  });

const acceptDiskShort = flag(false, 'Whether to restore even if the disks are estimated to be too small.');

const planFields = {
  backupId: LookupId,
  target,
  indices: chosenIndices,
  deleteExisting: flag(false, 'Whether indices that are in the way may be deleted.'),
  deleteUnknown: indexNames('Ambiguous and unknown indices that are deleted as well.'),
  keepUnknown: indexNames(
    'Ambiguous and unknown indices that are left alone: what the backup holds under their names is not restored.',
  ),
  acceptVersion: text
    .regex(/^[A-Za-z0-9.-]{1,64}$/, 'must be a version such as 3.9.0, at most 64 characters long')
    .optional()
    .meta({
      description:
        'The version of Optimize that the backup has, to restore it although the running Optimize has another. Absent: another version blocks the restore.',
      example: '3.9.0',
    }),
  acceptDiskShort,
  acceptFailedRehearsal: flag(
    false,
    'Whether to delete and restore although a rehearsal could not read files of the snapshots, and none of the same indices has passed since.',
  ),
  acceptInconsistent: flag(
    false,
    'Whether to restore chosen `indices` although they do not fit the ones that stay (`INCONSISTENT_SELECTION`).',
  ),
  acceptUnknownVersions: flag(
    false,
    'Whether to delete and restore although it was not recorded which version of an engine created the indices (`INDEX_VERSIONS_UNKNOWN`).',
  ),
  dropAllocation: flag(
    false,
    'Whether saved allocation settings are left out, so that any data node may hold the restored indices.',
  ),
  acceptUnsaved: z
    .array(text.min(1, NAMES_RULE).max(255, NAMES_RULE).meta({ example: 'optimize-report-archive_v3' }), {
      error: NAMES_RULE,
    })
    .max(10_000, NAMES_RULE)
    .optional()
    .meta({ description: 'Indices that may be deleted although no safety backup holds them. Absent: none.' }),
};

export const PlanRequest = z.strictObject(planFields);
export type PlanRequest = z.infer<typeof PlanRequest>;

const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export const RestoreRequest = z.strictObject({
  ...planFields,
  planHash: text.regex(/^[0-9a-f]{64}$/, 'must be the planHash of a plan, 64 characters 0-9 and a-f').meta({
    description: 'The `planHash` of the plan that you agree with. If the plan has changed since, nothing is restored.',
    example: HASH,
  }),
  reason,
  rollback: flag(true, 'Whether the indices that were restored are deleted again if the restore does not end well.'),
  restoreTemplates: flag(false, 'Whether missing and changed templates are put back as saved.'),
  confirm: text.max(300, 'must be the id of the backup').optional().meta({
    description: 'The id of the backup again. Required with `deleteExisting`.',
    example: 'nightly-2026-11-22',
  }),
  safetyBackup: flag(
    true,
    'Whether what is deleted is backed up first. With false, `acceptUnsaved` must name all of it.',
  ),
});
export type RestoreRequest = z.infer<typeof RestoreRequest>;

const Blocker = z
  .strictObject({
    code: z.string().meta({ description: 'What blocks the restore, as a code.', example: 'INDICES_PRESENT' }),
    message: z.string().meta({
      description: 'What blocks it, in one sentence.',
      example:
        'Indices of other components or of other installations are there under the names to restore to. They are never deleted.',
    }),
    found: z
      .array(z.string().meta({ example: 'optimize-alert_v4' }))
      .readonly()
      .meta({ description: 'What was found, such as names of indices or nodes.' }),
    remedy: z.string().meta({ description: 'What to do about it.', example: 'Restore under other names.' }),
    data: z
      .strictObject({
        add: z.array(indexName).readonly().meta({
          description:
            'Of `INCONSISTENT_SELECTION`: the indices that the smallest consistent selection has in addition. Empty: see `stay`.',
        }),
        stay: z.array(indexName).readonly().optional().meta({
          description:
            'Indices of the cluster that the backup does not hold and that no selection with the ones found fits. Absent: none.',
        }),
      })
      .optional()
      .meta({ description: 'What the remedy names, in full. Absent: nothing.' }),
  })
  .meta({ id: 'Blocker', description: 'Why a restore may not start.' });
const names = (description: string) => z.array(indexName).readonly().meta({ description });
export const OwnershipList = z
  .strictObject({
    ambiguous: names('Indices that another installation could own too.'),
    unknown: names('Indices below the prefix that Optimize is not known to have.'),
    otherComponent: names('Indices of another component of Camunda.'),
    otherInstallation: names('Indices of another installation of Optimize, under a longer prefix.'),
    rehearsalCopy: names('Copies that a rehearsal restored.'),
    outside: names('Names that do not begin with the prefix.'),
    forms: z.array(z.enum(INDEX_FORMS)).readonly().meta({
      description:
        'Where the prefix stands: `plain`, instead of the word optimize (`acme-alert_v4`), or `optimize`, in front of it (`acme-optimize-alert_v4`).',
    }),
  })
  .meta({
    id: 'OwnershipList',
    description: 'The names of indices that are not simply those of this Optimize, by class.',
  });

const Warning = z
  .strictObject({
    code: z.string().meta({ description: 'What the warning is about, as a code.', example: 'REHEARSAL_FAILED' }),
    message: z.string().meta({
      description: 'What was found, in one sentence.',
      example: 'The last rehearsal could not read files of the snapshots.',
    }),
  })
  .meta({ id: 'Warning', description: 'What does not block a restore, and should be known before it.' });

const warnings = z.array(Warning).readonly().meta({ description: 'What should be known before it starts.' });
export const planHash = z
  .string()
  .meta({ description: 'Over all of the plan. A restore needs it, as proof that the plan was seen.', example: HASH });
const sumOf = (what: string) =>
  count.nullable().meta({ description: `${what} Null: not recorded.`, example: 1_284_311 });
const bytesOf = (what: string) => byteSize.nullable().meta({ description: `${what} Null: not recorded.` });
const aliasName = z
  .string()
  .meta({ description: 'The name of the alias.', example: 'optimize-variable-update-instance' });
const templateName = z.string().meta({ example: 'indexTemplates/optimize-staging-custom' });
const templates = (description: string) => z.array(templateName).readonly().meta({ description });

export const PlannedIndex = z
  .strictObject({
    part: count.meta({ description: 'The number of the part that holds it.', example: 2 }),
    index: indexName.meta({ description: 'The name of the index as saved.' }),
    as: indexName.meta({ description: 'The name of the index once it is restored.' }),
    documents: sumOf('How many documents it holds.'),
    bytes: bytesOf('How many bytes it holds in primary shards.'),
  })
  .meta({ id: 'PlannedIndex', description: 'An index that a restore restores.' });
export const PlannedDeletion = z
  .strictObject({
    index: indexName,
    uuid: z.string().meta({ description: 'The uuid of the index.', example: 'rT4c0m1XQZ2l8b7Jf9sEwA' }),
    operations: count.nullish().meta({
      description:
        'The sum of (highest sequence number + 1) over its primary shards: it grows with each write. Null or absent: it cannot be measured.',
      example: 48_213,
    }),
  })
  .meta({ id: 'PlannedDeletion', description: 'An index that a restore deletes before.' });
export const UnrestoredIndex = z
  .strictObject({
    index: indexName,
    why: z
      .enum([...INDEX_CLASSES, 'kept'])
      .meta({ description: 'The class of the index, or `kept`: `keepUnknown` names it.' }),
  })
  .meta({ id: 'UnrestoredIndex', description: 'An index of the backup that a restore leaves out.' });

export const RestorePlan = z
  .strictObject({
    backupId,
    optimizeVersion,
    clusterUuid,
    repository,
    blockers: z.array(Blocker).readonly().meta({ description: 'Empty: the restore may start.' }),
    warnings,
    parts: z
      .array(
        z.strictObject({
          number: count.meta({ description: 'Which part of the backup it is, from 1.', example: 1 }),
          snapshotName,
          uuid: snapshotUuid.nullable().meta({ description: 'The uuid of the snapshot. Null: not recorded.' }),
          skipped: z
            .boolean()
            .meta({ description: 'Whether no index of it is chosen, so that nothing of it is restored.' }),
        }),
      )
      .readonly()
      .meta({ description: 'The snapshots that are restored, part 1 first.' }),
    restores: z.array(PlannedIndex).readonly().meta({ description: 'The indices that are restored.' }),
    deletes: z.array(PlannedDeletion).readonly().meta({ description: 'The indices that are deleted before.' }),
    notRestored: z
      .array(UnrestoredIndex)
      .readonly()
      .meta({ description: 'What the backup holds and the restore leaves out.' }),
    aliasesLeftOff: z
      .array(
        z.strictObject({
          index: indexName,
          alias: aliasName.meta({
            description: 'The name of the alias. `*`: all that the index had, since the backup does not record them.',
          }),
          writeIndices: names(
            'The indices that stay and take its writes. Empty: that is not known, or it is left off since another alias of the index is taken.',
          ),
          add: z.string().meta({
            description:
              'The call that adds the alias again, without a filter or routing that it had: the backup does not record them. For reading, where another index takes the writes; otherwise as saved.',
            example:
              'POST /_aliases {"actions":[{"add":{"index":"optimize-variable-update-instance_v2-000001","alias":"optimize-variable-update-instance","is_write_index":false}}]}',
          }),
        }),
      )
      .readonly()
      .meta({
        description:
          'Aliases that chosen indices do not get back, because other indices take their writes by now, such as after a rollover, or may do so.',
      }),
    ownership: OwnershipList.meta({
      description: 'The names in the cluster now that are not simply those of this Optimize, by class.',
    }),
    documents: sumOf('How many documents the restored indices hold.'),
    bytes: bytesOf('How many bytes they hold in primary shards.'),
    estimatedDurationMs: count.nullable().meta({
      description: 'How long it will take, in milliseconds. Null: there is nothing to estimate from.',
      example: 40_000,
    }),
    templates: z
      .strictObject({
        missing: templates('Saved templates that the cluster lacks, as `kind/name`.'),
        changed: templates('Templates that are not as saved, as `kind/name`.'),
        leftOut: z
          .array(
            z.strictObject({
              template: templateName.meta({ description: 'The template, as `kind/name`.' }),
              why: z.enum(TEMPLATE_CLASSES).meta({ description: 'Whose it is.' }),
            }),
          )
          .readonly()
          .meta({
            description:
              'Missing and changed ones that are not put back: they belong to another component or installation, or are not certainly ours and would be overwritten.',
          }),
        unknown: z
          .array(
            z.strictObject({
              kind: z.enum(TEMPLATE_KINDS).meta({ description: 'The kind of templates.' }),
              when: z.enum(['saved', 'now']).meta({
                description: '`saved`: when the backup was saved; `now`: when the plan was made.',
              }),
              reason: z.string().meta({
                description: "The engine's own words.",
                example: 'action [cluster:admin/ilm/get] is unauthorized for user [tandem]',
              }),
            }),
          )
          .readonly()
          .optional()
          .meta({
            description:
              'Kinds that the engine did not report, which are neither compared nor put back. Absent: it reported all.',
          }),
      })
      .nullable()
      .meta({
        description: 'How the templates differ from those saved. Null: the backup was saved without them.',
      }),
    planHash,
  })
  .meta({ id: 'RestorePlan', description: 'What a restore would do now. Nothing is changed by it.' });
export type RestorePlan = z.infer<typeof RestorePlan>;

const restoreId = operationId.meta({ description: 'The id of the restore or rehearsal, a UUID.' });
const restoreState = z.enum(RESTORE_STATES).meta({
  description:
    'SUCCEEDED: it ended well, and what was restored is what was saved. SUSPENDED: does nothing until it is cancelled.',
});
const safetyBackupId = z.string().meta({ example: 'safety-6f2d1f4e' }).nullable().meta({
  description: 'The id of the backup that is taken before anything is deleted. Null: none is.',
});

export const AcceptedRestore = z
  .strictObject({ operationId: restoreId, state: restoreState, safetyBackupId, warnings })
  .meta({ id: 'AcceptedRestore', description: 'A restore that was recorded and will be run.' });
export type AcceptedRestore = z.infer<typeof AcceptedRestore>;

const shardsDone = count.meta({ description: 'How many primary shards are restored.', example: 18 });
const shards = count.meta({ description: 'How many primary shards there are.', example: 24 });
const bytesDone = byteSize.meta({ description: 'The bytes restored so far.', example: 402_112_000 });

export const RestoreProgress = z
  .strictObject({
    partsDone: count.meta({ description: 'How many parts are restored.', example: 1 }),
    parts: count.meta({ description: 'How many parts there are.', example: 2 }),
    shardsDone,
    shards: shards.meta({ description: 'How many primary shards the parts have whose restore was started.' }),
    bytesDone,
    bytes: byteSize.meta({
      description:
        'The bytes to restore, if the backup recorded them; otherwise of the parts whose restore was started.',
    }),
    bytesPerSecond: count.nullable().meta({
      description:
        'Bytes a second since the restore of the parts started. Null: there is nothing to compute it from yet.',
      example: 12_400_000,
    }),
    estimatedEndAt: time.nullable().meta({
      description: 'When it ends at that rate. Null: there is nothing to estimate from yet.',
    }),
    indices: z
      .array(
        z.strictObject({
          index: indexName,
          shardsDone,
          shards,
          bytesDone,
          bytes: byteSize.meta({ description: 'The bytes to restore.' }),
        }),
      )
      .meta({ description: 'The indices, those that are not done first; at most 1,000.' }),
    moreIndices: count.meta({ description: 'How many indices are not listed.', example: 0 }),
  })
  .meta({ id: 'RestoreProgress', description: 'How far a running restore is.' });
export type RestoreProgress = z.infer<typeof RestoreProgress>;

const asRequested = (field: string) => z.boolean().meta({ description: `\`${field}\` of the request.` });

export const Restore = z
  .strictObject({
    operationId: restoreId,
    kind: z.enum(RESTORE_KINDS).meta({
      description: '`rehearse`: a restore under other names, compared with what was saved and deleted again.',
    }),
    state: restoreState,
    backupId,
    optimizeVersion,
    repository,
    step: z
      .enum(RESTORE_STEPS.map((step) => shownStep(step)))
      .meta({ description: 'The step that it is at; if it did not end well, where it stopped.' }),
    requestedAt: time.meta({ description: 'When it was requested.' }),
    endedAt: time.nullable().meta({ description: 'When it ended. Null: it is open.' }),
    actor: Actor.meta({ description: 'Who requested it.' }),
    requestId,
    reason: givenReason.nullable().meta({ description: 'Why, as the request says. Null: it does not say.' }),
    target: z
      .strictObject({
        renamePattern: z.string().meta(renamePattern),
        renameReplacement: z.string().meta(renameReplacement),
      })
      .nullable()
      .meta({ description: 'Under which other names the indices are restored. Null: in place.' }),
    indices: count.meta({ description: 'How many indices it restores.', example: 61 }),
    chosenIndices: names('`indices` of the request, sorted. Null: it has none, so that all are restored.').nullable(),
    acceptInconsistent: asRequested('acceptInconsistent'),
    skippedParts: z
      .array(count.meta({ description: 'The number of a part.', example: 1 }))
      .readonly()
      .meta({ description: 'The parts of the backup that hold no chosen index.' }),
    deleteExisting: asRequested('deleteExisting'),
    deletes: count.meta({ description: 'How many indices it deletes before.', example: 0 }),
    deleteUnknown: names('`deleteUnknown` of the request.'),
    keepUnknown: names('`keepUnknown` of the request.'),
    acceptVersion: z.string().meta({ example: '3.9.0' }).nullable().meta({
      description: '`acceptVersion` of the request. Null: it has none.',
    }),
    acceptFailedRehearsal: asRequested('acceptFailedRehearsal'),
    acceptUnknownVersions: asRequested('acceptUnknownVersions'),
    dropAllocation: asRequested('dropAllocation'),
    rollback: asRequested('rollback'),
    restoreTemplates: asRequested('restoreTemplates'),
    safetyBackupId,
    planHash: planHash.meta({ description: 'The hash of the plan that it carries out.' }),
    stopReason: givenReason.nullable().meta({
      description: 'Why its cancellation was requested. Null: it was not.',
      example: 'the wrong backup',
    }),
    attemptCount: count.meta({ description: 'How many attempts there were.' }),
    failure: Reason.nullable().meta({ description: 'Why it FAILED. Null: it did not.' }),
    ...lastTry,
    suspension: Suspension.nullable().meta({ description: 'Since when and why it is SUSPENDED. Null: it is not.' }),
    report: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'What the comparison with the saved contents found. Null: it was not reached.' }),
  })
  .meta({ id: 'Restore', description: 'A restore or a rehearsal.' });
export type Restore = z.infer<typeof Restore>;

export const RestoreWithProgress = Restore.extend({
  progress: RestoreProgress.nullable().meta({
    description: 'How far it is. Null: it has ended, is being rolled back, or the engine does not respond.',
  }),
  ...ledger,
}).meta({ id: 'RestoreWithProgress', description: 'A restore or a rehearsal with its progress and attempts.' });
export type RestoreWithProgress = z.infer<typeof RestoreWithProgress>;

export const RestoreList = listOf(Restore).meta({
  id: 'RestoreList',
  description: 'A page of restores and rehearsals.',
});

export const RestoreQuery = z.strictObject({
  state: someOf(RESTORE_STATES, 'Only those in these states. Absent: in any state.'),
  kind: someOf(RESTORE_KINDS, 'Only restores, or only rehearsals. Absent: both.'),
  backupId: LookupId.optional().meta({ description: 'Only those of the backups of this id. Absent: of any.' }),
  cursor,
  limit,
});
export type RestoreQuery = z.infer<typeof RestoreQuery>;

export const RestorePath = z.strictObject({ operationId: OperationId });
export const StopRequest = z.strictObject({ operationId: OperationId, reason });

const INDICES_RULE = 'must be "all", a number from 1, or a list of names of indices';

export const RehearseRequest = z.strictObject({
  backupId: LookupId,
  indices: z
    .union(
      [
        z.literal('all'),
        z.int(INDICES_RULE).min(1, INDICES_RULE),
        z.array(z.string().min(1, INDICES_RULE)).min(1, INDICES_RULE),
      ],
      { error: INDICES_RULE },
    )
    .default('all')
    .meta({
      description:
        'What is rehearsed: `all`, the names of indices, or a number: a sample of that many indices, the biggest first, with at least one of each part.',
      example: 10,
    }),
  acceptDiskShort,
  reason: reason.optional().meta({ description: 'Why, in your words; stored in the history. Absent: none is stored.' }),
});
export type RehearseRequest = z.infer<typeof RehearseRequest>;

export const BackupPath = z.strictObject({ backupId: LookupId });
