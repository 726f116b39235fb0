import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';

export type KeyClaim =
  | { readonly claim: 'fresh' }
  | { readonly claim: 'replay'; readonly answer: unknown }
  | { readonly claim: 'running' }
  /** The same key with another body. */
  | { readonly claim: 'mismatch' };

/** The key that a request claimed, and the answer that later requests with the key replay. Stored with what the request is accepted as. */
export type Idempotency = { readonly key: string; readonly answer: unknown };

export interface KeyHistory {
  /**
   * Claims an idempotency key for a body. `fresh`: the caller carries out the request; also `abandonedMs` after an earlier claim without an
   * answer, whose process died (if it lives, `accept` lets one of both through). `replay`: the kept answer. `running`: another request holds
   * the key. `mismatch`: the key was used with another body. A key is forgotten `keepMs` after it was first claimed.
   */
  claimKey(
    key: string,
    bodyDigest: string,
    times: { readonly keepMs: number; readonly abandonedMs: number },
  ): Promise<KeyClaim>;
  /** Releases a claimed key that has no answer: the request failed and may be sent again. */
  releaseKey(key: string): Promise<void>;
}

/** HISTORY_UNREACHABLE with `cause: 'KEY_OVERTAKEN'`. The same request sent again gets the answer of the one that was faster. */
export const keyOvertaken = (): Failure =>
  fail('HISTORY_UNREACHABLE', 'Another request with the same idempotency key took over: send it again.', {
    cause: 'KEY_OVERTAKEN',
  });
