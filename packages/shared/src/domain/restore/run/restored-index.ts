import { partKey, type RestorePart, type RestoreTask, targetNames } from './restore-memory.ts';
import type { LeftIndex, Restoring, SeenIndex } from './restoring.ts';

const partOf = ({ parts }: RestoreTask, name: string): RestorePart | undefined =>
  parts.find((part) => targetNames([part]).includes(name));

/**
 * Whether this restore made the index: by the recorded uuid; before it is recorded, or once it was deleted, by the snapshot that it came from;
 * and where the engine does not say, because it accepted the restore of a name that had been proven absent.
 */
export const isOurs = ({ detail, repository }: Restoring, { name, uuid, source }: SeenIndex): boolean => {
  const { task, memory, restored } = detail;
  const recorded = restored[name];
  if (recorded !== undefined) return recorded === uuid;
  const part = partOf(task, name);
  if (part === undefined || memory.parts[partKey(part)] === undefined) return false;
  if (source === undefined) return memory.parts[partKey(part)] === 'accepted';
  return source.repository === repository && source.snapshot === part.snapshot;
};

/** Whether it was restored with our write block: everything in place, since the version that began to set it. */
export const isSentBlocked = ({ task, memory }: Restoring['detail'], name: string): boolean => {
  const part = partOf(task, name);
  return part !== undefined && memory.blocked.includes(part.number);
};

/** Whether an index that was restored with the write block still has it. */
export const carriesBlock = (detail: Restoring['detail'], { name, blocks }: SeenIndex): boolean =>
  isSentBlocked(detail, name) && blocks.includes('write');

/** Whether all its primaries are started and none has failed. */
export const isRestored = ({ shards, shardsDone, failures }: SeenIndex): boolean =>
  failures.length === 0 && shardsDone >= shards;

type Measured = Pick<Restoring, 'detail' | 'operations'>;

/** Whether its documents can be counted: it is restored, and has no `metadata` or `read` block. */
export const isMeasurable = (index: SeenIndex): boolean =>
  isRestored(index) && !index.blocks.includes('metadata') && !index.blocks.includes('read');

export type Verdict = 'untouched' | Extract<LeftIndex['why'], 'unblocked' | 'written' | 'unmeasured'>;

/**
 * Whether others may have written to an index of this restore. An intact write block proves that they have not; without
 * one, the operations that were numbered since it was restored decide. An index without a started primary takes no writes.
 */
export const verdictOf = ({ detail, operations }: Measured, index: SeenIndex): Verdict => {
  const isBlocked = isSentBlocked(detail, index.name);
  if (isBlocked && !index.blocks.includes('write')) return 'unblocked';
  const now = operations.now.get(index.name);
  const before = operationsBefore({ detail, operations }, index);
  if (now !== undefined && before !== undefined) return now > before ? 'written' : 'untouched';
  return isBlocked || detail.task.copy || index.shardsDone === 0 ? 'untouched' : 'unmeasured';
};

/** As measured once it was restored, and at most what its snapshot can hold. Undefined: neither is known. */
const operationsBefore = ({ detail, operations }: Measured, { name, uuid }: SeenIndex): number | undefined => {
  const known = [detail.memory.operations[uuid] ?? undefined, operations.savedAtMost.get(name)];
  return known.reduce((one, other) =>
    one === undefined || other === undefined ? (one ?? other) : Math.min(one, other),
  );
};

/**
 * What a comparison says nothing about, by name: what was written to since it was restored, and what differs and may have been. A write
 * block that is gone is not enough: an operator who lifts it early does no harm by that.
 */
export const writtenIndices = (
  measured: Measured,
  seen: readonly SeenIndex[],
  differing: ReadonlySet<string>,
): readonly string[] =>
  seen
    .filter((index) => {
      const verdict = verdictOf(measured, index);
      return verdict === 'written' || (verdict === 'unblocked' && differing.has(index.name));
    })
    .map(({ name }) => name);
