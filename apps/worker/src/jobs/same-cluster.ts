import type { SearchEngine } from '@tandem/engine/port.ts';
import { fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { readRestoreDetail } from '@tandem/shared/domain/restore/run/restore-memory.ts';

type InfoSource = Pick<SearchEngine, 'info'>;

/**
 * The cluster that an operation was accepted for: that of its backup, except for a restore (which may target another cluster) and a deletion
 * (of a backup whose cluster may no longer exist). Undefined: a deletion that has not sent anything yet.
 */
export const clusterOf = ({ kind, backup, detail }: ClaimedOperation): string | undefined => {
  switch (kind) {
    case 'create':
      return backup.location.clusterUuid;
    case 'restore':
    case 'rehearse':
      return readRestoreDetail(detail).task.clusterUuid;
    case 'delete':
      if (detail.keepBackup === true) return backup.location.clusterUuid;
      return typeof detail.clusterUuid === 'string' ? detail.clusterUuid : undefined;
    default:
      return kind satisfies never;
  }
};

/** Elasticsearch returns this while a node has not joined its cluster. */
const NOT_JOINED = '_na_';

/** Undefined: the engine does not report it. Rejects as `SearchEngine.info`, except when that call is not allowed. */
export const clusterNow = async (engine: InfoSource): Promise<string | undefined> => {
  try {
    const { clusterUuid } = await engine.info();
    return clusterUuid === NOT_JOINED ? undefined : clusterUuid;
  } catch (error) {
    if (isFailure(error, 'ENGINE_FORBIDDEN')) return undefined;
    throw error;
  }
};

/** The uuid of the cluster that the address leads to now, if that is another one. */
export const otherCluster = async (engine: InfoSource, expected: string | undefined): Promise<string | undefined> => {
  const found = expected === undefined ? undefined : await clusterNow(engine);
  return found === expected ? undefined : found;
};

export const elsewhereWords = (expected: string, found: string): string =>
  `The engine's address leads to another cluster now (${found}); this operation was accepted for cluster ${expected}.`;

/** CLUSTER_CHANGED: the address leads to another cluster. What was read from that one says nothing about the operation. */
export const requireSameCluster = async (engine: InfoSource, expected: string | undefined): Promise<void> => {
  const found = await otherCluster(engine, expected);
  if (expected === undefined || found === undefined) return;
  throw fail(
    'CLUSTER_CHANGED',
    `${elsewhereWords(expected, found)} Let the address lead to that cluster again, or cancel the operation.`,
    { expected, found },
  );
};
