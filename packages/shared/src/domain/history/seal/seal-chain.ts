import type { Seal } from '../../../contract/seals.ts';
import type { Tampering, TamperingKind } from '../verify/tampering.ts';
import { areSpans, type IdSpans, idsBetween, sizeOf, union, without } from './id-spans.ts';
import type { Digest } from './merkle.ts';
import { FIRST_THROUGH, sealHash } from './seal.ts';

/** Whether a signature over a hash is of a key that is trusted. */
export type SignatureCheck = (hash: string, signature: string, keyId: string) => boolean;

export type ChainTrust = {
  /** Hashes by number, of seals that were exported earlier. */
  readonly checkpoint: ReadonlyMap<number, string>;
  /** Every seal from that number on must have a signature that passes. Undefined: signatures are not checked. */
  readonly signatures: { readonly from: number; readonly check: SignatureCheck } | undefined;
};

export type ChainCheck = (seal: Seal) => readonly Tampering[];

/** Called with each seal in the order of their numbers; returns what is wrong with it and with its link to the one before. */
export const chainCheck = (digest: Digest, { checkpoint, signatures }: ChainTrust): ChainCheck => {
  let before: Seal | undefined;
  return (seal) => {
    const found: Tampering[] = [];
    const report = (kind: TamperingKind, where: string) => found.push({ kind, where, seal: seal.number });
    const next = (before?.number ?? 0) + 1;
    if (seal.number > next) report('seal.removed', `seals ${next} to ${seal.number - 1}`);
    else if (seal.number < next) report('seal.unchained', `seal ${seal.number} comes after seal ${next - 1}`);
    else if (seal.previous !== (before?.hash ?? null))
      report('seal.unchained', `seal ${seal.number} names another seal as its predecessor`);
    else if (!continues(before, seal)) report('seal.unchained', `seal ${seal.number} holds events out of order`);
    if (sealHash(digest, seal) !== seal.hash || sizeOf(seal.events) !== BigInt(seal.count))
      report('seal.changed', `seal ${seal.number}`);
    const kept = checkpoint.get(seal.number);
    if (kept !== undefined && kept !== seal.hash) report('seal.rewritten', `seal ${seal.number}`);
    if (signatures && seal.number >= signatures.from) {
      if (seal.signature === null || seal.keyId === null) report('seal.unsigned', `seal ${seal.number}`);
      else if (!signatures.check(seal.hash, seal.signature, seal.keyId)) report('seal.forged', `seal ${seal.number}`);
    }
    before = seal;
    return found;
  };
};

/** Its events were awaited or come after all earlier ones; it awaits only events that were missing before. */
const continues = (before: Seal | undefined, { events, waiting, through }: Seal): boolean => {
  if (!areSpans(events) || !areSpans(waiting)) return false;
  const from = before?.through ?? FIRST_THROUGH;
  if (BigInt(through) < BigInt(from)) return false;
  const due = union(before?.waiting ?? [], idsBetween(from, through));
  return (
    isWithin(events, due) &&
    isWithin(waiting, without(due, events)) &&
    isWithin(without(idsBetween(from, through), events), waiting)
  );
};

const isWithin = (spans: IdSpans, all: IdSpans): boolean => without(spans, all).length === 0;
