import { describe, expect, it } from 'vitest';
import { figures, keptMs } from './figures.ts';

describe('for how long counts are told again', () => {
  it.each([
    [{}, 0],
    [{ COMPLETED: 99_998, FAILED: 1 }, 0],
    [{ COMPLETED: 99_999, FAILED: 1 }, 1_000],
    [{ COMPLETED: 4_000_000, IN_PROGRESS: 1_000_000 }, 50_000],
  ])('%j -> %d ms', (backups, ms) => expect(keptMs(backups)).toBe(ms));
});

/** What PostgreSQL makes of FIGURES: what it is given, or the count. */
const counting = (counts: Readonly<Record<string, number>>[]) => {
  const asked: unknown[] = [];
  const ask = async <Answer>(_statement: string, given: unknown): Promise<Answer | undefined> => {
    asked.push(given);
    const backups = typeof given === 'string' ? (JSON.parse(given) as object) : counts.shift();
    return { backups, seals: { unsealed: 0, oldestSeconds: null } } as Answer;
  };
  return { asked, database: { ask: ask as never, models: {} as never, close: async () => undefined } };
};

describe('figures', () => {
  it('count many again only when the time has passed', async () => {
    let now = 0;
    const { asked, database } = counting([{ COMPLETED: 200_000 }, { COMPLETED: 200_001 }]);
    const ask = figures(database, () => now);
    const completed = async () => (await ask()).backups.COMPLETED;
    expect([await completed(), await completed()]).toEqual([200_000, 200_000]);
    now = 1_999;
    expect(await completed()).toBe(200_000);
    now = 2_000;
    expect(await completed()).toBe(200_001);
    expect(asked.map((given) => given === null)).toEqual([true, false, false, true]);
  });

  it('count few each time', async () => {
    const { database } = counting([{ FAILED: 1 }, { FAILED: 2 }]);
    const ask = figures(database, () => 0);
    expect([(await ask()).backups.FAILED, (await ask()).backups.FAILED]).toEqual([1, 2]);
  });
});
