/** Chance from a seed: the same seed draws the same numbers, on every machine. */
export type Random = {
  /** In [0, 1). */
  readonly next: () => number;
  readonly chance: (share: number) => boolean;
  /** A whole number from `from` to `to`, both included. */
  readonly between: (from: number, to: number) => number;
  /** Undefined for an empty list. */
  readonly pick: <T>(list: readonly T[]) => T | undefined;
};

/** mulberry32, begun far from the seed so that neighbouring seeds have nothing in common. */
export const seededRandom = (seed: number): Random => {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ (seed >>> 13);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    chance: (share) => share > 0 && next() < share,
    between,
    pick: (list) => list[between(0, list.length - 1)],
  };
};

/** Chance of its own for what is drawn beside a run: the draws of the run itself stay as they are. */
export const derivedRandom = (seed: number, purpose: string): Random =>
  seededRandom([...purpose].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193), seed));
