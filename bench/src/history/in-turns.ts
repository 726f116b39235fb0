import { inTurn, timed } from '../measure/figures.ts';

export type Contenders<Name extends string> = Readonly<Record<Name, () => Promise<unknown>>>;

/** Runs each `times` times, alternating; the first tenth does not count. Milliseconds by name. */
export const inTurns = async <Name extends string>(
  contenders: Contenders<Name>,
  times: number,
): Promise<Readonly<Record<Name, readonly number[]>>> => {
  const names = Object.keys(contenders) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const warmUp = Math.ceil(times / 10);
  for (let round = 0; round < times + warmUp; round += 1) {
    for (const name of inTurn(names, round)) {
      const { ms } = await timed(contenders[name]);
      if (round >= warmUp) measured[name].push(ms);
    }
  }
  return measured;
};
