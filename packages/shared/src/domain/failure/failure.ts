import type { EngineFailureCode, FailureCode } from './failures.ts';

export type { EngineFailureCode, FailureCode };

/** Plain JSON that goes with a code; safe to log and to keep: never a secret, never a complete engine reply. */
export type FailureData = Readonly<Record<string, unknown>>;

/**
 * What Tandem fails with: a code and data. What follows from the code is in failures.ts; nothing is ever decided on the message.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly data: FailureData;

  constructor(code: FailureCode, message: string, data: FailureData, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.data = data;
  }
}

/** A Failure to throw. `message` is one sentence for an operator: what was found and what to do. `data` must hold no secret. */
export const fail = (code: FailureCode, message: string, data: FailureData = {}, cause?: unknown): Failure =>
  new Failure(code, message, data, cause);

/** Whether an error is a Failure, of one of the codes if any are given. */
export const isFailure = (error: unknown, ...codes: readonly FailureCode[]): error is Failure =>
  error instanceof Failure && (codes.length === 0 || codes.includes(error.code));

/** What an engine adapter reports of a failed call. `type` and `reason` are the engine's own words. */
export type EngineFailureData = {
  readonly call: string;
  readonly status?: number;
  readonly type?: string;
  readonly reason?: string;
  /** The engine's Retry-After. */
  readonly retryAfterMs?: number;
  /** Of REPOSITORY_UNAVAILABLE: the engine could not write into it; whether it can be read is another question. */
  readonly onlyWriting?: true;
  /** Names of the nodes that the failure is about. */
  readonly nodes?: readonly string[];
};
