import { nameList } from '../../../name-list.ts';
import { type Profile, profiles } from '../../../profile.ts';
import { repositoryChangedFinding, repositoryChangedRemedy } from '../../../repository/repository-identity.ts';
import { safetyParts } from '../../safety-backup.ts';
import type { PlanFacts, RestoreRequest } from '../plan-facts.ts';
import { type Blocker, blockerOf } from './blocker.ts';
import { copyableList } from './copyable-list.ts';

/**
 * What would be deleted and cannot be saved before, as far as that can be known, unless the operator accepted it by name: all of it where the
 * repository takes no safety backup, else the red indices.
 */
export const safetyBlockers = (request: RestoreRequest, facts: PlanFacts): readonly Blocker[] => {
  if (!request.deleteExisting) return [];
  const accepted = new Set(request.acceptUnsaved);
  const names = facts.existing.map(({ name }) => name);
  const toSave = names.filter((name) => !accepted.has(name));
  const reds = new Set(facts.conditions.redIndices);
  const red = toSave.filter((name) => reds.has(name));
  const why = whyNotTaken(
    facts,
    toSave.filter((name) => !reds.has(name)),
  );
  const unsavable = why === undefined ? red : toSave;
  const all = names.filter((name) => accepted.has(name) || unsavable.includes(name));
  const list =
    all.length < names.length
      ? copyableList(all, accepted.size === 0 ? 'all in found' : 'all in found and all accepted before')
      : copyableList(all, 'all that are deleted', 'delete');
  const accept = `accept that what they hold is lost: "acceptUnsaved": ${list}`;
  return blockerOf(
    'INDICES_UNSAVABLE',
    unsavable,
    why === undefined ? RED : `${why.message} These indices would be deleted without a safety backup.${redWords(red)}`,
    why === undefined ? `Recover them, or ${accept}.` : `${why.remedy}; or ${accept}.`,
  );
};

const RED =
  'A primary shard of these indices is not assigned: no safety backup can hold them, and they would be deleted.';

const redWords = (red: readonly string[]): string =>
  red.length === 0 ? '' : ` A primary shard is not assigned of ${nameList(red)}.`;

type WhyNot = { readonly message: string; readonly remedy: string };

/** An unreadable repository is a blocker of its own that cannot be accepted. */
const whyNotTaken = (facts: PlanFacts, toSave: readonly string[]): WhyNot | undefined => {
  const { saving, backup, repository: own } = facts;
  if (saving === undefined) return undefined;
  const { repository, trouble, changed, snapshotsLeft } = saving;
  if (repository === backup.location.repository && own.trouble !== undefined) return undefined;
  if (trouble !== undefined) {
    const message = `No safety backup can be taken in repository ${repository}. ${trouble}`;
    return { message, remedy: `Make repository ${repository} writable` };
  }
  if (changed !== undefined) {
    const message = `No safety backup is accepted into repository ${repository}. ${repositoryChangedFinding(changed)}`;
    return { message, remedy: repositoryChangedRemedy(changed) };
  }
  if (facts.conditions.lacking?.snapshot.includes('create')) {
    const message = 'The user or API key of Tandem may not take snapshots, so no safety backup can be taken.';
    return { message, remedy: 'Grant it the cluster privilege create_snapshot' };
  }
  const profile = profiles[backup.profile];
  if (profile === undefined) {
    const message = `This version of Tandem does not know the profile ${backup.profile}, by which the parts of a safety backup are named.`;
    return { message, remedy: 'Plan with the version that took the backup' };
  }
  const needed = snapshotsNeeded(facts, profile, toSave);
  if (snapshotsLeft === undefined || snapshotsLeft >= needed) return undefined;
  const message = `Repository ${repository} keeps ${snapshotsLeft} more snapshots (its setting max_number_of_snapshots), and the safety backup needs ${needed}.`;
  return { message, remedy: `Delete snapshots in ${repository}, or raise that setting` };
};

/** One for each part that holds an index. */
const snapshotsNeeded = ({ backup }: PlanFacts, profile: Profile, toSave: readonly string[]): number =>
  safetyParts(profile, backup.indexPrefix, backup.backupId, backup.optimizeVersion, toSave).filter(
    ({ state }) => state !== 'EMPTY',
  ).length;
