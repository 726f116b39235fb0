import type { OperationLedger } from '@tandem/history/port.ts';
import type { SealHistory } from '@tandem/history/seals-port.ts';
import type { Logger } from '@tandem/runtime/logger.ts';
import type { Seal } from '@tandem/shared/contract/seals.ts';
import type { Digest } from '@tandem/shared/domain/merkle.ts';
import { nextSeal, type SealHead } from '@tandem/shared/domain/seal.ts';
import type { SealSigner } from './seal-signer.ts';

export type Sealing = {
  readonly history: Pick<SealHistory, 'eventsAreQuiet' | 'unsealedEvents' | 'addSeal'> &
    Pick<OperationLedger, 'takeLease'>;
  readonly digest: Digest;
  readonly signer: SealSigner | undefined;
  /** Moves the mark outside PostgreSQL to the newest event; goes with each seal. */
  readonly mark: () => Promise<void>;
  readonly holder: string;
  readonly everyMs: number;
  readonly log: Logger;
};

export type Sealer = {
  /** Seals what is unsealed, batch by batch, and answers how many events that were. */
  readonly run: () => Promise<number>;
  readonly stop: () => Promise<void>;
};

/** So many events are read, hashed and written well within the time of a statement. */
export const BATCH = 2_000;
const LEASE = 'seal';
const LEAST_LEASE_MS = 10_000;
/** A lease cannot be given back, but it can be made this short. */
const RELEASED_MS = 1;

/**
 * Seals new events (docs/decisions/0014-seals.md). One worker at a time does it, by a lease row; should two believe that they do, one of
 * both writes the next number. Rejects when PostgreSQL does not answer; the next run makes up for it.
 */
export const createSealer = ({ history, digest, signer, mark, holder, everyMs, log }: Sealing): Sealer => {
  let stopped = false;
  let known: SealHead | undefined;

  const lease = (): Promise<boolean> => history.takeLease(LEASE, holder, Math.max(everyMs * 3, LEAST_LEASE_MS));

  const batch = async (): Promise<number> => {
    const before = await history.eventsAreQuiet();
    const { at, last, events, isLateWhole } = await history.unsealedEvents(BATCH);
    if (isAnother(known, last)) {
      log.error({ seal: known?.number, hash: known?.hash }, 'seals were changed or removed: run npm run audit:verify');
    }
    known = last;
    if (events.length === 0) return 0;
    const nothingWaits = before.quiet && isLateWhole && before.seal === (last?.number ?? 0);
    const seal = nextSeal(digest, { last, sealedAt: at, events, nothingWaits });
    const signed = signer ? signer(seal) : seal;
    if (!(await history.addSeal(signed))) return 0;
    known = signed;
    log.info(sealLine(signed), 'sealed');
    return events.length;
  };

  return {
    run: async () => {
      let sealed = 0;
      while (!stopped && (await lease())) {
        const count = await batch();
        sealed += count;
        if (count > 0) await mark().catch((error: unknown) => log.warn({ err: error }, 'mark not written'));
        if (count < BATCH) break;
      }
      return sealed;
    },
    stop: async () => {
      stopped = true;
      await history.takeLease(LEASE, holder, RELEASED_MS);
    },
  };
};

/** The seal that was last here is gone, or another has its number. */
const isAnother = (known: SealHead | undefined, last: SealHead | undefined): boolean =>
  known !== undefined &&
  (last === undefined || last.number < known.number || (last.number === known.number && last.hash !== known.hash));

/** What a log keeps of a seal can stand in for an export of it: `npm run audit:verify -- --checkpoint FILE`. */
const sealLine = ({ number, hash, count, through, signature }: Seal) => ({ number, hash, count, through, signature });

/** Seals now and then every `everyMs`, never twice at once; the function that it answers stops it and lets another worker seal. */
export const sealRegularly = (
  sealer: Sealer,
  { everyMs, log }: Pick<Sealing, 'everyMs' | 'log'>,
): (() => Promise<void>) => {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const run = async () => {
    try {
      await sealer.run();
    } catch (error) {
      log.warn({ err: error }, 'sealing failed');
    }
    if (!stopped) timer = setTimeout(begin, everyMs);
  };
  const begin = () => {
    running = run();
  };
  begin();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    const released = sealer.stop();
    await running;
    await released;
  };
};
