import { describe, expect, it } from 'vitest';
import type { PlanFacts, RestoreRequest } from './plan-facts.ts';
import { restoreOwnership } from './restore-ownership.ts';
import { ALERTS, clearFacts, inPlace, POSITIONS } from './restore-plan.fixture.ts';
import { planRestore } from './restore-plan.ts';

const plan = (facts: Partial<PlanFacts> = {}, request: Partial<RestoreRequest> = {}) =>
  planRestore({ ...inPlace, ...request }, { ...clearFacts, ...facts }, (text) => text);

const REPORTS = 'optimize-single-process-report_v2';
const FOREIGN = 'optimize-zeebe-record_x';
const [first, second] = clearFacts.seen as [PlanFacts['seen'][number], PlanFacts['seen'][number]];
/** The snapshot of the second part holds these. */
const holding = (...indices: readonly string[]): Partial<PlanFacts> => ({
  seen: [first, { ...second, indices }],
  ownership: restoreOwnership('optimize', [POSITIONS, ...indices], []),
});
const manifest = (...figures: readonly { readonly name: string; readonly documents: number }[]) => ({
  ...{ shapes: [], templates: '' },
  figures: figures.map((one) => ({ ...one, operations: 1, primaryBytes: 10 * one.documents })),
});

describe('what a plan restores', () => {
  it('is what the snapshots hold and is not of somebody else, who is named', () => {
    const { restores, notRestored, warnings } = plan(holding(ALERTS, FOREIGN));
    expect(restores.map(({ index }) => index)).toEqual([POSITIONS, ALERTS]);
    expect(notRestored).toEqual([{ index: FOREIGN, why: 'otherComponent' }]);
    expect(warnings).toContainEqual({
      code: 'NOT_RESTORED',
      message: expect.stringContaining(`not restored: ${FOREIGN} (otherComponent).`),
    });
  });

  it('is the same plan in whatever order the engine lists the indices', () => {
    const one = plan(holding(ALERTS, REPORTS));
    const other = plan(holding(REPORTS, ALERTS));
    expect(other.restores).toEqual(one.restores);
    expect(other.planHash).toBe(one.planHash);
  });

  it('holds the documents and bytes that the newer manifest recorded, or else the older', () => {
    const before = manifest({ name: ALERTS, documents: 5 }, { name: REPORTS, documents: 7 });
    const after = manifest({ name: ALERTS, documents: 6 });
    const { restores } = plan({
      ...holding(ALERTS, REPORTS),
      manifests: new Map([...clearFacts.manifests, [2, { before, after }]]),
    });
    expect(restores.slice(1)).toMatchObject([
      { index: ALERTS, documents: 6, bytes: 60 },
      { index: REPORTS, documents: 7, bytes: 70 },
    ]);
  });
});

describe('the figures of a plan', () => {
  it('are totals, and a time as restores took before', () => {
    expect(plan()).toMatchObject({ documents: 8, bytes: 1_500, estimatedDurationMs: 15_000 });
    expect(plan({ bytesPerSecond: 1_000 }).estimatedDurationMs).toBe(1_500);
  });

  it('are not known where they are not known of each index', () => {
    const unknown = { documents: null, bytes: null, estimatedDurationMs: null };
    expect(plan({ manifests: new Map() })).toMatchObject(unknown);
    for (const part of [1, 2]) {
      const manifests = new Map([...clearFacts.manifests].filter(([number]) => number !== part));
      expect(plan({ manifests })).toMatchObject(unknown);
    }
  });

  it('are without a time where no restore was timed', () => {
    expect(plan({ bytesPerSecond: undefined })).toMatchObject({ bytes: 1_500, estimatedDurationMs: null });
  });
});

it('plans the templates where the backup has them', () => {
  const templates = { missing: ['index/optimize-alert'], changed: [], leftOut: [] };
  expect(plan({ templates }).templates).toEqual(templates);
  expect(plan().templates).toBeNull();
});

describe('what a plan deletes', () => {
  const there = [ALERTS, REPORTS].map((name) => ({ name, uuid: `u-${name}`, open: true, primaries: 1, replicas: 0 }));

  it('is warned of where its writes cannot be measured', () => {
    const given = { existing: there, ownership: restoreOwnership('optimize', [POSITIONS, ALERTS], [REPORTS]) };
    const { deletes, warnings } = plan(given, { deleteExisting: true });
    expect(deletes).toEqual([
      { index: ALERTS, uuid: `u-${ALERTS}`, operations: 5 },
      { index: REPORTS, uuid: `u-${REPORTS}`, operations: null },
    ]);
    expect(warnings).toMatchObject([
      { code: 'DELETES_UNMEASURED', message: expect.stringMatching(new RegExp(`started: ${REPORTS}\\.$`)) },
    ]);
    expect(plan({ ...given, existing: there.slice(0, 1) }, { deleteExisting: true }).warnings).toEqual([]);
  });
});
