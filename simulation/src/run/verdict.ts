import type { Mutation } from '../mutations/mutation.ts';

export type Verdict = {
  readonly seed: number;
  /** Undefined: everything held. */
  readonly violation: { readonly property: string; readonly message: string; readonly atMs: number } | undefined;
  readonly steps: number;
  readonly virtualMs: number;
  /** Creates, by their ends; deletions that ended well. */
  readonly completed: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly deleted: number;
};

export type SimulateOptions = {
  readonly mutation?: Mutation;
  /** Receives every step, with the virtual time in front. */
  readonly trace?: (line: string) => void;
};
