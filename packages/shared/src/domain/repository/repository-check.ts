import type { RepositoryCheck } from '../backup/backup.ts';
import type { Failure, FailureCode } from '../failure/failure.ts';

/** A node that reads and writes repositories, by the id that it keeps when it restarts. */
export type CheckedNode = { readonly id: string; readonly name: string };

/** What a create remembers of the verifications of its repository, from right before part 1 on; kept in the operation's detail. */
export type CheckMemory = {
  /** The nodes that could use it right before part 1; undefined: it was not verified then. */
  readonly before: readonly CheckedNode[] | undefined;
  /** Why one of the verifications could not be made; undefined: each was. */
  readonly unverified: string | undefined;
  /** How often in a row the one to be made now gave no result. */
  readonly tries: number;
};

export const NOT_CHECKED: CheckMemory = { before: undefined, unverified: undefined, tries: 0 };

type Detail = Readonly<Record<string, unknown>>;

/** What a create's detail remembers of earlier verifications; NOT_CHECKED if there was none. */
export const readCheck = ({ verified }: Detail): CheckMemory => ({
  ...NOT_CHECKED,
  ...(verified as Partial<CheckMemory> | null | undefined),
});

/** The part of the operation's detail that `readCheck` reads. */
export const writeCheck = (memory: CheckMemory): Detail => ({ verified: memory });

export type CheckResult = { readonly nodes: readonly CheckedNode[] } | { readonly failure: Failure };

/**
 * What follows from a verification. `continue`: every node could use the repository, or that cannot be determined. `again`: it gave
 * no result. `wait`: an operator must fix the repository, or the engine is away, as for any call. `unable`: these nodes cannot use it; none
 * by name where the engine named none.
 */
export type CheckVerdict =
  | { readonly is: 'continue'; readonly memory: CheckMemory }
  | { readonly is: 'again'; readonly memory: CheckMemory; readonly failure: Failure }
  | { readonly is: 'wait'; readonly failure: Failure }
  | { readonly is: 'unable'; readonly failure: Failure; readonly nodes: readonly string[] };

/** A verification without a result is made so often. */
export const MAX_CHECK_TRIES = 3;

/** No privilege, or an engine that offers no such call: asking again is of no use. */
const NEVER: ReadonlySet<FailureCode> = new Set(['ENGINE_FORBIDDEN', 'ENGINE_REFUSED']);
const NO_RESULT: ReadonlySet<FailureCode> = new Set(['ENGINE_TIMEOUT', 'ENGINE_FAILED', 'ENGINE_ANSWER_INVALID']);

/**
 * Pure: what follows from a verification of the repository. `isFirst`: right before part 1; what was remembered of an earlier run does not
 * count any more.
 */
export const checkVerdict = (memory: CheckMemory, isFirst: boolean, result: CheckResult): CheckVerdict => {
  const known = isFirst ? { ...NOT_CHECKED, tries: memory.tries } : memory;
  if ('nodes' in result)
    return { is: 'continue', memory: { ...known, before: isFirst ? result.nodes : known.before, tries: 0 } };
  const { failure } = result;
  const { nodes } = failure.data;
  if (failure.code === 'REPOSITORY_UNAVAILABLE' && Array.isArray(nodes)) return { is: 'unable', failure, nodes };
  const tries = known.tries + 1;
  if (NO_RESULT.has(failure.code) && tries < MAX_CHECK_TRIES)
    return { is: 'again', memory: { ...known, tries }, failure };
  if (NO_RESULT.has(failure.code) || NEVER.has(failure.code))
    return { is: 'continue', memory: { ...known, tries: 0, unverified: known.unverified ?? failure.message } };
  return { is: 'wait', failure };
};

/**
 * What is recorded of the repository of a backup whose parts all ended well. `nodes`: those of the last verification; undefined: it could not
 * be made.
 */
export const repositoryCheckOf = (
  { before, unverified }: CheckMemory,
  nodes: readonly CheckedNode[] | undefined,
): RepositoryCheck => {
  const left = (before ?? []).filter(({ id }) => nodes !== undefined && !nodes.some((node) => node.id === id));
  const names = left.map(({ name }) => name).sort();
  if (unverified !== undefined) return { verified: false, reason: unverified, nodesLeft: names };
  if (before === undefined)
    return { verified: false, reason: 'The repository was not verified before part 1.', nodesLeft: [] };
  if (names.length === 0) return { verified: true };
  return {
    verified: false,
    reason: `Node ${names.join(', ')} left the cluster while the backup was taken: whether it could write into the repository until then is not known.`,
    nodesLeft: names,
  };
};
