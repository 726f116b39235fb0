import { formsOf } from './index-ownership.ts';
import type { PlanFacts } from './plan-facts.ts';
import type { NotRestored } from './restore-ownership.ts';

export type PlanWarning = { readonly code: string; readonly message: string };

/** What an operator should know, and what does not keep the restore from starting. */
export const planWarnings = (
  { backup, engine, manifests, runningVersion, capacity, ownership }: PlanFacts,
  notRestored: readonly NotRestored[] = [],
): readonly PlanWarning[] => [
  ...(backup.location.clusterUuid === engine.clusterUuid
    ? []
    : [
        {
          code: 'OTHER_CLUSTER',
          message: `The backup was taken in cluster ${backup.location.clusterUuid}; it would be restored into ${engine.clusterUuid}.`,
        },
      ]),
  ...(backup.parts.every(({ number }) => manifests.has(number))
    ? []
    : [
        {
          code: 'NO_MANIFEST',
          message:
            'Not every part has a manifest: what is restored cannot be compared with what was saved, only that every index and shard came back.',
        },
      ]),
  ...(runningVersion === undefined
    ? [
        {
          code: 'VERSION_UNKNOWN',
          message:
            'Which version of Optimize will use the data is not known: CAMUNDA_OPTIMIZE_VERSION is not set, and the engine has no metadata index.',
        },
      ]
    : []),
  ...(capacity.freeBytes.length === 0 || capacity.freeShards === undefined
    ? [
        {
          code: 'CAPACITY_UNKNOWN',
          message: 'The engine does not tell how much room it has on its disks or for shards.',
        },
      ]
    : []),
  ...(notRestored.length === 0
    ? []
    : [
        {
          code: 'NOT_RESTORED',
          message: `The backup holds indices that are not restored: ${notRestored.map(({ index, why }) => `${index} (${why})`).join(', ')}. Those that are not of this Optimize can be restored under other names.`,
        },
      ]),
  ...(formsOf(ownership).length < 2
    ? []
    : [
        {
          code: 'BOTH_FORMS',
          message: `Indices of both forms are there or in the backup: ${backup.indexPrefix}-… and ${backup.indexPrefix}-optimize-…. Those of a form that the backup does not hold count as unknown.`,
        },
      ]),
];
