import { nameList } from '../../../name-list.ts';
import type { PlanFacts, RestoreRequest } from '../plan-facts.ts';
import { type PlanWarning, warningOf } from './warning.ts';

/** What of the cluster's conditions is unhealthy, or was not checked. */
export const conditionWarnings = (request: RestoreRequest, facts: PlanFacts): readonly PlanWarning[] => [
  ...warningOf(
    'READ_ONLY_ALLOW_DELETE',
    request.deleteExisting ? deletableOnly(facts) : [],
    (found) =>
      `The engine set these indices read-only because a disk was full; they can be deleted: ${nameList(found)}.`,
  ),
  ...warningOf('RED_INDICES', redThatStay(request, facts), (found) => `${redWords(found)}: ${nameList(found)}.`),
  ...warningOf(
    'CONDITIONS_UNKNOWN',
    notReported(facts),
    (found) => `The engine does not report ${found.join(', nor ')}: that was not checked.`,
  ),
];

const redWords = (found: readonly string[]): string =>
  `${found.length} red ${found.length === 1 ? 'index is' : 'indices are'} not deleted by this restore; a primary shard of each is not assigned`;

const deletableOnly = ({ conditions: { indexBlocks }, existing }: PlanFacts): readonly string[] =>
  existing.map(({ name }) => name).filter((name) => indexBlocks?.get(name)?.includes('read_only_allow_delete'));

const redThatStay = (
  { deleteExisting }: RestoreRequest,
  { conditions: { redIndices = [] }, existing }: PlanFacts,
): readonly string[] => {
  const deleted = new Set(deleteExisting ? existing.map(({ name }) => name) : []);
  return redIndices.filter((name) => !deleted.has(name));
};

const notReported = ({ conditions, aliasOwners, runningSnapshots }: PlanFacts): readonly string[] => [
  ...(conditions.settings === undefined ? ['the settings of the cluster'] : []),
  ...(conditions.indexBlocks === undefined ? ['the blocks of indices'] : []),
  ...(conditions.redIndices === undefined ? ['which indices are red'] : []),
  ...(aliasOwners === undefined ? ['the owners of aliases'] : []),
  ...(runningSnapshots === undefined ? ['which snapshots are being made'] : []),
];
