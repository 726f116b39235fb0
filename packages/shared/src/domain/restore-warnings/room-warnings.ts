import { diskRoom } from '../disk-room.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { shortages } from '../restore-blockers/disk-blockers.ts';
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
      ],
      (found) => `The engine does not report ${found.join(', nor ')}: that was not checked.`,
    ),
    ...warningOf(
      'DISK_SHORT',
      room !== undefined && request.acceptDiskShort ? shortages(room) : [],
      (found) => `Accepted with "acceptDiskShort": ${found.join(', ')}.`,
    ),
  ];
};
