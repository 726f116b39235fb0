import { createHash } from 'node:crypto';
import type { Seal } from '@tandem/shared/contract/seals.ts';
import type { Digest } from '@tandem/shared/domain/history/seal/merkle.ts';
import { nextSeal } from '@tandem/shared/domain/history/seal/seal.ts';
import type { SealHistory } from '../ports/seals.ts';

export const sha256: Digest = (bytes) => createHash('sha256').update(bytes).digest();

type Sealed = Pick<SealHistory, 'eventsAreQuiet' | 'unsealedEvents' | 'addSeal'>;

/** What the next seal would be, of so many events at most; undefined: there is nothing to seal. */
export const sealToBe = async (history: Sealed, limit = 100): Promise<Seal | undefined> => {
  const before = await history.eventsAreQuiet();
  const { at, last, events, isLateComplete } = await history.unsealedEvents(limit);
  const nothingWaits = before.quiet && isLateComplete && before.seal === (last?.number ?? 0);
  return events.length === 0 ? undefined : nextSeal(sha256, { last, sealedAt: at, events, nothingWaits });
};

/** Seals so many events at most, and answers the seal. */
export const sealNext = async (history: Sealed, limit?: number): Promise<Seal | undefined> => {
  const seal = await sealToBe(history, limit);
  if (seal !== undefined && !(await history.addSeal(seal))) throw new Error(`Seal ${seal.number} was not taken.`);
  return seal;
};
