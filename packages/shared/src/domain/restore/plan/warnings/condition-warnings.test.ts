import { describe, expect, it } from 'vitest';
import type { PlanFacts } from '../plan-facts.ts';
import { ALERTS, clearFacts, inPlace, POSITIONS } from '../restore-plan.fixture.ts';
import { conditionWarnings } from './condition-warnings.ts';

const existing = [{ name: ALERTS, uuid: 'i1', open: true, primaries: 1, replicas: 0 }];
const warnings = (conditions: Partial<PlanFacts['conditions']>, deleteExisting = true) =>
  conditionWarnings(
    { ...inPlace, deleteExisting },
    { ...clearFacts, existing, conditions: { ...clearFacts.conditions, ...conditions } },
  );

describe('conditions of the cluster', () => {
  it.each<[string, Partial<PlanFacts['conditions']>, string]>([
    ['settings', { settings: undefined }, 'the settings of the cluster'],
    ['blocks', { indexBlocks: undefined }, 'the blocks of indices'],
    ['red indices', { redIndices: undefined }, 'which indices are red'],
  ])('that the engine does not report are one warning, also where indices are deleted: %s', (_, lacking, what) => {
    expect(warnings(lacking)).toEqual([
      { code: 'CONDITIONS_UNKNOWN', message: `The engine does not report ${what}: that was not checked.` },
    ]);
  });

  it('count the red indices that stay', () => {
    const messageOf = (...redIndices: readonly string[]) => warnings({ redIndices }).map(({ message }) => message);
    expect(messageOf(POSITIONS, ALERTS)).toEqual([
      `1 red index is not deleted by this restore; a primary shard of each is not assigned: ${POSITIONS}.`,
    ]);
    expect(messageOf(POSITIONS, 'other')).toEqual([expect.stringMatching(/^2 red indices are not deleted/)]);
  });

  it('of a full disk are a warning only for what is deleted', () => {
    const indexBlocks = new Map([[ALERTS, ['read_only_allow_delete']]]);
    expect(warnings({ indexBlocks }).map(({ code }) => code)).toEqual(['READ_ONLY_ALLOW_DELETE']);
    expect(warnings({ indexBlocks }, false)).toEqual([]);
  });
});
