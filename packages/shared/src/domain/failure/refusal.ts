import { engineFailures } from './codes/engine-failures.ts';
import type { Failure, FailureCode } from './failure.ts';
import { ENGINE_FAILURE_CODES } from './failures.ts';

/** What the engine refused: two of them are the same where they are equal in every field. */
export type Refusal = {
  readonly code: FailureCode;
  readonly call: string;
  readonly status: number | null;
  readonly type: string | null;
  readonly reason: string | null;
};

/** As an operation remembers it: how often in a row. */
export type RememberedRefusal = Refusal & { readonly times: number };

/** After this many identical refusals in a row, retrying is pointless. */
export const MAX_EQUAL_REFUSALS = 5;

const refusals: ReadonlySet<FailureCode> = new Set(
  ENGINE_FAILURE_CODES.filter((code) => engineFailures[code].isRefusal),
);

/** No type of error stands for a full disk: engines pass on the sentence of the operating system, or their own about watermarks. */
const FULL_DISK = /no space left on device|not enough space on the disk|disk quota exceeded|flood-stage watermark/i;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/**
 * What the engine refused, and in which words. Undefined: it did not refuse: it is away, overloaded or without a master, its disk is full, or
 * its reply is invalid.
 */
export const refusalOf = ({ code, data }: Failure): Refusal | undefined => {
  const reason = textOf(data.reason);
  if (!refusals.has(code) || FULL_DISK.test(reason ?? '')) return undefined;
  const status = typeof data.status === 'number' ? data.status : null;
  return { code, call: textOf(data.call) ?? '', status, type: textOf(data.type), reason };
};

const FIELDS = ['code', 'call', 'status', 'type', 'reason'] as const satisfies readonly (keyof Refusal)[];

/**
 * The refusal with the number of times in a row that the same call was refused in the same words. `last`: what was refused before, in the same
 * run of failed tries.
 */
export const refusedAgain = (refusal: Refusal, last: RememberedRefusal | undefined): RememberedRefusal => {
  const isSame = last !== undefined && FIELDS.every((field) => last[field] === refusal[field]);
  return { ...refusal, times: isSame ? last.times + 1 : 1 };
};

/** What was refused last, under `refused` in an operation's detail. Undefined: nothing. */
export const readRefusal = ({ refused }: Readonly<Record<string, unknown>>): RememberedRefusal | undefined =>
  typeof refused === 'object' && refused !== null ? (refused as RememberedRefusal) : undefined;
