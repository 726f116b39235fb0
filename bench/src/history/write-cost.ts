import type { History } from '@tandem/history/ports/history.ts';
import { inTurn } from '../measure/figures.ts';
import { oneLife } from './one-life.ts';

export const SIDES = ['full', 'empty'] as const;
export type Side = (typeof SIDES)[number];
export type Histories = Readonly<Record<Side, History>>;

export type WriteTimes = { readonly acceptMs: readonly number[]; readonly lifeMs: readonly number[] };

/** The same backups into both, alternating; ids start at the current time, so that no run repeats those of another. */
export const writeTimes = async (histories: Histories, lives: number): Promise<Readonly<Record<Side, WriteTimes>>> => {
  const times = {
    full: { acceptMs: [] as number[], lifeMs: [] as number[] },
    empty: { acceptMs: [] as number[], lifeMs: [] as number[] },
  };
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const warmUp = Math.ceil(lives / 10);
  for (let nth = 0; nth < lives + warmUp; nth += 1) {
    const id = `run-${day}-${Date.now()}`;
    for (const side of inTurn(SIDES, nth)) {
      const { acceptMs, lifeMs } = await oneLife(histories[side], id);
      if (nth < warmUp) continue;
      times[side].acceptMs.push(acceptMs);
      times[side].lifeMs.push(lifeMs);
    }
  }
  return times;
};
