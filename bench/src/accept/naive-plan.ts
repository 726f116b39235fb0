import { createHash, randomUUID } from 'node:crypto';
import { formatSnapshotName } from '@tandem/shared/domain/backup/snapshot-name.ts';
import { splitIntoParts } from '@tandem/shared/domain/backup/split-into-parts.ts';
import { defaultProfile } from '@tandem/shared/domain/profile.ts';
import { OPTIMIZE_VERSION } from '../engine/parts-by-hand.ts';
import { CLUSTER_UUID, REPOSITORY, REPOSITORY_UUID } from './optimize-engine.ts';

/** The rows of one backup, as Tandem would write them, except the index lists. */
export const naivePlan = (backupId: string, names: readonly string[], address: string) => {
  const operationId = randomUUID();
  const actor = { kind: 'anonymous', address };
  const lists = splitIntoParts(defaultProfile, 'optimize', names);
  const of = lists.length;
  const parts = lists.map((list, at) => ({
    number: at + 1,
    total: of,
    snapshotName: formatSnapshotName(defaultProfile, {
      backupId,
      optimizeVersion: OPTIMIZE_VERSION,
      number: at + 1,
      of,
    }),
    indexListDigest: createHash('sha256').update(JSON.stringify(list)).digest(),
    state: 'PLANNED',
  }));
  const backup = {
    backupId,
    optimizeVersion: OPTIMIZE_VERSION,
    profile: defaultProfile.name,
    indexPrefix: 'optimize',
    origin: 'requested',
    clusterUuid: CLUSTER_UUID,
    repository: REPOSITORY,
    repositoryUuid: REPOSITORY_UUID,
    repositoryKey: REPOSITORY_UUID,
    requestedBy: actor,
    state: 'IN_PROGRESS',
  };
  const operation = { id: operationId, kind: 'create', lane: `${CLUSTER_UUID}/${REPOSITORY}`, actor };
  const event = { backupId, operationId, kind: 'backup.requested', actor, source: 'api', after: { operationId } };
  return { backup, parts, operation, event };
};
