import { cutList } from '../cut-list.ts';
import { fail } from '../failure/failure.ts';
import { nameList } from '../name-list.ts';
import type { PlannedIndex } from './plan/plan-facts.ts';

/** All, so many, or these. */
export type RehearsalSelection = 'all' | number | readonly string[];

/**
 * Pure: which indices a rehearsal restores; undefined: all that the backup holds. A number takes the biggest of each part, and then the
 * biggest of all until there are so many. REQUEST_INVALID: a name that the backup does not hold.
 */
export const rehearsalSample = (
  planned: readonly PlannedIndex[],
  selection: RehearsalSelection,
): readonly string[] | undefined => {
  if (selection === 'all') return undefined;
  const chosen = new Set(typeof selection === 'number' ? biggest(planned, selection) : knownNames(planned, selection));
  return chosen.size === planned.length ? undefined : [...chosen].sort();
};

const biggest = (planned: readonly PlannedIndex[], count: number): readonly string[] => {
  const sorted = [...planned].sort(
    (one, other) => (other.bytes ?? 0) - (one.bytes ?? 0) || (one.index < other.index ? -1 : 1),
  );
  const ofEachPart = sorted.filter(({ part }, at) => sorted.findIndex((index) => index.part === part) === at);
  const names = new Set([...ofEachPart, ...sorted].map(({ index }) => index));
  return [...names].slice(0, Math.max(count, ofEachPart.length));
};

const knownNames = (planned: readonly PlannedIndex[], selection: readonly string[]): readonly string[] => {
  const known = new Set(planned.map(({ index }) => index));
  const unknown = selection.filter((name) => !known.has(name));
  if (unknown.length === 0) return selection;
  throw fail(
    'REQUEST_INVALID',
    `indices names what the backup does not hold: ${nameList(unknown)}. Its indices are in the answer of GET /api/v1/backups/{backupId}.`,
    { field: 'indices', ...cutList('found', unknown) },
  );
};
