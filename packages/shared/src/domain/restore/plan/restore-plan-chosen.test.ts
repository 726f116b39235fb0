import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanFacts, RestoreRequest } from './plan-facts.ts';
import { restoreOwnership } from './restore-ownership.ts';
import { ALERTS, clearFacts, inPlace, POSITIONS } from './restore-plan.fixture.ts';
import { planRestore } from './restore-plan.ts';

const digestOf = (text: string): string => text;
const codes = (found: readonly { readonly code: string }[]) => found.map(({ code }) => code);
const [first, second] = clearFacts.seen as [PlanFacts['seen'][number], PlanFacts['seen'][number]];
const there = (name: string): PlanFacts['existing'][number] => ({
  ...{ name, uuid: `uuid of ${name}`, open: true, primaries: 1, replicas: 0 },
});

const REPORTS = ['optimize-single-process-report_v10', 'optimize-dashboard_v6'];
const HELD = [ALERTS, ...REPORTS, 'optimize-process-definition_v6', 'optimize-metadata_v3', 'optimize-archive_v1'];
const OTHERS = ['optimize-collection_v5', 'optimize-unknown_v1', 'optimize-staging-metadata_v3'];
const facts: PlanFacts = {
  ...clearFacts,
  seen: [first, { ...second, indices: HELD }],
  existing: [POSITIONS, ...HELD, ...OTHERS].map(there),
  ownership: restoreOwnership('optimize', [POSITIONS, ...HELD], OTHERS),
};
const plan = (request: Partial<RestoreRequest>, more: Partial<PlanFacts> = {}) =>
  planRestore({ ...inPlace, ...request }, { ...facts, ...more }, digestOf);

it('of chosen indices restores and deletes none but these, whatever is there', () => {
  const request = fc.record({
    only: fc.subarray([POSITIONS, ...HELD], { minLength: 1 }),
    deleteExisting: fc.boolean(),
    acceptInconsistent: fc.boolean(),
    deleteUnknown: fc.subarray(['optimize-archive_v1', 'optimize-unknown_v1']),
    keepUnknown: fc.subarray(['optimize-archive_v1', 'optimize-unknown_v1']),
  });
  fc.assert(
    fc.property(request, fc.subarray(facts.existing.map(({ name }) => name)), (fields, names) => {
      const { restores, deletes, notRestored, parts, blockers } = plan(fields, { existing: names.map(there) });
      const isChosen = (name: string) => fields.only.includes(name);
      expect(deletes.every(({ index }) => isChosen(index) && names.includes(index))).toBe(true);
      expect([...restores, ...notRestored].map(({ index }) => index).sort()).toEqual(fields.only.toSorted());
      for (const { number, skipped = false } of parts)
        expect(skipped).toBe(restores.every(({ part }) => part !== number));
      for (const { code, found } of blockers)
        if (code === 'INDICES_PRESENT' || code === 'UNKNOWN_INDICES') expect(found.every(isChosen)).toBe(true);
    }),
  );
});

describe('a plan of chosen indices', () => {
  it('skips a part without any of them, whatever became of its snapshot', () => {
    const chosen = plan({ only: REPORTS }, { existing: [], seen: [{ ...second, indices: HELD }] });
    expect(chosen.blockers).toEqual([]);
    expect(chosen.parts).toMatchObject([{ number: 1, skipped: true }, { number: 2 }]);
    expect(codes(plan({}, { existing: [], seen: [second] }).blockers)).toContain('PART_MISSING');
  });

  it('asks about an unknown index only if it is chosen', () => {
    const deleting = { deleteExisting: true };
    expect(codes(plan(deleting).blockers)).toContain('UNKNOWN_INDICES');
    expect(codes(plan({ ...deleting, only: REPORTS }).blockers)).toEqual([]);
    const [blocker] = plan({ ...deleting, only: [POSITIONS, ...HELD] }).blockers;
    expect(blocker).toMatchObject({ code: 'UNKNOWN_INDICES', found: ['optimize-archive_v1'] });
  });

  it('has the consequence as a warning once it is accepted', () => {
    const request = { only: ['optimize-metadata_v3'], deleteExisting: true };
    expect(codes(plan(request).blockers)).toEqual(['INCONSISTENT_SELECTION']);
    const { blockers, warnings } = plan({ ...request, acceptInconsistent: true });
    expect(blockers).toEqual([]);
    expect(warnings.find(({ code }) => code === 'INCONSISTENT_SELECTION')?.message).toMatch(/schema version/);
  });

  it('does not fit an index that was made since the backup, and that "indices" cannot name', () => {
    const newer = 'optimize-process-instance-new_v8';
    const held = [...HELD.slice(0, 4), POSITIONS];
    const listed = [...held, newer, 'optimize-staging-process-instance-x_v8', 'optimize-staging-metadata_v3'];
    const more = { listed, existing: [], ownership: restoreOwnership('optimize', [POSITIONS, ...HELD], listed) };
    const pair = [POSITIONS, 'optimize-process-definition_v6'];
    const [blocker] = plan({ only: pair, deleteExisting: true }, more).blockers;
    expect(blocker).toMatchObject({
      ...{ code: 'INCONSISTENT_SELECTION', found: pair, data: { add: [], stay: [newer] } },
      message: expect.stringContaining('imported twice'),
      remedy: expect.stringContaining(`fits them: ${newer}. Restore a complete backup without "indices"`),
    });
    expect(plan({ only: pair }, { ...more, listed: held }).blockers).toEqual([]);
    expect(plan({ only: REPORTS }, more).blockers).toEqual([]);
  });

  it('is not checked under other names or in a rehearsal: nothing is mixed', () => {
    const rename = { pattern: '^(.+)$', replacement: 'copy-$1' };
    for (const copy of [false, true])
      expect(plan({ only: ['optimize-metadata_v3'], rename, copy }, { existing: [] }).blockers).toEqual([]);
  });

  it('has another hash where other indices are chosen, and the same in another order', () => {
    const hash = (only: readonly string[]) => plan({ only }).planHash;
    expect(hash(REPORTS)).toBe(hash(REPORTS.toReversed()));
    expect(hash(REPORTS)).not.toBe(hash([ALERTS]));
  });

  it('counts too many indices to list by what they hold', () => {
    const many = Array.from({ length: 150 }, (_, at) => `optimize-process-instance-p${at}_v8`);
    const held = [...HELD, ...many];
    const [blocker] = plan(
      { only: [POSITIONS] },
      {
        existing: [],
        seen: [first, { ...second, indices: held }],
        ownership: restoreOwnership('optimize', [POSITIONS, ...held], []),
      },
    ).blockers;
    expect(blocker?.remedy).toContain('Add the 151 other indices of its positions and imported data');
    expect(blocker?.data?.add).toHaveLength(151);
  });
});
