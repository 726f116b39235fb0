import { describe, expect, it } from 'vitest';
import type { PlanFacts, PlannedIndex } from '../plan-facts.ts';
import { ALERTS, clearFacts, POSITIONS, withShape } from '../restore-plan.fixture.ts';
import { indexVersionBlockers } from './index-version-blockers.ts';

const restored = (part: number, index: string): PlannedIndex => ({
  ...{ part, index, as: index, documents: null, bytes: null },
});
const all = [restored(1, POSITIONS), restored(2, ALERTS)];
const engine = (kind: 'elasticsearch' | 'opensearch', major: number, newestReadable: number): Partial<PlanFacts> => ({
  engine: { clusterUuid: 'cluster', kind, major, newestReadable },
});
const nine = engine('elasticsearch', 9, 9_111_000);
const createdBy7 = withShape(ALERTS, { createdVersion: 7_172_999 });
const found = (facts: Partial<PlanFacts>, restores: readonly PlannedIndex[] = all) =>
  indexVersionBlockers({ ...clearFacts, ...facts }, restores).flatMap((blocker) => blocker.found);

describe('the versions that created the indices of a backup', () => {
  it.each<[string, Partial<PlanFacts>, readonly string[]]>([
    ['read by 8', createdBy7, []],
    ['not read by 9', { ...createdBy7, ...nine }, [`${ALERTS} (created by Elasticsearch 7.17.29)`]],
    [
      'not read by OpenSearch',
      engine('opensearch', 2, 136_408_227),
      [POSITIONS, ALERTS].map((name) => `${name} (created by Elasticsearch 8.19.9)`),
    ],
    ['not recorded', { manifests: new Map(), ...nine }, []],
  ])('%s', (_, facts, expected) => {
    expect(found(facts)).toEqual(expected);
  });

  it('matter only for those that are to be restored', () => {
    expect(found({ ...createdBy7, ...nine }, [restored(1, POSITIONS)])).toEqual([]);
  });
});
