import type { SealHistory } from '@tandem/history/ports/seals.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { problemLog } from '@tandem/runtime/logging/problem-log.ts';
import type { Seal } from '@tandem/shared/contract/seals.ts';
import type { Digest } from '@tandem/shared/domain/history/seal/merkle.ts';
import { nextSeal, type SealHead } from '@tandem/shared/domain/history/seal/seal.ts';
import type { BackgroundTask, Term } from './leader.ts';
import type { SealSigner } from './seal-signer.ts';

export type Sealing = {
  readonly history: Pick<SealHistory, 'eventsAreQuiet' | 'unsealedEvents' | 'addSeal'>;
  readonly digest: Digest;
  readonly signer: SealSigner | undefined;
  /** Moves the mark outside PostgreSQL to the newest event; called with each seal. */
  readonly mark: () => Promise<void>;
  readonly log: Logger;
};

/** Seals the unsealed events in batches, and resolves with their number. Rejects between two batches as `assertHeld`. */
export type Sealer = (term: Term) => Promise<number>;

/** This many events are read, hashed and written well within the statement time-out. */
export const BATCH = 2_000;
const MIN_LEASE_MS = 10_000;

/**
 * Seals new events (docs/decisions/0014-seals.md). One worker at a time does it, by a lease; if two believe that they hold it, only one of
 * them writes the next number. Rejects if PostgreSQL does not respond; the next run catches up.
 */
export const createSealer = ({ history, digest, signer, mark, log }: Sealing): Sealer => {
  let known: SealHead | undefined;

  const batch = async (): Promise<number> => {
    const before = await history.eventsAreQuiet();
    const { at, last, events, isLateComplete } = await history.unsealedEvents(BATCH);
    if (isAnother(known, last)) {
      log.error({ seal: known?.number, hash: known?.hash }, 'seals were changed or removed: run npm run audit:verify');
    }
    known = last;
    if (events.length === 0) return 0;
    const nothingWaits = before.quiet && isLateComplete && before.seal === (last?.number ?? 0);
    const seal = nextSeal(digest, { last, sealedAt: at, events, nothingWaits });
    const signed = signer ? signer(seal) : seal;
    if (!(await history.addSeal(signed))) return 0;
    known = signed;
    log.info(sealLine(signed), 'sealed');
    return events.length;
  };

  const problems = problemLog(log);
  const moveMark = () =>
    mark().then(
      () => problems.over('mark'),
      (error: unknown) => problems.met('mark', { err: error }, 'mark not written'),
    );

  return async ({ assertHeld }) => {
    let sealed = 0;
    let count = BATCH;
    while (count === BATCH) {
      assertHeld();
      count = await batch();
      sealed += count;
      if (count > 0) await moveMark();
    }
    return sealed;
  };
};

/** The seal that was last is missing, or its number has another hash. */
const isAnother = (known: SealHead | undefined, last: SealHead | undefined): boolean =>
  known !== undefined &&
  (last === undefined || last.number < known.number || (last.number === known.number && last.hash !== known.hash));

/** The logged fields of a seal can replace an export of it: `npm run audit:verify -- --checkpoint FILE`. */
const sealLine = ({ number, hash, count, through, signature }: Seal) => ({ number, hash, count, through, signature });

export const sealTask = (seal: Sealer, everyMs: number): BackgroundTask => ({
  ...{ name: 'seal', everyMs, leaseMs: Math.max(everyMs * 3, MIN_LEASE_MS), pause: 1 },
  run: seal,
});
