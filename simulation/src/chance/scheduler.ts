type Entry = { readonly at: number; readonly order: number; readonly serial: number; task: (() => void) | undefined };

/** Virtual time, in whole milliseconds, and the events scheduled in it. What falls on the same millisecond happens in a drawn order. */
export type Scheduler = {
  readonly now: () => number;
  /** The returned function cancels it. */
  readonly after: (delayMs: number, task: () => void) => () => void;
  /** Runs the next event and lets all promises settle that follow from it; false: nothing is left. */
  readonly step: () => Promise<boolean>;
};

/** `order` draws which of two things on the same millisecond comes first. */
export const newScheduler = (order: () => number): Scheduler => {
  const heap: Entry[] = [];
  let time = 0;
  let serials = 0;

  const after = (delayMs: number, task: () => void): (() => void) => {
    const entry: Entry = { at: time + Math.max(0, Math.round(delayMs)), order: order(), serial: serials++, task };
    push(heap, entry);
    return () => {
      entry.task = undefined;
    };
  };

  const step = async (): Promise<boolean> => {
    for (let entry = pop(heap); entry !== undefined; entry = pop(heap)) {
      if (entry.task === undefined) continue;
      time = entry.at;
      entry.task();
      await promisesSettled();
      return true;
    }
    return false;
  };

  return { now: () => time, after, step };
};

/** Node runs a tick only when no promise reaction is left to run. */
const promisesSettled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

const comesBefore = (one: Entry, other: Entry): boolean => {
  if (one.at !== other.at) return one.at < other.at;
  return one.order === other.order ? one.serial < other.serial : one.order < other.order;
};

const push = (heap: Entry[], entry: Entry): void => {
  let at = heap.push(entry) - 1;
  while (at > 0) {
    const parentAt = (at - 1) >> 1;
    const parent = heap[parentAt];
    if (parent === undefined || !comesBefore(entry, parent)) break;
    heap[at] = parent;
    at = parentAt;
  }
  heap[at] = entry;
};

const pop = (heap: Entry[]): Entry | undefined => {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || first === last) return first;
  let at = 0;
  for (;;) {
    const child = smallerChild(heap, at);
    const entry = heap[child];
    if (entry === undefined || !comesBefore(entry, last)) break;
    heap[at] = entry;
    at = child;
  }
  heap[at] = last;
  return first;
};

const smallerChild = (heap: readonly Entry[], at: number): number => {
  const left = heap[2 * at + 1];
  const right = heap[2 * at + 2];
  return left !== undefined && right !== undefined && comesBefore(right, left) ? 2 * at + 2 : 2 * at + 1;
};
