/** What watch-clock.ts certainly notices: a jump, and two answers that were as slow as it lets pass. */
export const NOTICED_MS = 15_000;

type Comparison = { readonly atMs: number; readonly aheadMs: number };

/** What processes can know of the jumps of a clock that they compare with their own. */
export const newComparisons = (now: () => number) => {
  const read = new Map<string, number>();
  const made = new Map<string, Comparison[]>();

  const onCompared = (process: string): void => {
    const aheadMs = read.get(process) ?? 0;
    made.set(process, [...(made.get(process) ?? []), { atMs: now(), aheadMs }]);
  };
  const noticedMs = (since: number, process: string): number => {
    const all = made.get(process) ?? [];
    return all
      .map(({ atMs, aheadMs }, at) => (atMs < since ? 0 : aheadMs - (all[at - 1]?.aheadMs ?? aheadMs)))
      .filter((byMs) => byMs >= NOTICED_MS)
      .reduce((total, byMs) => total + byMs, 0);
  };

  return { onRead: (process: string, aheadMs: number) => void read.set(process, aheadMs), onCompared, noticedMs };
};
