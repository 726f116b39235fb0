import { describe, expect, it } from 'vitest';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { ALERTS, clearFacts, inPlace, POSITIONS, withShape } from '../restore-plan.fixture.ts';
import { versionWarnings } from '../warnings/version-warnings.ts';
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
  indexVersionBlockers(inPlace, { ...clearFacts, ...facts }, restores).flatMap((blocker) => blocker.found);

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

describe('versions of indices that were not recorded', () => {
  const there = [{ name: ALERTS, uuid: 'i', open: true, primaries: 1, replicas: 0 }];
  const unrecorded: Partial<PlanFacts> = { ...nine, manifests: new Map(), existing: there };
  const deleting: Partial<RestoreRequest> = { deleteExisting: true };
  const takenBy = (versionId: number | undefined): Partial<PlanFacts> => ({
    seen: clearFacts.seen.map((snapshot) => ({ ...snapshot, versionId })),
  });
  const accepting = { ...deleting, acceptUnknownVersions: true };

  it.each<[string, Partial<PlanFacts>, Partial<RestoreRequest>, 'blocked' | 'warned' | 'clear']>([
    ['block what deletes, in 9 for a snapshot of 8', unrecorded, deleting, 'blocked'],
    ['warn where that was accepted', unrecorded, accepting, 'warned'],
    ['warn where nothing is there to delete', { ...unrecorded, existing: [] }, deleting, 'warned'],
    ['warn where nothing is deleted', unrecorded, {}, 'warned'],
    ['are nothing to 8 itself', { manifests: new Map(), existing: there }, deleting, 'clear'],
    ['are nothing where the snapshot is of 9 too', { ...unrecorded, ...takenBy(9_111_000) }, deleting, 'clear'],
    ['are nothing where the snapshot cannot be read', { ...unrecorded, ...takenBy(7_172_999) }, deleting, 'clear'],
    [
      'are nothing where the version of the snapshot is not known',
      { ...unrecorded, ...takenBy(undefined) },
      deleting,
      'clear',
    ],
    ['are nothing where all were recorded', { ...nine, existing: there }, deleting, 'clear'],
  ])('%s', (_, some, more, expected) => {
    const [facts, request] = [
      { ...clearFacts, ...some },
      { ...inPlace, ...more },
    ];
    const blockers = indexVersionBlockers(request, facts, all);
    const warnings = versionWarnings(request, facts, all);
    const code = 'INDEX_VERSIONS_UNKNOWN';
    expect(blockers).toMatchObject(expected === 'blocked' ? [{ code, found: [POSITIONS, ALERTS] }] : []);
    expect(warnings).toMatchObject(
      expected === 'warned' ? [{ code, message: expect.stringContaining(`${POSITIONS}, ${ALERTS}`) }] : [],
    );
  });
});
