import { MAX_INDEX_NAME, type Rename } from './plan/rename.ts';

/** What the names of a rehearsal's indices begin with, before a hyphen: from the random end of its id, so no two share one. */
export const rehearsalPrefix = (operationId: string): string =>
  `tandem-rehearsal-${operationId.replaceAll('-', '').slice(-12)}`;

/** As long as this is what names differ by: version and rollover suffix. */
const KEPT_END = 32;

/**
 * For indices of those names. Where one leaves too little room for the prefix, names that are too long lose characters in their middle: as few as
 * needed, and at a position where all copies still have names of their own. Without such a position the plan has a blocker.
 */
export const rehearsalRename = (operationId: string, names: readonly string[]): Rename => {
  const prefix = rehearsalPrefix(operationId);
  const room = MAX_INDEX_NAME - prefix.length - 1;
  const complete: Rename = { pattern: '^(.+)$', replacement: `${prefix}-$1` };
  if (names.every((name) => name.length <= room)) return complete;
  const heads = [room - KEPT_END, ...Array.from({ length: room + 1 }, (_, head) => head)];
  const shortened = (head: number): Rename => ({
    pattern: `^(.{0,${head}}).*?(.{0,${room - head}})$`,
    replacement: `${prefix}-$1$2`,
  });
  return shortened(heads.find((head) => areDistinct(names, room, head)) ?? room - KEPT_END);
};

/** By what the pattern keeps of each name: matching hundreds of names at every position takes seconds. */
const areDistinct = (names: readonly string[], room: number, head: number): boolean => {
  const kept = names.map((name) =>
    name.length <= room ? name : name.slice(0, head) + name.slice(name.length - (room - head)),
  );
  return new Set(kept).size === new Set(names).size;
};
