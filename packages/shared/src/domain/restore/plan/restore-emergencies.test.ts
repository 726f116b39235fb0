import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PlanRequest } from '../../../contract/restores.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { indicesToSave } from '../safety-backup.ts';
import type { PlanFacts, RestoreRequest, SafetyRepository } from './plan-facts.ts';
import { restoreOwnership } from './restore-ownership.ts';
import { clearFacts, dataNode, inPlace } from './restore-plan.fixture.ts';
import { planRestore } from './restore-plan.ts';

/* A restore must be possible in exactly the emergencies that it is for: whatever is lost, red, unreadable or unsavable, what its blockers
 * ask for are fields of the request, ready to copy. */

const SAVED = ['optimize-import-index_v3', 'optimize-metadata_v7', 'optimize-alert_v4', 'optimize-dashboard_v6'];
/** In the engine alone: ours, and two that only an operator can tell about. */
const NEW = ['optimize-process-instance-invoice_v8', 'optimize-new_v1', 'optimize-newer_v1'];
const ALL = [...SAVED, ...NEW];

const backup = {
  ...clearFacts.backup,
  parts: clearFacts.backup.parts.map((part, at) => ({
    ...part,
    indices: SAVED.filter((name) => name.includes('import') === (at === 0)),
  })),
};
const seen = clearFacts.seen.map((snapshot, at) => ({ ...snapshot, indices: backup.parts[at]?.indices ?? [] }));

const someOf = (names: readonly string[]) => fc.subarray([...names]);

const saving: fc.Arbitrary<SafetyRepository> = fc.record({
  repository: fc.constantFrom('backups', 'safe'),
  trouble: fc.constantFrom(undefined, 'It is read-only: its type is url.', 'no space left on device'),
  snapshotsLeft: fc.constantFrom(undefined, 0, 1, 2),
});

const emergency = fc
  .record({
    there: someOf(ALL),
    red: someOf(ALL),
    unmeasured: someOf(ALL),
    closed: someOf(ALL),
    saving,
    runningVersion: fc.constantFrom(undefined, '3.9.0', '3.10.0'),
    freeBytes: fc.constantFrom(1, 1_000_000),
  })
  .map(({ there, red, unmeasured, closed, runningVersion, freeBytes, ...rest }): PlanFacts => {
    const existing = there.map((name) => ({
      ...{ name, uuid: `u-${name}`, open: !closed.includes(name), primaries: 1, replicas: 0 },
    }));
    const measured = there.filter((name) => !unmeasured.includes(name) && !red.includes(name));
    return {
      ...clearFacts,
      ...{ ...rest, backup, seen, existing },
      ownership: restoreOwnership('optimize', SAVED, there),
      operations: new Map(measured.map((name) => [name, 7])),
      conditions: { ...clearFacts.conditions, redIndices: red.filter((name) => there.includes(name)) },
      runningVersion: runningVersion === undefined ? undefined : { version: runningVersion, source: 'the engine' },
      capacity: { ...clearFacts.capacity, nodes: [{ ...dataNode, freeBytes }] },
    };
  });

/** What was decided about these indices before, in an earlier plan. */
const decided = fc.record({
  acceptUnsaved: fc.option(someOf(ALL), { nil: undefined }),
  unknown: fc.constantFrom('deleteUnknown', 'keepUnknown', 'none'),
});

type Fields = Readonly<Record<string, unknown>>;

/** Each field of the request that a remedy names, with the value that it gives; of two for the same names, one. */
const fieldsIn = (remedy: string, prefers: string): Fields => {
  const found = [...remedy.matchAll(/"(\w+)": (true|"[^"]*"|\[[^\]]*\])/g)].map(
    ([, field = '', value = '']) => [field, JSON.parse(value)] as const,
  );
  const others = prefers === 'keepUnknown' ? 'deleteUnknown' : 'keepUnknown';
  const all = Object.fromEntries(found);
  return Object.fromEntries(found.filter(([field]) => field !== others || !(prefers in all)));
};

const { backupId: _, target: __, ...options } = PlanRequest.shape;

it('has only blockers whose remedies can be followed by fields of the request, and then runs', () => {
  fc.assert(
    fc.property(emergency, decided, fc.constantFrom('deleteUnknown', 'keepUnknown'), (facts, before, prefers) => {
      const unknown = facts.existing.map(({ name }) => name).find((name) => name.startsWith('optimize-new'));
      let request: RestoreRequest = {
        ...inPlace,
        deleteExisting: before.unknown === 'deleteUnknown',
        ...omitUndefined({ acceptUnsaved: before.acceptUnsaved }),
        ...(before.unknown === 'none' || unknown === undefined ? {} : { [before.unknown]: [unknown] }),
      };
      const plan = () => planRestore(request, facts, (text) => text);
      for (let round = 0; round < 4 && plan().blockers.length > 0; round += 1) {
        for (const { code, remedy } of plan().blockers) {
          const fields = fieldsIn(remedy, prefers);
          expect(Object.keys(options), `${code}: ${remedy}`).toEqual(expect.arrayContaining(Object.keys(fields)));
          expect(Object.keys(fields), `${code}: ${remedy}`).not.toEqual([]);
          expect(PlanRequest.safeParse({ backupId: 'b', ...fields })).toMatchObject({ success: true });
          request = { ...request, ...fields };
        }
      }
      const { blockers, deletes, restores } = plan();
      expect(blockers).toEqual([]);
      expect(restores.length).toBeGreaterThan(0);
      const toSave = indicesToSave(deletes, request.acceptUnsaved);
      const red = new Set(facts.conditions.redIndices);
      expect(toSave.filter((name) => red.has(name))).toEqual([]);
      if (facts.saving?.trouble !== undefined || facts.saving?.snapshotsLeft === 0) expect(toSave).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
