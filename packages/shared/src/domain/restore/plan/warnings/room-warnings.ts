import { nameList } from '../../../name-list.ts';
import { savedShape } from '../../manifest/saved-settings.ts';
import { diskRoom } from '../allocation/disk-room.ts';
import { isRoomUnknown, shardShortages } from '../allocation/shard-room.ts';
import { shortages } from '../blockers/disk-blockers.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { type PlanWarning, warningOf } from './warning.ts';

/** What of disk and shards was not checked, or was accepted. */
export const roomWarnings = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly PlanWarning[] => {
  const { diskWatched, freeShards } = facts.capacity;
  const room = diskRoom(request, facts, restores);
  return [
    ...warningOf(
      'CAPACITY_UNKNOWN',
      [
        ...(room === undefined && diskWatched !== false ? ['how much room each data node has on its disks'] : []),
        ...(freeShards === undefined ? ['how many shards may still be opened'] : []),
        ...(isRoomUnknown(request, facts) ? ['how many shards each data node holds'] : []),
      ],
      (found) => `The engine does not report ${found.join(', nor ')}: that was not checked.`,
    ),
    ...warningOf(
      'SHARDS_UNKNOWN',
      restores.filter((index) => savedShape(facts, index) === undefined).map(({ index }) => index),
      (found) =>
        `The backup does not record how many shards these indices have: ${nameList(found)}. Whether the cluster takes them was not checked.`,
    ),
    ...warningOf(
      'SHARDS_PER_NODE',
      shardShortages(request, facts, restores)
        .filter(({ ofPrimaries }) => !ofPrimaries)
        .map(({ shown }) => shown),
      (found) =>
        `Limits of shards per node leave some replicas unassigned: ${nameList(found)}. A replica may take the slot of a primary that is not restored yet.`,
    ),
    ...warningOf(
      'DISK_SHORT',
      room !== undefined && request.acceptDiskShort ? shortages(room) : [],
      (found) => `Accepted with "acceptDiskShort": ${found.join(', ')}.`,
    ),
  ];
};
