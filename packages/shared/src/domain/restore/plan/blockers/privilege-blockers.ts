import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { type Blocker, blockerOf } from './blocker.ts';

/**
 * PRIVILEGE_MISSING: the engine would refuse a call in the middle of the restore. Privileges for the safety backup are a matter of
 * safety-blockers.ts.
 */
export const privilegeBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => [
  ...unseenSnapshots(request, facts),
  ...unmeasured(request, facts),
  ...lackingBlockers(request, facts, restores),
];

/** An engine refuses to delete an index while a snapshot of it is being made: after some others were deleted, if none was seen before. */
const unseenSnapshots = ({ deleteExisting }: RestoreRequest, { runningSnapshots }: PlanFacts): readonly Blocker[] =>
  blockerOf(
    'PRIVILEGE_MISSING',
    deleteExisting && runningSnapshots === undefined ? ['cluster:admin/snapshot/status'] : [],
    'The user or API key of Tandem may not read which snapshots are being made, and indices are to be deleted.',
    'Grant it the cluster privilege create_snapshot (Elasticsearch) or cluster:admin/snapshot/status (OpenSearch).',
  );

/** What is written until the deletion is found by the number of operations, which the deletion itself needs too. */
const unmeasured = ({ deleteExisting }: RestoreRequest, { operations }: PlanFacts): readonly Blocker[] =>
  blockerOf(
    'PRIVILEGE_MISSING',
    deleteExisting && operations === undefined ? ['indices:monitor/stats'] : [],
    'The user or API key of Tandem may not read statistics of the indices that are to be deleted, so it could not see whether they are written to until then.',
    'Grant it the index privilege monitor (Elasticsearch) or indices:monitor/stats (OpenSearch) on them.',
  );

const lackingBlockers = (
  request: RestoreRequest,
  { conditions: { lacking }, existing }: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  if (lacking === undefined) return [];
  const targets = restores.map(({ as }) => as);
  const deleted = request.deleteExisting ? existing.map(({ name }) => name) : [];
  const among = (names: readonly string[], required: readonly string[]) => {
    const set = new Set(required);
    return names.filter((name) => set.has(name));
  };
  return [
    ...blockerOf(
      'PRIVILEGE_MISSING',
      lacking.snapshot.includes('restore') ? ['cluster:admin/snapshot/restore'] : [],
      'The user or API key of Tandem may not restore snapshots.',
      'Grant it the cluster privilege cluster:admin/snapshot/*.',
    ),
    // what is restored in place is blocked for writing until it is compared
    ...blockerOf(
      'PRIVILEGE_MISSING',
      request.rename === undefined ? among(lacking.manage, targets) : [],
      'The user or API key of Tandem may not change the settings of these indices, so it could not lift the write block that they are restored with.',
      'Grant it the index privilege manage on them.',
    ),
    ...blockerOf(
      'PRIVILEGE_MISSING',
      among(lacking.deleteIndex, request.copy ? targets : deleted),
      request.copy
        ? 'The user or API key of Tandem may not delete these indices, so it could not remove the copy.'
        : 'The user or API key of Tandem may not delete these indices.',
      'Grant it the index privilege delete_index on them.',
    ),
  ];
};
