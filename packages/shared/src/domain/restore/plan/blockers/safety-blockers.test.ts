import { describe, expect, it } from 'vitest';
import type { PlanFacts, RestoreRequest, SafetyRepository } from '../plan-facts.ts';
import { ALERTS, clearFacts, inPlace, POSITIONS } from '../restore-plan.fixture.ts';
import { planRestore } from '../restore-plan.ts';

const index = (name: string) => ({ name, uuid: `u-${name}`, open: true, primaries: 1, replicas: 0 });
const existing = [ALERTS, POSITIONS].map(index);
const deleting: RestoreRequest = { ...inPlace, deleteExisting: true };
const plan = (facts: Partial<PlanFacts>, request: Partial<RestoreRequest> = {}) =>
  planRestore({ ...deleting, ...request }, { ...clearFacts, existing, ...facts }, (text) => text);
const saving = (is: Partial<SafetyRepository>): Partial<PlanFacts> => ({
  saving: { repository: 'backups', trouble: undefined, snapshotsLeft: undefined, ...is },
});
const red = (...redIndices: readonly string[]) => ({ conditions: { ...clearFacts.conditions, redIndices } });
const accept = (...names: readonly string[]) => `"acceptUnsaved": ${JSON.stringify(names)}`;

const changed = {
  location: { clusterUuid: 'cluster', repository: 'backups', repositoryUuid: 'repository' },
  ...{ missing: 2, settings: 'changed' as const },
};
const readOnly = saving({ trouble: 'It is read-only: its type is url.' });

describe('an index that would be deleted and cannot be saved', () => {
  it.each<[string, Partial<PlanFacts>, readonly string[], string, string]>([
    ['is red', red(POSITIONS), [POSITIONS], 'not assigned', `Recover them, or accept`],
    [
      'would be saved in a repository that cannot be written',
      readOnly,
      [ALERTS, POSITIONS],
      'No safety backup can be taken in repository backups. It is read-only: its type is url.',
      'Make repository backups writable; or accept',
    ],
    [
      'would be saved in a repository that takes too few snapshots',
      saving({ snapshotsLeft: 1 }),
      [ALERTS, POSITIONS],
      'Repository backups keeps 1 more snapshots (its setting max_number_of_snapshots), and the safety backup needs 2.',
      'Delete snapshots in backups, or raise that setting; or accept',
    ],
    [
      'would be saved in a repository that the engine does not know',
      saving({ repository: 'safe', trouble: 'no such repository.' }),
      [ALERTS, POSITIONS],
      'in repository safe. no such repository.',
      'Make repository safe writable; or accept',
    ],
    [
      'would be saved in a repository that is recorded as another one',
      saving({ changed }),
      [ALERTS, POSITIONS],
      'No safety backup is accepted into repository backups. The repository does not match the recorded one',
      'or accept the current one (POST /api/v1/repositories/backups/accept); or accept',
    ],
    [
      'would be saved by a profile that is not known',
      { backup: { ...clearFacts.backup, profile: 'other' } },
      [ALERTS, POSITIONS],
      'does not know the profile other',
      'Plan with the version that took the backup; or accept',
    ],
  ])('blocks where it %s, until acceptUnsaved names it', (_, facts, found, message, remedy) => {
    const { blockers } = plan(facts);
    expect(blockers).toMatchObject([{ code: 'INDICES_UNSAVABLE', found }]);
    expect(blockers[0]?.message).toContain(message);
    expect(blockers[0]?.remedy).toContain(remedy);
    expect(blockers[0]?.remedy).toContain(accept(...found));
    expect(blockers[0]?.message).not.toContain('not assigned of');
    expect(plan(facts, { acceptUnsaved: found }).blockers).toEqual([]);
  });

  it('has all names accepted, not some, where the repository takes nothing', () => {
    expect(plan(readOnly, { acceptUnsaved: [ALERTS] }).blockers).toMatchObject([{ found: [POSITIONS] }]);
  });

  it('is one blocker, with the red ones named, where both the repository and some indices are in the way', () => {
    const { blockers } = plan({ ...readOnly, ...red(POSITIONS) });
    expect(blockers).toMatchObject([{ code: 'INDICES_UNSAVABLE', found: [ALERTS, POSITIONS] }]);
    expect(blockers[0]?.message).toContain(`A primary shard is not assigned of ${POSITIONS}.`);
  });

  it('has a remedy that can be copied as it is: with what was accepted before, without what is gone', () => {
    const [blocker] = plan(red(ALERTS, POSITIONS), { acceptUnsaved: [POSITIONS, 'gone'] }).blockers;
    expect(blocker?.found).toEqual([ALERTS]);
    expect(blocker?.remedy).toContain(accept(ALERTS, POSITIONS));
  });

  it('needs one snapshot for each part that holds an index which is neither accepted nor red', () => {
    const one = saving({ snapshotsLeft: 1 });
    expect(plan(one, { acceptUnsaved: [POSITIONS] }).blockers).toEqual([]);
    expect(plan({ ...one, ...red(POSITIONS) }).blockers).toMatchObject([{ found: [POSITIONS] }]);
    expect(plan(saving({ snapshotsLeft: 0 }), { acceptUnsaved: [ALERTS] }).blockers).toMatchObject([
      { found: [POSITIONS] },
    ]);
    expect(plan(saving({ snapshotsLeft: 2 })).blockers).toEqual([]);
  });

  it('is nobody’s concern where nothing is deleted, or the safety backup has been taken', () => {
    expect(plan({ ...readOnly, existing: [] }).blockers).toEqual([]);
    expect(plan({ ...readOnly, existing: [] }, { deleteExisting: false }).blockers).toEqual([]);
    expect(plan({ saving: undefined }).blockers).toEqual([]);
    expect(plan({ ...readOnly, ...red(ALERTS) }, { deleteExisting: false }).blockers.map(({ code }) => code)).toEqual([
      'INDICES_PRESENT',
    ]);
  });

  it('stays behind where the repository of the backup itself cannot be used, which nobody can accept', () => {
    const unusable = { repository: { ...clearFacts.repository, trouble: 'its folder is gone' } };
    const gone = { ...unusable, ...saving({ trouble: 'its folder is gone' }) };
    expect(plan(gone, { acceptUnsaved: [ALERTS, POSITIONS] }).blockers).toMatchObject([
      { code: 'REPOSITORY_UNAVAILABLE' },
    ]);
    expect(plan(gone).blockers.map(({ code }) => code)).toEqual(['REPOSITORY_UNAVAILABLE']);
    const other = { ...unusable, ...saving({ repository: 'safe', trouble: 'full' }) };
    expect(plan(other).blockers.map(({ code }) => code)).toEqual(['REPOSITORY_UNAVAILABLE', 'INDICES_UNSAVABLE']);
  });
});

it('warns that a repository can be read and not be written', () => {
  const { blockers, warnings } = plan({
    existing: [],
    repository: { ...clearFacts.repository, unwritable: 'It is read-only: its type is url.' },
  });
  expect(blockers).toEqual([]);
  expect(warnings).toEqual([
    {
      code: 'REPOSITORY_NOT_WRITABLE',
      message: 'Repository backups can be read, and no backup can be taken into it. It is read-only: its type is url.',
    },
  ]);
});
