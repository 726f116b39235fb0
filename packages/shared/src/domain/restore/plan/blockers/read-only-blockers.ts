import type { PlanFacts, RestoreRequest } from '../plan-facts.ts';
import { type Blocker, blockerOf } from './blocker.ts';

/** Of the entire cluster; `read_only_allow_delete` permits deleting indices but not restoring them afterwards. */
const CLUSTER_BLOCKS = ['read_only', 'read_only_allow_delete', 'create_index'].map(
  (block) => `cluster.blocks.${block}`,
);

/** With these an engine refuses to delete an index; `metadata` also hides what it is. */
const INDEX_BLOCKS = ['read_only', 'metadata'];

/** CLUSTER_READ_ONLY, and indices in the way whose blocks keep the engine from deleting them. */
export const readOnlyBlockers = (request: RestoreRequest, { conditions, existing }: PlanFacts): readonly Blocker[] => {
  const { settings = {}, indexBlocks = new Map<string, readonly string[]>() } = conditions;
  const ofCluster = CLUSTER_BLOCKS.filter((name) => settings[name] === 'true').map((name) => `${name}: true`);
  const ofIndices = existing.flatMap(({ name: index }) =>
    (indexBlocks.get(index) ?? [])
      .filter((block) => INDEX_BLOCKS.includes(block))
      .map((block) => `${index} · index.blocks.${block}: true`),
  );
  return [
    ...blockerOf(
      'CLUSTER_READ_ONLY',
      ofCluster,
      'The cluster is read-only: the engine would refuse the restore, after what is there was deleted.',
      'Remove these settings with PUT _cluster/settings; if the engine set them because a disk was full, free disk space first.',
    ),
    ...(request.deleteExisting
      ? blockerOf(
          'INDEX_READ_ONLY',
          ofIndices,
          'The engine refuses to delete indices with these blocks.',
          'Lift each with PUT {index}/_settings and the value null, one block per request.',
        )
      : []),
  ];
};
