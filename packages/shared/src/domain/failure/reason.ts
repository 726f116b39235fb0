/** A failure as it is kept: a code of failures.ts, one sentence, and the engine's own words in `data`. */
export type Reason = {
  readonly code: string;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
};
