import type { RestoreRecord } from '@tandem/history/ports/restores.ts';
import {
  ALERTS,
  clearFacts,
  inPlace,
  POSITIONS,
  withShape,
} from '@tandem/shared/domain/restore/plan/restore-plan.fixture.ts';
import { newRestoreDetail, type RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { describe, expect, it } from 'vitest';
import { chosenWarnings, requireHeld, withChosen } from './chosen-indices.ts';

const safety = { ...clearFacts.backup, safetyOf: 'restore' };
/** The restore that the safety backup was taken for, with those indices. */
const takenFor = (only: readonly string[] | undefined) => ({
  findRestore: async (id: string) =>
    id === 'restore'
      ? ({
          detail: newRestoreDetail({ ...inPlace, only, parts: [] } as unknown as RestoreTask),
        } as unknown as RestoreRecord)
      : undefined,
});

describe('a safety backup that is restored without indices', () => {
  it('of a restore of chosen indices stands for what it holds, and the plan says so', async () => {
    const request = await withChosen(takenFor([ALERTS]), safety, inPlace);
    expect(request).toEqual({ ...inPlace, only: [ALERTS, POSITIONS].sort() });
    expect(chosenWarnings(inPlace, request).map(({ code }) => code)).toEqual(['SELECTION_ASSUMED']);
  });

  it('of a restore that the history does not know may be such a one: nothing but what it holds is deleted', async () => {
    const request = await withChosen(takenFor(undefined), { ...safety, safetyOf: 'x' }, inPlace);
    expect(request).toEqual({ ...inPlace, only: [ALERTS, POSITIONS].sort() });
    expect(chosenWarnings(inPlace, request).map(({ code }) => code)).toEqual(['SELECTION_ASSUMED']);
  });

  it.each<[string, () => Promise<unknown>, unknown]>([
    ['of a complete restore', () => withChosen(takenFor(undefined), safety, inPlace), inPlace],
    ['that is none', () => withChosen(takenFor([ALERTS]), clearFacts.backup, inPlace), inPlace],
  ])('stays a complete backup: %s', async (_what, request, expected) => {
    expect(await request()).toBe(expected);
    expect(chosenWarnings(inPlace, inPlace)).toEqual([]);
  });

  it('keeps what the caller chose, and names where it is restored under others', async () => {
    const chosen = { ...inPlace, only: [ALERTS] };
    expect(await withChosen(takenFor([ALERTS]), safety, chosen)).toBe(chosen);
    const renamed = { ...inPlace, rename: { pattern: '^(.+)$', replacement: 'copy-$1' } };
    expect(await withChosen(takenFor([ALERTS]), safety, renamed)).toBe(renamed);
  });
});

describe('names that the backup does not hold', () => {
  const facts = { ...clearFacts, ...withShape(ALERTS, { writes: { 'optimize-alert': null } }) };
  it('are refused, and an alias with the index that has it', () => {
    expect(() => requireHeld({ only: [ALERTS, POSITIONS] }, facts)).not.toThrow();
    expect(() => requireHeld({ only: undefined }, facts)).not.toThrow();
    expect(() => requireHeld({ only: [ALERTS, 'optimize-alert', 'optimize-x_v1'] }, facts)).toThrow(
      `indices names what the backup does not hold: optimize-alert (an alias of ${ALERTS}), optimize-x_v1. Its indices are in the answer of GET /api/v1/backups/b.`,
    );
  });
});
