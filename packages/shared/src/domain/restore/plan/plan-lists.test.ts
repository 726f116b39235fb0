import { describe, expect, it } from 'vitest';
import { type ListedPlan, PLAN_LISTS, type PlanList, planCounts, planPage } from './plan-lists.ts';
import { clearFacts, inPlace } from './restore-plan.fixture.ts';
import { planRestore } from './restore-plan.ts';

const named = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${prefix}-${String(at).padStart(4, '0')}`);

const listed: ListedPlan = {
  plan: {
    ...planRestore(inPlace, clearFacts, () => 'hash'),
    deletes: named('deleted', 25).map((index) => ({ index, uuid: `uuid-${index}`, operations: 1 })),
    restores: [1, 2, 10].flatMap((part) =>
      named('restored', 9).map((index) => ({ part, index, as: index, documents: 1, bytes: 1 })),
    ),
    notRestored: named('left', 3).map((index) => ({ index, why: 'kept' })),
  },
  keep: named('kept', 10).map((index) => ({ index, class: 'known' })),
};

const allPages = (list: PlanList, limit: number): readonly unknown[][] => {
  const pages: unknown[][] = [];
  let after: string | undefined;
  do {
    const { items, next } = planPage(listed, list, after, limit);
    pages.push([...items]);
    after = next;
  } while (after !== undefined);
  return pages;
};

describe('the pages of a plan', () => {
  it.each(PLAN_LISTS)('hold every entry of %s once, in order', (list) => {
    const { delete: deletes, restore, keep, notRestored } = planCounts(listed);
    expect({ deletes, restore, keep, notRestored }).toEqual({ deletes: 25, restore: 27, keep: 10, notRestored: 3 });
    const complete = planPage(listed, list, undefined, 1_000).items;
    expect(complete).toHaveLength(planCounts(listed)[list]);
    for (const limit of [1, 4, 5, 25, 27]) expect(allPages(list, limit).flat()).toEqual(complete);
  });

  it('end with a full page where it is the last one', () => {
    expect(allPages('delete', 5).map(({ length }) => length)).toEqual([5, 5, 5, 5, 5]);
    expect(allPages('keep', 20).map(({ length }) => length)).toEqual([10]);
  });

  it('list part 2 before part 10', () => {
    expect(planPage(listed, 'restore', undefined, 100).items.map(({ part }) => part)).toEqual([
      ...Array(9).fill(1),
      ...Array(9).fill(2),
      ...Array(9).fill(10),
    ]);
  });

  it('continue behind an entry that has gone meanwhile', () => {
    const fewer = { ...listed, keep: listed.keep.filter(({ index }) => index !== 'kept-0003') };
    expect(planPage(fewer, 'keep', 'kept-0003', 2).items.map(({ index }) => index)).toEqual(['kept-0004', 'kept-0005']);
  });
});
