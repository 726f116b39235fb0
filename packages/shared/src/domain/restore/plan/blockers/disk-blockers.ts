import { type DiskRoom, diskRoom } from '../allocation/disk-room.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { type Blocker, blocker } from './blocker.ts';

/**
 * Too little disk space. Above the low watermark an engine assigns no shard that it restores, however small (DISK_FULL); what fits below it is
 * an estimate (DISK_SHORT).
 */
export const diskBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  const room = diskRoom(request, facts, restores);
  if (room === undefined) return [];
  if (room.byNode.every(({ bytes }) => bytes <= 0)) return [full(room)];
  const found = shortages(room);
  return found.length === 0 || request.acceptDiskShort ? [] : [short(found)];
};

const full = ({ byNode }: DiskRoom): Blocker =>
  blocker(
    'DISK_FULL',
    byNode.map(({ node, bytes }) => `${node}: ${-bytes} bytes above the low watermark`),
    'Every data node is above its low disk watermark, also after the deletion: the engine would not assign a single shard.',
    'Free disk space, add a data node, or raise cluster.routing.allocation.disk.watermark.low. This cannot be accepted with "acceptDiskShort".',
  );

const short = (found: readonly string[]): Blocker =>
  blocker(
    'DISK_SHORT',
    found,
    'By the sizes in the manifest, what is restored does not fit below the low disk watermark of the data nodes.',
    'Free disk space or add a data node; or send "acceptDiskShort": true to restore although it may not fit.',
  );

/** What does not fit on the disks by the estimate, a line each. Empty: it fits. */
export const shortages = ({ byNode, needed, largestShard }: DiskRoom): readonly string[] => {
  const rooms = byNode.map(({ bytes }) => Math.max(0, bytes));
  const free = rooms.reduce((sum, bytes) => sum + bytes, 0);
  const largest = Math.max(...rooms);
  return [
    ...(needed !== undefined && needed > free
      ? [`needed ${needed} bytes with replicas`, `free ${free} bytes on all data nodes`]
      : []),
    ...(largestShard !== undefined && largestShard > largest
      ? [`largest shard ${largestShard} bytes`, `free ${largest} bytes on the data node with the most free space`]
      : []),
  ];
};
