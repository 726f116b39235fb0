import type { EngineFailureCode, Failure, FailureCode } from './failure.ts';

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

/** So often in a row the same refusal is an answer, not an accident. */
export const MAX_EQUAL_REFUSALS = 5;

const REFUSALS = {
  ENGINE_UNREACHABLE: false,
  ENGINE_TIMEOUT: false,
  // 429, 502 to 504; without a master an engine returns 503
  ENGINE_BUSY: false,
  // a page of a proxy in front of the engine, for instance
  ENGINE_ANSWER_INVALID: false,
  ENGINE_FORBIDDEN: true,
  ENGINE_BLOCKED: true,
  ENGINE_REFUSED: true,
  ENGINE_FAILED: true,
  REPOSITORY_UNKNOWN: true,
  REPOSITORY_UNAVAILABLE: true,
  SNAPSHOT_EXISTS: true,
  SNAPSHOT_NOT_FOUND: true,
  INDEX_NOT_FOUND: true,
  INDEX_EXISTS: true,
  RESTORE_REFUSED: true,
} as const satisfies Record<EngineFailureCode, boolean>;

const isRefusal = (code: FailureCode): boolean => code in REFUSALS && REFUSALS[code as EngineFailureCode];

/** No type of error stands for a full disk: engines pass on the sentence of the operating system, or their own about watermarks. */
const FULL_DISK = /no space left on device|not enough space on the disk|disk quota exceeded|flood-stage watermark/i;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Undefined: the engine is away, overloaded or without a master, its disk is full, or its reply is invalid. */
export const refusalOf = ({ code, data }: Failure): Refusal | undefined => {
  const reason = textOf(data.reason);
  if (!isRefusal(code) || FULL_DISK.test(reason ?? '')) return undefined;
  const status = typeof data.status === 'number' ? data.status : null;
  return { code, call: textOf(data.call) ?? '', status, type: textOf(data.type), reason };
};

const FIELDS = ['code', 'call', 'status', 'type', 'reason'] as const satisfies readonly (keyof Refusal)[];

/** `last`: what was refused before, in the same run of failed tries. */
export const refusedAgain = (refusal: Refusal, last: RememberedRefusal | undefined): RememberedRefusal => {
  const isSame = last !== undefined && FIELDS.every((field) => last[field] === refusal[field]);
  return { ...refusal, times: isSame ? last.times + 1 : 1 };
};

/** From an operation's detail, where `refused` keeps it. */
export const readRefusal = ({ refused }: Readonly<Record<string, unknown>>): RememberedRefusal | undefined =>
  typeof refused === 'object' && refused !== null ? (refused as RememberedRefusal) : undefined;
