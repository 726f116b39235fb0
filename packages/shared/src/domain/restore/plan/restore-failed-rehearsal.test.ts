import { describe, expect, it } from 'vitest';
import type { FailedRehearsal } from '../../backup/backup.ts';
import type { PlanFacts, RestoreRequest } from './plan-facts.ts';
import { ALERTS, clearFacts, inPlace } from './restore-plan.fixture.ts';
import { planRestore } from './restore-plan.ts';

const plan = (facts: Partial<PlanFacts> = {}, request: Partial<RestoreRequest> = {}) =>
  planRestore({ ...inPlace, ...request }, { ...clearFacts, ...facts }, (text) => text);
const there = { name: ALERTS, uuid: 'i1', open: true, primaries: 1, replicas: 0 };
const failedRehearsal = {
  ...{ operationId: 'rehearsal-1', at: '2026-03-01T12:00:00.000Z', only: [ALERTS] },
  reason: { code: 'RESTORE_SHARDS_FAILED', message: 'NoSuchFileException', data: {} },
};

describe('a rehearsal that could not read files of the snapshots', () => {
  const deleting = { deleteExisting: true };
  const facts = (of: Partial<FailedRehearsal>): Partial<PlanFacts> => ({
    backup: { ...clearFacts.backup, failedRehearsal: { ...failedRehearsal, ...of } },
    existing: [there],
  });
  const found = (seen: Partial<PlanFacts>, request: Partial<RestoreRequest>) => {
    const { blockers, warnings } = plan(seen, request);
    return [...blockers, ...warnings].map(({ code }) => code);
  };

  it('blocks a restore that deletes, until it is accepted; that is another plan', () => {
    const blocked = plan(facts({}), deleting);
    expect(blocked.blockers).toMatchObject([
      { code: 'REHEARSAL_FAILED', found: ['rehearsal-1'], remedy: expect.stringContaining('acceptFailedRehearsal') },
    ]);
    expect(blocked.blockers[0]?.message).toContain('NoSuchFileException');
    expect(blocked.warnings).toEqual([]);
    const accepted = plan(facts({}), { ...deleting, acceptFailedRehearsal: true });
    expect(accepted).toMatchObject({ blockers: [], warnings: [{ code: 'REHEARSAL_FAILED' }] });
    expect(plan({ existing: [there] }, deleting).planHash).not.toBe(
      plan({ existing: [there] }, { ...deleting, acceptFailedRehearsal: true }).planHash,
    );
  });

  it('says which indices it was of', () => {
    const { only: _, ...ofAll } = failedRehearsal;
    const all = { ...facts({}), backup: { ...clearFacts.backup, failedRehearsal: ofAll } };
    const messageOf = (of: Partial<FailedRehearsal>) => plan(facts(of), deleting).blockers[0]?.message;
    expect(plan(all, deleting).blockers[0]?.message).toContain('rehearsal-1 of all indices could not read files');
    expect(messageOf({})).toContain(`Rehearsal rehearsal-1 of ${ALERTS} could not read files`);
    expect(messageOf({ only: ['optimize-other_v1', ALERTS] })).toContain(`of optimize-other_v1, ${ALERTS} could not`);
  });

  it.each<[string, Partial<PlanFacts>, Partial<RestoreRequest>, readonly string[]]>([
    ['nothing is there', { ...facts({}), existing: [] }, deleting, ['REHEARSAL_FAILED']],
    ['nothing is deleted', { ...facts({}), existing: [] }, {}, ['REHEARSAL_FAILED']],
    [
      'it found something else',
      facts({ reason: { ...failedRehearsal.reason, code: 'RESTORE_DIFFERS' } }),
      deleting,
      [],
    ],
    ['it was of other indices', facts({ only: ['optimize-other_v1'] }), deleting, []],
    [
      'it is rehearsed again',
      { ...facts({}), existing: [] },
      { copy: true, rename: { pattern: '(.+)', replacement: 'x-$1' } },
      [],
    ],
  ])('does not block where %s', (_, seen, request, expected) => {
    const { blockers } = plan(seen, request);
    expect(blockers).toEqual([]);
    expect(found(seen, request)).toEqual(expected);
  });
});

it.each<[string, Partial<PlanFacts>]>([
  ['REPOSITORY_UNVERIFIED', { repository: { ...clearFacts.repository, unverified: 'No privilege.' } }],
  [
    'BACKUP_UNVERIFIED',
    { backup: { ...clearFacts.backup, repositoryCheck: { verified: false, reason: 'Node n2 left.' } } },
  ],
])('warns with %s', (code, facts) => {
  expect(plan(facts)).toMatchObject({ blockers: [], warnings: [{ code }] });
  expect(plan({ backup: { ...clearFacts.backup, repositoryCheck: { verified: true } } }).warnings).toEqual([]);
});
