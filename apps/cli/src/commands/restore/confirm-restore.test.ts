import { describe, expect, it } from 'vitest';
import type { Io } from '../../io/io.ts';
import type { StoredPlan } from '../../views/restore/restore-plan.ts';
import { confirmRestore, consentTo, requireConfirmed, requireSameId } from './confirm-restore.ts';

const HASH = 'a'.repeat(64);
const planOf = (deleteExisting: boolean, deletes: number) =>
  ({
    ...{ backupId: 'nightly', planHash: HASH, counts: { delete: deletes, restore: 34, keep: 0, notRestored: 0 } },
    request: { deleteExisting },
  }) as StoredPlan;
const nothing = { confirm: undefined, planHash: undefined };
const both = { confirm: 'nightly', planHash: HASH };

describe('a restore', () => {
  it.each([
    ['that deletes nothing', planOf(false, 0), nothing, true, 'sure'],
    ['that deletes nothing, where nobody can be asked', planOf(false, 0), nothing, false, 'sure'],
    ['that may delete, though nothing is there yet', planOf(true, 0), nothing, false, 'refuse'],
    ['that deletes', planOf(true, 3), nothing, true, 'ask'],
    ['that deletes, where nobody can be asked', planOf(true, 3), nothing, false, 'refuse'],
    ['with id and hash', planOf(true, 3), both, false, 'sure'],
    ['with id and hash, on a terminal', planOf(true, 3), both, true, 'sure'],
    [
      'with the id alone: it may be of another plan',
      planOf(true, 3),
      { ...both, planHash: undefined },
      false,
      'refuse',
    ],
    ['with the hash alone', planOf(true, 3), { ...both, confirm: undefined }, false, 'refuse'],
    ['with the id alone, on a terminal', planOf(true, 3), { ...both, planHash: undefined }, true, 'ask'],
  ] as const)('%s', (_, plan, given, isInteractive, consent) => {
    expect(consentTo(plan, given, isInteractive)).toBe(consent);
  });

  const terminal = (isInteractive: boolean, typed: string) => {
    const said: string[] = [];
    const ask = async (question: string) => {
      said.push(question);
      return typed;
    };
    return { said, io: { isInteractive, ask, say: (line: string) => void said.push(line) } as unknown as Io };
  };

  it('is confirmed by typing the id', async () => {
    const { io, said } = terminal(true, 'nightly');
    await confirmRestore(planOf(true, 3), nothing, io);
    expect(said).toEqual(['This deletes 3 indices and restores 34 indices.', 'Type nightly to confirm: ']);
  });

  it.each(['yes', '', 'nightly2'])('is not confirmed by %j', async (typed) => {
    const { io } = terminal(true, typed);
    await expect(confirmRestore(planOf(true, 3), nothing, io)).rejects.toMatchObject({ exit: 'usage' });
  });

  it('says what to add where nobody can be asked', async () => {
    const { io, said } = terminal(false, 'nightly');
    await expect(confirmRestore(planOf(true, 3), nothing, io)).rejects.toMatchObject({
      exit: 'usage',
      remedy: expect.stringContaining(`--confirm nightly --plan-hash ${HASH}`),
    });
    expect(said).toEqual([]);
  });

  it('of another plan than the reviewed one is not even requested without --confirm', () => {
    const other = { confirm: undefined, planHash: 'b'.repeat(64) };
    expect(() => requireConfirmed(planOf(true, 3), other)).toThrow(/^The plan that was reviewed, b+, is not the one/);
    expect(() => requireConfirmed(planOf(true, 3), { ...other, confirm: 'nightly' })).not.toThrow();
    expect(() => requireConfirmed(planOf(false, 0), other)).not.toThrow();
  });

  it('is refused before anything is sent where --confirm names another backup', () => {
    expect(() => requireSameId('nightly', 'weekly')).toThrow(
      '--confirm must be the id of the backup, nightly, found "weekly".',
    );
    expect(() => requireSameId('nightly', 'nightly')).not.toThrow();
    expect(() => requireSameId('nightly', undefined)).not.toThrow();
  });
});
