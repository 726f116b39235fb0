import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';

export type KeyClaim =
  | { readonly claim: 'fresh' }
  | { readonly claim: 'replay'; readonly answer: unknown }
  | { readonly claim: 'running' }
  /** The same key with another body. */
  | { readonly claim: 'mismatch' };

export interface KeyHistory {
  /**
   * Claims a key for a body: `fresh` for the first, and again after `abandonedMs` when no answer was ever kept (its process died; should
   * it live, `accept` lets one of both through). Keys are forgotten `keepMs` after they were first claimed; answered or not, a forgotten
   * one is fresh for any body.
   */
  claimKey(
    key: string,
    bodyDigest: string,
    times: { readonly keepMs: number; readonly abandonedMs: number },
  ): Promise<KeyClaim>;
  /** Keeps the answer that later requests replay, unless the key has one. */
  answerKey(key: string, answer: unknown): Promise<void>;
  /** Gives a claimed key back, unless it was answered: the request failed and may be sent again. */
  releaseKey(key: string): Promise<void>;
}

/** Whoever sends the request again is answered as the faster one was. */
export const keyOvertaken = (): Failure =>
  fail('HISTORY_UNREACHABLE', 'Another request with the same idempotency key took over: send it again.', {
    cause: 'KEY_OVERTAKEN',
  });
