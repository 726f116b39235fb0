import { expect, it } from 'vitest';
import { type PlannedRequest, planDifference } from './plan-difference.ts';
import { clearFacts, inPlace as request } from './restore-plan.fixture.ts';
import { planRestore } from './restore-plan.ts';

const plan = planRestore(request, clearFacts, (text) => text);
const of = (more: object, facts: object = {}): PlannedRequest => ({
  request: { ...request, ...more },
  plan: { ...plan, ...facts },
});

it('names each option that was sent otherwise than planned, and nothing that is the same', () => {
  const reviewed = of({ deleteExisting: true, deleteUnknown: ['b', 'a'], acceptVersion: undefined });
  const sent = of({ deleteExisting: false, deleteUnknown: ['a', 'b'], acceptVersion: '3.9.0', keepUnknown: ['c'] });
  expect(planDifference(reviewed, sent)).toEqual({
    options: [
      'deleteExisting: planned true, sent false',
      'acceptVersion: planned null, sent "3.9.0"',
      'keepUnknown: planned [], sent ["c"]',
    ],
    facts: [],
    more: 0,
  });
});

it('names what is new, and what is gone', () => {
  const before = {
    parts: [{ number: 1, snapshot: 'one', uuid: 'u1' }],
    restores: [{ index: 'a', as: 'a' }],
    deletes: [{ index: 'b', uuid: 'u2', operations: 7 }],
  };
  const after = {
    parts: [{ number: 1, snapshot: 'one', uuid: null }],
    restores: [{ index: 'a', as: 'copy-a' }],
    deletes: [],
  };
  expect(planDifference(of({}, before), of({}, after))).toEqual({
    options: [],
    facts: [
      'new: snapshot one (uuid none)',
      'new: restore of a as copy-a',
      'gone: snapshot one (uuid u1)',
      'gone: deletion of b (uuid u2, operations 7)',
      'gone: restore of a as a',
    ],
    more: 0,
  });
  expect(planDifference(of({}, before), of({}, before)).facts).toEqual([]);
});

it('lists at most 20 facts, blockers first, and counts the others', () => {
  const deletes = Array.from({ length: 30 }, (_, at) => ({ index: `i-${at}`, uuid: 'u', operations: null }));
  const found = Array.from({ length: 25 }, (_, at) => `x-${at}`);
  const { facts, more } = planDifference(of({}), of({}, { deletes, blockers: [{ code: 'B', found }] }));
  expect(facts).toHaveLength(20);
  expect(facts[0]).toMatch(/^new: blocker B: x-0, .* and 5 more$/);
  expect(facts[1]).toBe('new: deletion of i-0 (uuid u, operations unmeasured)');
  expect(more).toBe(11);
});

it('names no option as changed that is left out where it was sent with its default', () => {
  const { acceptUnsaved: _, ...without } = request;
  const reviewed = { request: without, plan };
  expect(planDifference(reviewed, of({ acceptUnsaved: [] })).options).toEqual([]);
});
