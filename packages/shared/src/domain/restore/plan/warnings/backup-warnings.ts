import { takenParts } from '../../../backup/backup.ts';
import type { PlanFacts } from '../plan-facts.ts';
import { type PlanWarning, warning } from './warning.ts';

/** What the record of the backup lacks, or says of another cluster. */
export const backupWarnings = ({ backup, engine, manifests, runningVersion }: PlanFacts): readonly PlanWarning[] => [
  ...(backup.location.clusterUuid === engine.clusterUuid
    ? []
    : [
        warning(
          'OTHER_CLUSTER',
          `The backup was taken in cluster ${backup.location.clusterUuid}; it would be restored into ${engine.clusterUuid}.`,
        ),
      ]),
  ...(takenParts(backup.parts).every(({ number }) => manifests.has(number))
    ? []
    : [
        warning(
          'NO_MANIFEST',
          'Not every part has a manifest: what is restored cannot be compared with what was saved, only that every index and shard came back.',
        ),
      ]),
  ...(runningVersion === undefined
    ? [
        warning(
          'VERSION_UNKNOWN',
          'Which version of Optimize will use the data is not known: CAMUNDA_OPTIMIZE_VERSION is not set, and the engine has no metadata index that can be read.',
        ),
      ]
    : []),
  ...(runningVersion?.unused === undefined
    ? []
    : [
        warning(
          'TWO_METADATA_INDICES',
          `Two metadata indices exist. The version ${runningVersion.version} is the one in ${runningVersion.source}; ${runningVersion.unused} was not used.`,
        ),
      ]),
];
