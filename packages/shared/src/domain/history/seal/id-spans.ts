/**
 * Sets of ids as spans from the first to the last of each, both inclusive: ascending, apart from each other, decimal digits. That is how
 * a seal names its events, however many.
 */
export type IdSpan = readonly [first: string, last: string];
export type IdSpans = readonly IdSpan[];

type Span = readonly [bigint, bigint];

const read = (spans: IdSpans): readonly Span[] => spans.map(([first, last]) => [BigInt(first), BigInt(last)]);
const write = (spans: readonly Span[]): IdSpans => spans.map(([first, last]) => [`${first}`, `${last}`]);

/** Whether spans are in the one form in which a set is written: ascending, and not adjacent. */
export const areSpans = (spans: IdSpans): boolean => {
  const all = read(spans);
  return all.every(([first, last], at) => first <= last && (all[at - 1]?.[1] ?? first - 2n) + 1n < first);
};

const join = (spans: readonly Span[]): readonly Span[] => {
  const joined: [bigint, bigint][] = [];
  for (const [first, last] of spans.toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const before = joined.at(-1);
    if (before === undefined || before[1] + 1n < first) joined.push([first, last]);
    else if (last > before[1]) before[1] = last;
  }
  return joined;
};

/** The spans that hold exactly these ids (decimal digits, in any order, repeated or not). */
export const spansOf = (ids: readonly string[]): IdSpans =>
  write(join(ids.map((id) => [BigInt(id), BigInt(id)] as const)));

/** The ids that are in any of the sets. */
export const union = (...sets: readonly IdSpans[]): IdSpans => write(join(sets.flatMap(read)));

/** The ids that are in `spans` and not in `taken`. */
export const without = (spans: IdSpans, taken: IdSpans): IdSpans => {
  const left: Span[] = [];
  const cuts = read(taken);
  for (const [first, last] of read(spans)) {
    let next = first;
    for (const [from, to] of cuts) {
      if (to < next || from > last) continue;
      if (from > next) left.push([next, from - 1n]);
      next = to + 1n;
    }
    if (next <= last) left.push([next, last]);
  }
  return write(left);
};

/** All ids after `after`, up to and with `through`; none if there are none. */
export const idsBetween = (after: string, through: string): IdSpans =>
  BigInt(after) < BigInt(through) ? [[`${BigInt(after) + 1n}`, through]] : [];

/** Whether an id is in one of the spans. */
export const hasId = (spans: IdSpans, id: string): boolean => {
  const number = BigInt(id);
  return spans.some(([first, last]) => BigInt(first) <= number && number <= BigInt(last));
};

/** How many ids the spans hold. */
export const sizeOf = (spans: IdSpans): bigint =>
  read(spans).reduce((size, [first, last]) => size + (last - first + 1n), 0n);

/** For messages: "4", "4 to 9", "4 to 9, 12". */
export const spanWords = (spans: IdSpans): string =>
  spans.map(([first, last]) => (first === last ? first : `${first} to ${last}`)).join(', ');
