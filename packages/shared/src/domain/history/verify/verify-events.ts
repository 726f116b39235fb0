import type { ExportedEvent } from '../../../contract/exported-event.ts';
import type { Seal } from '../../../contract/seals.ts';
import { hasId, type IdSpans, spansOf, spanWords, without } from '../seal/id-spans.ts';
import { type Digest, hex, merkleRoot } from '../seal/merkle.ts';
import { eventLeaf } from '../seal/seal.ts';
import { type ChainTrust, chainCheck } from '../seal/seal-chain.ts';
import type { Tampering } from './tampering.ts';

export type VerifiedEvents = {
  readonly seals: number;
  /** Sealed ones that are there. */
  readonly events: number;
  /** The newest: written since the last seal, or committed after those with higher ids. */
  readonly unsealed: number;
  /** Of the last seal; undefined: there is none. */
  readonly head: Pick<Seal, 'number' | 'hash' | 'through'> | undefined;
};

type Open = { readonly seal: Seal; readonly leaves: Uint8Array[]; readonly ids: string[] };

type Found = (tampering: Tampering) => void;

/**
 * Compares all seals (by their numbers) with all events (by their ids) in one pass; memory only contains the seals whose events are being
 * read. Rejects with whatever its sources reject with. Findings are reported as soon as they are known.
 */
export const verifyEvents = async (
  digest: Digest,
  seals: AsyncIterable<Seal>,
  events: AsyncIterable<ExportedEvent>,
  trust: ChainTrust,
  found: Found,
): Promise<VerifiedEvents> => {
  const chain = sealReader(digest, seals, trust, found);
  let unsealed = 0;
  let sealed = 0;
  let lastId: string | undefined;
  for await (const event of events) {
    if (event.id === lastId) {
      found({ kind: 'event.repeated', where: `event ${event.id}`, seal: undefined });
      continue;
    }
    lastId = event.id;
    const owner = await chain.ownerOf(event.id);
    if (owner === 'unsealed') unsealed += 1;
    else if (owner.open === undefined) {
      found({ kind: 'event.inserted', where: `event ${event.id} of ${event.at}`, seal: owner.passed });
    } else {
      sealed += 1;
      owner.open.leaves.push(eventLeaf(digest, event));
      owner.open.ids.push(event.id);
    }
  }
  return { ...(await chain.end()), events: sealed, unsealed };
};

type Owner = 'unsealed' | { readonly open: Open | undefined; readonly passed: number | undefined };

/** Seals as they are needed: read ahead of the events, closed behind them. */
const sealReader = (digest: Digest, seals: AsyncIterable<Seal>, trust: ChainTrust, found: Found) => {
  const source = seals[Symbol.asyncIterator]();
  const check = chainCheck(digest, trust);
  let open: Open[] = [];
  let last: Seal | undefined;
  let count = 0;
  let ended = false;

  const read = async (): Promise<boolean> => {
    const next = ended ? undefined : await source.next();
    if (next === undefined || next.done) {
      ended = true;
      return false;
    }
    for (const tampering of check(next.value)) found(tampering);
    last = next.value;
    count += 1;
    open.push({ seal: next.value, leaves: [], ids: [] });
    return true;
  };

  /** The first seal that covered that id. */
  const through = async (id: string): Promise<boolean> => {
    while (last === undefined || BigInt(last.through) < BigInt(id)) if (!(await read())) return false;
    return true;
  };

  const closeBefore = (id: string | undefined): void => {
    const isPassed = ({ seal }: Open) => id === undefined || BigInt(seal.events.at(-1)?.[1] ?? '0') < BigInt(id);
    for (const one of open) if (isPassed(one)) close(digest, one, found);
    open = open.filter((one) => !isPassed(one));
  };

  const ownerOf = async (id: string): Promise<Owner> => {
    if (!(await through(id))) return 'unsealed';
    closeBefore(id);
    const passed = (open.find(({ seal }) => BigInt(seal.through) >= BigInt(id))?.seal ?? last)?.number;
    for (;;) {
      const owner = open.find(({ seal }) => hasId(seal.events, id));
      if (owner) return { open: owner, passed };
      if (last === undefined || !hasId(last.waiting, id)) return { open: undefined, passed };
      if (!(await read())) return 'unsealed';
    }
  };

  const end = async () => {
    while (await read()) closeEmpty();
    closeBefore(undefined);
    for (const tampering of truncated(last, trust.checkpoint)) found(tampering);
    const head = last && { number: last.number, hash: last.hash, through: last.through };
    return { seals: count, head };
  };

  /** All events have been read: a seal that is read now has lost all of its own. */
  const closeEmpty = (): void => {
    const newest = open.pop();
    if (newest) close(digest, newest, found);
  };

  return { ownerOf, end };
};

const close = (digest: Digest, { seal, leaves, ids }: Open, found: Found): void => {
  const gone: IdSpans = without(seal.events, spansOf(ids));
  const { number } = seal;
  if (gone.length > 0) found({ kind: 'event.removed', where: `events ${spanWords(gone)}`, seal: number });
  else if (hex(merkleRoot(digest, leaves)) !== seal.root) {
    found({ kind: 'event.changed', where: `among events ${spanWords(seal.events)}`, seal: number });
  }
};

const truncated = (last: Seal | undefined, checkpoint: ReadonlyMap<number, string>): readonly Tampering[] => {
  const end = last?.number ?? 0;
  const gone = [...checkpoint.keys()].filter((number) => number > end);
  if (gone.length === 0) return [];
  const where = `seals ${Math.min(...gone)} to ${Math.max(...gone)} of the checkpoint; the last one now is ${end}`;
  return [{ kind: 'seal.truncated', where, seal: end + 1 }];
};
