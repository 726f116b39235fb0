import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';

/** What befalls one call. */
export type Fate =
  | { readonly is: 'pass' }
  | { readonly is: 'crash'; readonly when: 'before' | 'after' }
  | { readonly is: 'freeze'; readonly when: 'before' | 'after'; readonly forMs: number }
  | { readonly is: 'slow'; readonly effectInMs: number }
  /** `after`: it took effect, and the answer is lost. */
  | { readonly is: 'fail'; readonly when: 'before' | 'after'; readonly error: unknown }
  /** Timed out for the caller; the server carries it out all the same, earlier or later, or never (undefined). */
  | {
      readonly is: 'late';
      readonly error: unknown;
      readonly answerInMs: number;
      readonly effectInMs: number | undefined;
      /** Not later than just before the same request is carried out that was sent after it. */
      readonly isHeld: boolean;
    }
  /** The list of snapshots as it was; `backward`: also as it was before what a caller has already seen. */
  | { readonly is: 'stale'; readonly byMs: number; readonly backward: boolean };

/** The oldest list that an engine still shows. */
export const MAX_STALE_MS = 4_000;

export type Port = 'engine' | 'history' | 'queue';

export const unreachableHistory = (): Failure => fail('HISTORY_UNREACHABLE', 'PostgreSQL does not answer (simulated).');
