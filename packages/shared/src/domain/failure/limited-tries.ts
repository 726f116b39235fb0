import type { Failure } from './failure.ts';
import { INTERRUPTED_MS, INTERRUPTED_TRIES, isInterruption } from './interruption.ts';

/** Transient failures that have fewer tries than the others, each kind counted by itself. */
export const LIMITED_KINDS = ['interrupted', 'create-failed', 'unexpected'] as const;
export type LimitedKind = (typeof LIMITED_KINDS)[number];

export type Limit = {
  /** Tries, including the first. */
  readonly tries: number;
  /** Wait between two tries. Undefined: the usual backoff. */
  readonly inMs: number | undefined;
};

const limits = {
  interrupted: { tries: INTERRUPTED_TRIES, inMs: undefined },
  'create-failed': { tries: 5, inMs: undefined },
  unexpected: { tries: 5, inMs: undefined },
} as const satisfies Record<LimitedKind, Limit>;

/**
 * Undefined: an unexpected error, a defect of Tandem. A create that failed with 5xx may succeed later, or the engine may reject it for good; the
 * reason contains the snapshot's uuid, so that no two are equal.
 */
const kindOf = (failure: Failure | undefined): LimitedKind | undefined => {
  if (failure === undefined) return 'unexpected';
  const { code, data } = failure;
  if (code !== 'ENGINE_FAILED' || data.call !== 'startSnapshot') return undefined;
  return typeof data.reason === 'string' && isInterruption(data.reason) ? 'interrupted' : 'create-failed';
};

/** How often each kind has failed in a run of failed tries. */
export type LimitedTries = Readonly<Partial<Record<LimitedKind, number>>>;

export type LimitedTry = { readonly counted: LimitedTries; readonly times: number; readonly limit: Limit };

/**
 * The count of tries and the limit of a failure that has limits of its own. `before`: the count in the same run of failures. `interruptedMs`:
 * INTERRUPTED_RETRY_DELAY. Undefined: the failure has no limit of its own.
 */
export const limitedTry = (
  failure: Failure | undefined,
  before: LimitedTries,
  interruptedMs = INTERRUPTED_MS,
): LimitedTry | undefined => {
  const kind = kindOf(failure);
  if (kind === undefined) return undefined;
  const times = (before[kind] ?? 0) + 1;
  const limit = kind === 'interrupted' ? { ...limits[kind], inMs: interruptedMs } : limits[kind];
  return { counted: { ...before, [kind]: times }, times, limit };
};

/** The counts under `limited` in an operation's detail; none if there are none. */
export const readLimitedTries = ({ limited }: Readonly<Record<string, unknown>>): LimitedTries =>
  typeof limited === 'object' && limited !== null ? (limited as LimitedTries) : {};
