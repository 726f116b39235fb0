import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NAMES, toAll, toIndices, toRepositories } from './changed-world.fixture.ts';
import { ALERTS, type PlannedWorld, POSITIONS, plannedWorld, REPOSITORY, SAFE } from './planned-world.fixture.ts';

/* A plan without blockers runs: whatever the API or a worker checks is in the plan. The world is drawn at random and stands still between the plan
 * and the end of the run; no shard of it fails. */

const keysOf = <T extends object>(table: T) => Object.keys(table) as (keyof T)[];

const change = fc.oneof(
  { weight: 5, arbitrary: fc.record({ index: fc.constantFrom(...NAMES), is: fc.constantFrom(...keysOf(toIndices)) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      repository: fc.constantFrom(REPOSITORY, SAFE),
      is: fc.constantFrom(...keysOf(toRepositories)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ all: fc.constantFrom(...keysOf(toAll)) }) },
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** What cannot happen, as a change of what was removed before it, does not. */
const happen = async (world: PlannedWorld, event: Change): Promise<void> => {
  try {
    if ('index' in event) await toIndices[event.is](world, event.index);
    else if ('repository' in event) await toRepositories[event.is](world, event.repository);
    else await toAll[event.all](world);
  } catch (error) {
    if (isFailure(error) || !IMPOSSIBLE.test(String(error))) throw error;
  }
};
const IMPOSSIBLE = /There is no (index|repository|snapshot)|is blocked by/;

/** A red index is made by a restore of the fixture's, so that the privilege to restore is withheld last. */
const inOrder = (events: readonly Change[]): readonly Change[] => {
  const isLast = (event: Change) => Number('all' in event && event.all === 'nothing may be restored');
  return events.toSorted((one, other) => isLast(one) - isLast(other));
};

const configured = fc.record({ knowsVersion: fc.boolean(), repository: fc.constantFrom(undefined, REPOSITORY, SAFE) });

const RENAMED = { target: { renamePattern: '^(.+)$', renameReplacement: 'x-$1' } };

const wish = fc
  .record({
    target: fc.constantFrom({}, {}, RENAMED),
    deleteExisting: fc.constantFrom(true, true, false),
    acceptUnsaved: fc.constantFrom({}, {}, { acceptUnsaved: NAMES }),
    chosen: fc.constantFrom({}, {}, { indices: [ALERTS] }, { indices: [POSITIONS] }),
    dropAllocation: fc.boolean(),
  })
  .map(({ target, acceptUnsaved, chosen, ...flags }) => ({ ...flags, ...target, ...acceptUnsaved, ...chosen }));

const ofRun = fc.record({ rollback: fc.boolean(), restoreTemplates: fc.boolean() });
const kind = fc.constantFrom('restore', 'restore', 'restore', 'restore', 'rehearsal');

const LISTS = ['deleteUnknown', 'keepUnknown'] as const;
type List = (typeof LISTS)[number];

/** What remedies name, with the values that they give; of the two lists for the same names, one. */
const fieldsIn = (remedies: readonly string[], list: List): object => {
  const found = remedies.flatMap((remedy) => [...remedy.matchAll(/"(\w+)": (true|"[^"]*"|\[[^\]]*\])/g)]);
  const kept = found.filter(([, field]) => field === list || !LISTS.some((other) => other === field));
  return Object.fromEntries(kept.map(([, field = '', value = '']) => [field, JSON.parse(value)]));
};

/** Plans again with what the remedies ask for, as an operator would. */
const reviewed = async (world: PlannedWorld, first: object, list: List) => {
  let fields = first;
  let plan = await world.plan(fields);
  for (let round = 0; round < 3 && plan.blockers.length > 0; round += 1) {
    const remedies = plan.blockers.map(({ remedy }) => remedy);
    fields = { ...fields, ...fieldsIn(remedies, list) };
    plan = await world.plan(fields);
  }
  return { fields, plan };
};

const counts = { restores: 0, runs: 0, deleting: 0, saving: 0, rehearsals: 0, blocked: 0 };

type Asked = { readonly first: object; readonly list: List; readonly rest: object };

const restoreOrBlock = async (world: PlannedWorld, { first, list, rest }: Asked): Promise<void> => {
  const { fields, plan } = await reviewed(world, first, list);
  const answer = world.request({ ...fields, ...rest }, plan.planHash);
  if (plan.blockers.length > 0) {
    counts.blocked += 1;
    await expect(answer).rejects.toMatchObject({ code: 'RESTORE_BLOCKED' });
    return;
  }
  const { state, safetyBackupId } = await answer;
  expect(state).toBe('QUEUED');
  counts.restores += 1;
  counts.deleting += Number(plan.deletes.length > 0);
  counts.saving += Number(safetyBackupId !== null);
  await runs(world, plan);
};

const rehearseOrBlock = async (world: PlannedWorld): Promise<void> => {
  try {
    const accepted = await world.rehearse({});
    counts.rehearsals += 1;
    await runs(world, accepted);
  } catch (error) {
    if (!isFailure(error, 'RESTORE_BLOCKED')) throw error;
    counts.blocked += 1;
  }
};

type Warned = { readonly warnings: readonly { readonly code: string }[] };

/** What a managed service does not tell may be in the way, as the plan says. */
const runs = async (world: PlannedWorld, { warnings }: Warned): Promise<void> => {
  const codes = warnings.map(({ code }) => code);
  if (codes.includes('CAPACITY_UNKNOWN') || codes.includes('CONDITIONS_UNKNOWN')) return;
  expect(await world.run()).toEqual({ state: 'SUCCEEDED', failure: undefined });
  counts.runs += 1;
};

const RUNS = 300;

it('a plan without blockers is accepted at once, and its run is refused nothing', async () => {
  const changes = fc.array(change, { maxLength: 4 });
  const asked = fc.record({ first: wish, list: fc.constantFrom(...LISTS), rest: ofRun });
  await fc.assert(
    fc.asyncProperty(configured, changes, kind, asked, async (settings, some, what, fields) => {
      const world = await plannedWorld(settings);
      for (const event of inOrder(some)) await happen(world, event);
      await (what === 'rehearsal' ? rehearseOrBlock(world) : restoreOrBlock(world, fields));
    }),
    { numRuns: RUNS },
  );
  // so that it never holds because everything is blocked
  expect(counts.restores).toBeGreaterThan(RUNS / 4);
  expect(counts.deleting).toBeGreaterThan(RUNS / 8);
  expect(counts.saving).toBeGreaterThan(RUNS / 16);
  expect(counts.rehearsals).toBeGreaterThan(RUNS / 16);
  expect(counts.runs).toBeGreaterThan(RUNS / 4);
}, 180_000);
