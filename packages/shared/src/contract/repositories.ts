import { z } from 'zod';
import { CHANGES_OF_REPOSITORY } from '../domain/repository/repository-change.ts';
import { SETTINGS_COMPARED } from '../domain/repository/repository-identity.ts';
import { REPOSITORY_TYPES } from './choices.ts';
import { clusterUuid, count, operationId, repository, repositoryUuid, time } from './fields.ts';
import { Reason, reason } from './operations.ts';

/** Snapshot repositories: /api/v1/repositories. */

const NAME_RULE =
  'must be a name of 1 to 255 characters without spaces and " * \\ < | , > / ? #, that does not begin with -, _, + or .';
const repositoryName = z
  .string()
  .regex(/^(?![-_+.])[^\s"*\\<|,>/?#\p{Cc}]{1,255}$/u, NAME_RULE)
  .meta({ description: 'The name of the repository.', example: 'backups' });

const settings = (description: string) =>
  z.record(z.string(), z.string()).meta({ description, example: { location: '/mnt/backups', compress: 'true' } });

export const PutRepositoryRequest = z.strictObject({
  name: repositoryName,
  type: z
    .enum(REPOSITORY_TYPES, {
      error: `must be one of ${REPOSITORY_TYPES.join(', ')}; register any other type with the engine itself`,
    })
    .meta({ description: 'The type of the repository.', example: 'fs' }),
  settings: z
    .record(z.string(), z.unknown(), { error: 'must be an object with the settings of the engine for this type' })
    .meta({
      description:
        'All settings, as the engine names them; texts, numbers, true and false. Those that are left out are removed. Secrets are refused: they belong in the keystore of the engine.',
      example: { location: '/mnt/backups', compress: true },
    }),
  verify: z.boolean({ error: 'must be true or false' }).default(true).meta({
    description: 'Whether every node verifies it once it is registered.',
  }),
  confirm: z.string({ error: 'must be a text' }).max(300, 'must be the name of the repository').optional().meta({
    description:
      'The name of the repository again. Required if backups are recorded in it and it leads to another location.',
    example: 'backups',
  }),
  reason,
});
export type PutRepositoryRequest = z.infer<typeof PutRepositoryRequest>;

export const VerifyRepositoryRequest = z.strictObject({
  name: repositoryName,
  reason: reason.optional().meta({ description: 'Why, in your words; stored in the history. Absent: none is stored.' }),
});
export type VerifyRepositoryRequest = z.infer<typeof VerifyRepositoryRequest>;

const nodeNames = (description: string) =>
  z
    .array(z.string().meta({ example: 'node-1' }))
    .readonly()
    .meta({ description });

export const RepositoryVerification = z
  .strictObject({
    verified: z.boolean().nullable().meta({
      description: 'Whether every node can use it. Null: that could not be determined.',
      example: true,
    }),
    nodes: nodeNames('The nodes that can use it. Empty where not every node can: engines name only those that cannot.'),
    failedNodes: nodeNames('The nodes that cannot use it or did not reply.'),
    reason: z
      .string()
      .meta({ example: 'The engine cannot use its snapshot repository; check the storage behind it.' })
      .nullable()
      .meta({
        description: 'Why it is not verified. Null: it is.',
      }),
    at: time.meta({ description: 'When it was verified.' }),
  })
  .meta({ id: 'RepositoryVerification', description: 'What a verification of a repository found out.' });
export type RepositoryVerification = z.infer<typeof RepositoryVerification>;

export const SnapshotRepository = z
  .strictObject({
    repository,
    clusterUuid: clusterUuid.meta({ description: 'The uuid of the cluster that it is registered or recorded in.' }),
    isConfigured: z
      .boolean()
      .meta({ description: 'Whether new backups are taken into it: it is CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME.' }),
    isRegistered: z.boolean().nullable().meta({
      description:
        'Whether the engine knows it. Null: not known, since the engine does not respond or is another cluster.',
    }),
    type: z.string().meta({ example: 'fs' }).nullable().meta({ description: 'Its type. Null: not known.' }),
    settings: settings('Its settings in the engine, without secrets.')
      .nullable()
      .meta({ description: 'Its settings in the engine, without secrets. Null: not known.' }),
    secretSettings: nodeNames('Names of settings that are not shown, since their values are secret.'),
    readOnly: z
      .string()
      .meta({ example: 'its setting readonly is true' })
      .nullable()
      .meta({ description: 'The setting or type that forbids writing into it. Null: none does, or not known.' }),
    repositoryUuid: repositoryUuid.meta({
      description: 'Its uuid in the engine. Null: none yet, since it is empty, or not known.',
    }),
    recorded: z
      .strictObject({
        backups: count.meta({
          description: 'How many backups live in it: those in the history that are not deleted.',
          example: 61,
        }),
        newestBackupId: z
          .string()
          .meta({ description: 'The id of the one that was recorded last.', example: 'nightly-2026-11-22' }),
        repositoryUuid,
        settings: z.enum(SETTINGS_COMPARED).meta({
          description:
            'Whether the settings that say where its data is are those under which the newest backup was recorded.',
        }),
      })
      .nullable()
      .meta({ description: 'What the history knows of the backups in it. Null: none is recorded.' }),
    changed: z
      .strictObject({
        noticedAt: time.meta({ description: 'When it was noticed.' }),
        missing: count.meta({ description: 'How many COMPLETED backups should be in it and are not.' }),
        acceptedAt: time
          .nullable()
          .meta({ description: 'When an operator accepted it. Null: backups into it are refused.' }),
      })
      .nullable()
      .meta({ description: 'That a reconciliation found none of the recorded snapshots in it. Null: it did not.' }),
    lastVerification: RepositoryVerification.nullable().meta({
      description: 'The last verification that was requested with `verify` or `PUT`. Null: none was.',
    }),
  })
  .meta({
    id: 'SnapshotRepository',
    description: 'A repository as the engine knows it, and as the history recorded it.',
  });
export type SnapshotRepository = z.infer<typeof SnapshotRepository>;

export const SnapshotRepositoryList = z
  .strictObject({
    items: z
      .array(SnapshotRepository)
      .readonly()
      .meta({ description: 'The repositories, by name. There is one page.' }),
    engineFailure: Reason.nullable().meta({
      description: 'Why the engine could not be read: what is listed is what was recorded. Null: it was read.',
    }),
  })
  .meta({ id: 'SnapshotRepositoryList', description: 'The repositories of the engine and of the history.' });
export type SnapshotRepositoryList = z.infer<typeof SnapshotRepositoryList>;

export const PutRepository = z
  .strictObject({
    repository,
    clusterUuid,
    change: z.enum(CHANGES_OF_REPOSITORY).meta({
      description:
        '`nothing`: it was registered with these settings already, and nothing was sent. `settings`: its data stays where it is, or no backup lives in it. `location`: it leads to another location than that of the recorded backups.',
    }),
    backups: count.meta({ description: 'How many backups live under its name, as recorded.', example: 61 }),
    verification: RepositoryVerification.nullable().meta({
      description: 'Whether every node can use it. Null: nothing was sent, or `verify` is false.',
    }),
  })
  .meta({ id: 'PutRepository', description: 'A repository that is registered as requested.' });
export type PutRepository = z.infer<typeof PutRepository>;

export const AcceptRepositoryRequest = z.strictObject({
  name: z.string().min(1).max(300).meta({ description: 'The name of the repository.', example: 'backups' }),
  reason,
});

export const AcceptedRepository = z
  .strictObject({
    repository,
    clusterUuid,
    repositoryUuid,
    noticedAt: time.meta({ description: 'When it was noticed that it does not match.' }),
    missing: count.meta({
      description:
        'How many COMPLETED backups should have been in it and are not. The reconciliation records that they are gone.',
    }),
    settings: z.enum(SETTINGS_COMPARED).meta({
      description:
        'Whether the settings that say where its data is are those under which these backups were recorded. `unknown`: they were not recorded, or could not be read.',
    }),
    reconciliationId: operationId.meta({ description: 'The id of the reconciliation that was requested with it.' }),
  })
  .meta({ id: 'AcceptedRepository', description: 'A repository that an operator accepted as it is now.' });
export type AcceptedRepository = z.infer<typeof AcceptedRepository>;
