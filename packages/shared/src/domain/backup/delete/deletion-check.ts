import { cutList } from '../../cut-list.ts';
import type { Reason } from '../../failure/reason.ts';
import { nameList } from '../../name-list.ts';
import type { Manifests } from '../../restore/manifest/manifest.ts';

/** An index that is about to be deleted. Operations: see `IndexOperations`. */
export type DoomedIndex = {
  readonly index: string;
  readonly open: boolean;
  /** Now; undefined: it cannot be measured. */
  readonly operations: number | undefined;
  /** In the plan. null: it could not be measured then. undefined: the plan is of a version that did not measure. */
  readonly planned: number | null | undefined;
  /** Right before the safety backup saved it; undefined: that does not hold it, or there is none. */
  readonly saved: SavedOperations | undefined;
};

/** Without operations: it was closed, or nothing is known of it. */
export type SavedOperations =
  | { readonly is: 'measured'; readonly operations: number }
  | { readonly is: 'closed' | 'unknown' };

export type DeletionCheck = {
  /** All that are to be deleted now. */
  readonly indices: readonly DoomedIndex[];
  readonly hasSafetyBackup: boolean;
  /** Names whose loss the operator accepted. */
  readonly acceptUnsaved: readonly string[];
  /** Others were deleted before them. */
  readonly begun: boolean;
};

/**
 * The write operations of an index that a part of the safety backup holds. `closed`: it has a shape and no figures. `unknown`: the part does
 * not describe it, or no manifest was kept (`manifests` undefined).
 */
export const savedOperations = (index: string, manifests: Manifests | undefined): SavedOperations => {
  const figures = manifests?.before.figures.find(({ name }) => name === index);
  if (figures !== undefined) return { is: 'measured', operations: figures.operations };
  const isDescribed = manifests?.before.shapes.some(({ name, open }) => name === index && open !== true);
  return { is: isDescribed === true ? 'closed' : 'unknown' };
};

/**
 * Pure. Why nothing may be deleted: documents were written that neither the safety backup nor the plan knows, or it cannot be shown that none
 * were. Undefined: what is there is what was saved, or without a safety backup what was planned with.
 */
export const deletionCheck = (check: DeletionCheck): Reason | undefined => {
  const verdicts = check.indices.map((doomed) => [doomed, verdictOf(doomed, check)] as const);
  const of = (verdict: Verdict) => verdicts.flatMap(([doomed, is]) => (is === verdict ? [doomed] : []));
  const [written, unmeasured] = [of('written'), of('unmeasured')];
  if (written.length > 0)
    return refusal(check, 'INDICES_WRITTEN', writtenWords(check, written), { written, unmeasured });
  if (unmeasured.length > 0)
    return refusal(check, 'RESTORE_UNSAFE', unmeasuredWords(unmeasured), { written, unmeasured });
  return undefined;
};

type Verdict = 'as before' | 'written' | 'unmeasured';

const verdictOf = (doomed: DoomedIndex, check: DeletionCheck): Verdict => {
  const { operations } = doomed;
  const before = baselineOf(doomed, check);
  if (operations !== undefined && before !== undefined) return operations === before ? 'as before' : 'written';
  if (check.acceptUnsaved.includes(doomed.index)) return 'as before';
  if (doomed.saved === undefined && check.hasSafetyBackup) return 'unmeasured';
  return before === undefined && isUnmeasuredAsBefore(doomed) ? 'as before' : 'unmeasured';
};

const baselineOf = ({ index, saved, planned }: DoomedIndex, check: DeletionCheck): number | undefined => {
  const isAsPlanned = !check.hasSafetyBackup || check.acceptUnsaved.includes(index);
  if (saved === undefined) return isAsPlanned ? (planned ?? undefined) : undefined;
  // it was saved after the plan: as many operations as then means that none was missed
  if (saved.is === 'unknown') return planned ?? undefined;
  return saved.is === 'measured' ? saved.operations : undefined;
};

/** What cannot be measured cannot be written to either, as long as it stays so. */
const isUnmeasuredAsBefore = ({ saved, planned, open, operations }: DoomedIndex): boolean => {
  if (saved !== undefined) return saved.is === 'closed' && !open;
  return planned === undefined || operations === undefined;
};

const writtenWords = (check: DeletionCheck, written: readonly DoomedIndex[]): string => {
  const isSinceSaved = written.every(({ saved }) => saved?.is === 'measured');
  const since = isSinceSaved ? 'the safety backup saved them' : 'the plan';
  const words = (doomed: DoomedIndex) =>
    `${doomed.index} (${baselineOf(doomed, check)} operations, now ${doomed.operations})`;
  return `Indices to be deleted were written to since ${since}: ${nameList(written.map(words))}. Stop Optimize, then create a new plan.`;
};

const unmeasuredWords = (unmeasured: readonly DoomedIndex[]): string =>
  `It cannot be shown that these indices were not written to since they were saved or planned with: ${nameList(unmeasured.map(({ index }) => index))}. Stop Optimize, make them green, or accept their loss with "acceptUnsaved"; then create a new plan.`;

const namesOf = (indices: readonly DoomedIndex[]): readonly string[] => indices.map(({ index }) => index);

const refusal = (
  { begun }: DeletionCheck,
  code: 'INDICES_WRITTEN' | 'RESTORE_UNSAFE',
  words: string,
  found: Readonly<Record<'written' | 'unmeasured', readonly DoomedIndex[]>>,
): Reason => ({
  code,
  message: `${words} ${begun ? 'These were left alone; others may have been deleted before.' : 'Nothing was deleted.'}`,
  data: {
    ...cutList('written', namesOf(found.written), { count: 'writtenCount' }),
    ...cutList('unmeasured', namesOf(found.unmeasured), { count: 'unmeasuredCount' }),
  },
});
