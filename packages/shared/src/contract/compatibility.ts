import { z } from 'zod';
import { UNREADABLE } from '../domain/backup/state/compatibility.ts';
import { VERDICTS } from '../domain/backup/state/compatible-engines.ts';
import { engineRelease, SUPPORTED_ENGINES } from '../domain/backup/state/engine-releases.ts';
import { ENGINE_KINDS } from '../domain/engine-kind.ts';
import { backupId, count, indexName, operationId, optimizeVersion, repository, snapshotName, time } from './fields.ts';
import { cursor, found, limit, once } from './lists.ts';

/** Which engines can restore which backups: /api/v1/backups/{backupId}/compatibility, /api/v1/upgrade-check. */

const kind = z.enum(ENGINE_KINDS).meta({ example: 'elasticsearch' });
const versionName = z.string().meta({ example: 'Elasticsearch 7.17.29' });
const versionId = z.int().meta({ example: 7_172_999 });
const why = z.enum(UNREADABLE).meta({
  description:
    '`newer`: of a version that is newer than the engine. `older`: of a major that the engine no longer reads, or reads as a read-only archive at most. `other-kind`: of the other kind of engine, and not of a version that crosses.',
});

const Decider = z
  .strictObject({
    part: z.int().meta({ description: 'The number of the part.', example: 2 }),
    index: indexName.nullable().meta({ description: 'The index. Null: the snapshot itself decides.' }),
    version: versionName.meta({
      description: 'The version of the engine that wrote it: of several with one id the first.',
    }),
    versionId: versionId.meta({
      description:
        "The engine's id of that version: `version_id` of the snapshot, or `index.version.created` of the index.",
    }),
  })
  .meta({ id: 'CompatibilityDecider', description: 'What decides which engines can restore something.' });

const EngineVerdict = z
  .strictObject({
    engine: kind.meta({ description: 'The kind of engine.' }),
    major: z.int().meta({ description: 'The major version.', example: 8 }),
    restores: z.enum(VERDICTS).meta({
      description: '`not-known`: it depends on a version that was not recorded, or that could not be read.',
    }),
    fromVersion: z.string().meta({ example: '8.19.9' }).nullable().meta({
      description:
        'The first release of this major that can. Null: none can, it is not known, or it is newer than the releases that Tandem knows.',
    }),
    decidedBy: Decider.nullable().meta({
      description: 'What keeps the other releases of this major from it. Null: nothing that was recorded.',
    }),
    why: why.nullable().meta({ description: 'Why none of this major can. Null: some can, or it is not known.' }),
  })
  .meta({ id: 'EngineVerdict', description: 'Whether the engines of one major can restore something.' });

const engines = z.array(EngineVerdict);

const CreatedIndices = z
  .strictObject({
    createdBy: versionName.meta({ description: 'The version of the engine that created these indices.' }),
    versionId: versionId.meta({ description: '`index.version.created`.' }),
    count: count.meta({ description: 'How many there are.' }),
    indices: z.array(indexName).meta({ description: 'The first 100 of them, by name.' }),
    engines: engines.meta({ description: 'Which supported engines read them.' }),
  })
  .meta({ id: 'CreatedIndices', description: 'The indices of a part that one version of an engine created.' });

const CompatiblePart = z
  .strictObject({
    number: z.int().meta({ description: 'The number of the part, from 1.', example: 1 }),
    snapshotName,
    takenBy: versionName
      .nullable()
      .meta({ description: 'The version of the engine that took the snapshot. Null: not known.' }),
    versionId: versionId.nullable().meta({ description: 'Its `version_id`. Null: not known.' }),
    engines: engines.meta({ description: 'Which supported engines can restore this part.' }),
    indexCount: count.meta({ description: 'How many indices it holds.' }),
    unrecordedCount: count.meta({
      description: 'Of how many of them it was not recorded which version created them.',
    }),
    unrecorded: z.array(indexName).meta({ description: 'The first 100 of those, by name.' }),
    created: z
      .array(CreatedIndices)
      .meta({ description: 'The others, by the version that created them, oldest first.' }),
  })
  .meta({ id: 'CompatiblePart', description: 'A part of a backup, and which engines can restore it.' });

export const BackupCompatibility = z
  .strictObject({
    backupId,
    optimizeVersion,
    running: z
      .strictObject({
        engine: kind.meta({ description: 'The kind of engine.' }),
        version: z.string().meta({ description: 'The version of its oldest node.', example: '8.19.21' }),
        restores: z.enum(VERDICTS).meta({ description: 'Whether it can restore the backup.' }),
      })
      .nullable()
      .meta({ description: 'The running engine. Null: it did not respond.' }),
    runningUnknown: z.string().meta({ example: 'The engine is not reachable.' }).nullable().meta({
      description: 'Why the running engine is not known. Null: it is.',
    }),
    engines: engines.meta({ description: 'Which supported engines can restore the complete backup.' }),
    parts: z.array(CompatiblePart).meta({ description: 'Its parts, by number.' }),
  })
  .meta({ id: 'BackupCompatibility', description: 'Which engines can restore a backup.' });
export type BackupCompatibility = z.infer<typeof BackupCompatibility>;

const ACCEPTED = SUPPORTED_ENGINES.map(({ kind, major, first }) =>
  first.endsWith('.0.0') ? `${kind} ${major}` : `${kind} ${first.replace(/\.0$/, '')}`,
).join(', ');

export const UpgradeCheckQuery = z
  .strictObject({
    engine: z
      .enum(ENGINE_KINDS, {
        error: ({ input }) => `must be one of ${ENGINE_KINDS.join(', ')}, ${found(String(input))}`,
      })
      .meta({ description: 'The kind of engine to change to.', example: 'elasticsearch' }),
    version: once.meta({
      description: 'The version: a release such as 9.5.3, or a line such as 9.5 or 9, which means its last release.',
      example: '9',
    }),
    cursor,
    limit,
  })
  .superRefine(({ engine, version }, context) => {
    if (engineRelease(engine, version) !== undefined) return;
    const message = `must be a version of a supported engine (${ACCEPTED}), such as 9, 9.5 or 9.5.3, ${found(version)} for ${engine}`;
    context.addIssue({ code: 'custom', path: ['version'], message });
  });
export type UpgradeCheckQuery = z.infer<typeof UpgradeCheckQuery>;

const UnusablePart = z
  .strictObject({
    number: z.int().meta({ description: 'The number of the part.', example: 2 }),
    snapshotName,
    index: indexName.nullable().meta({
      description: 'The index that decides: the one that the oldest version created. Null: the snapshot decides.',
    }),
    version: versionName.meta({ description: 'The version of the engine that wrote it.' }),
    versionId: versionId.meta({ description: "The engine's id of that version." }),
    why,
  })
  .meta({ id: 'UnusablePart', description: 'A part that an engine could not restore.' });

const UnusableBackup = z
  .strictObject({
    backupId,
    optimizeVersion,
    repository,
    requestedAt: time.meta({ description: 'When it was requested.' }),
    safetyOf: operationId.nullable().meta({
      description: 'The restore whose safety backup it is. Null: it is a backup of the installation.',
    }),
    parts: z.array(UnusablePart).meta({ description: 'The parts that could not be restored.' }),
  })
  .meta({ id: 'UnusableBackup', description: 'A COMPLETED backup that would be INCOMPATIBLE.' });

/** Larger numbers of backups are not counted out. */
export const MAX_COUNTED = 10_000;

const counted = (description: string) =>
  z
    .strictObject({
      count: count.meta({ description: `How many there are, counted up to ${MAX_COUNTED}.` }),
      isMinimum: z.boolean().meta({ description: 'True: there may be more than were counted.' }),
    })
    .meta({ description });

const UnreadableIndex = z
  .strictObject({
    index: indexName,
    createdBy: versionName.meta({ description: 'The version of the engine that created it.' }),
    versionId: versionId.meta({ description: '`index.version.created`.' }),
    why,
  })
  .meta({ id: 'UnreadableIndex', description: 'An index of the running engine that another one could not read.' });

export const UpgradeCheck = z
  .strictObject({
    engine: kind.meta({ description: 'The requested kind of engine.' }),
    version: z.string().meta({ description: 'The requested version.', example: '9' }),
    running: z
      .strictObject({
        engine: kind.meta({ description: 'The kind of engine.' }),
        version: z.string().meta({ description: 'The version of its oldest node.', example: '8.19.21' }),
      })
      .nullable()
      .meta({ description: 'The running engine. Null: it did not respond.' }),
    backups: z
      .strictObject({
        unusable: counted('COMPLETED backups that the engine could not restore.'),
        undecided: counted(
          'COMPLETED backups of which it is not known: which versions created their indices was not recorded, or their version is newer than the releases of that engine that Tandem knows.',
        ),
        items: z.array(UnusableBackup).meta({
          description:
            'The page of those that it could not restore, the one recorded last first, at most `limit` of them.',
        }),
        nextCursor: z
          .string()
          .meta({ example: 'eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9' })
          .nullable()
          .meta({ description: 'The `cursor` of the next page. Null: this is the last one.' }),
      })
      .meta({ description: 'From the recorded versions of the history.' }),
    indices: z
      .strictObject({
        known: z.boolean().meta({ description: 'Whether the running engine responded.' }),
        unknownReason: z.string().meta({ example: 'The engine is not reachable.' }).nullable().meta({
          description: 'Why not. Null: it did.',
        }),
        checked: count.nullable().meta({ description: 'How many indices of the prefix there are. Null: not known.' }),
        unreadableCount: count.nullable().meta({
          description: 'How many of them the engine could not read. Null: not known.',
        }),
        unreadable: z.array(UnreadableIndex).meta({
          description:
            'The first 100 of those, by name. Re-index what is `older` before the upgrade; what is `newer` or of the `other-kind` cannot be taken along.',
        }),
      })
      .meta({ description: 'Of the indices in the running engine, open and closed.' }),
  })
  .meta({ id: 'UpgradeCheck', description: 'What a change of the engine would make unusable.' });
export type UpgradeCheck = z.infer<typeof UpgradeCheck>;
