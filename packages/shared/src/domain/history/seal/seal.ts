import type { ExportedEvent } from '../../../contract/exported-event.ts';
import type { Seal } from '../../../contract/seals.ts';
import { canonicalJson } from '../../canonical-json.ts';
import { type IdSpans, idsBetween, spansOf, union, without } from './id-spans.ts';
import { type Digest, hex, leafHash, merkleRoot } from './merkle.ts';

/** What a seal says, without its hash. */
export type SealBody = Omit<Seal, 'hash' | 'signature' | 'keyId'>;

/** What the next seal continues. */
export type SealHead = Pick<Seal, 'number' | 'hash' | 'through' | 'waiting'>;

/** Before the first one: no event has an id up to this. */
export const FIRST_THROUGH = '0';

/** The leaf of an event in the Merkle tree of its seal: the hash of its canonical JSON. */
export const eventLeaf = (digest: Digest, event: ExportedEvent): Uint8Array => leafHash(digest, canonicalJson(event));

const utf8 = new TextEncoder();

/** SHA-256 in hexadecimal of the canonical JSON of a seal without its hash, signature and key id. */
export const sealHash = (
  digest: Digest,
  { number, previous, events, count, root, through, waiting, sealedAt }: SealBody,
): string =>
  hex(digest(utf8.encode(canonicalJson({ number, previous, events, count, root, through, waiting, sealedAt }))));

/** By id as a number, lowest first: the order of the leaves. */
export const inOrder = <Of extends { readonly id: string }>(events: readonly Of[]): readonly Of[] =>
  events.toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));

/** The Merkle root over these events in the order of their ids, in hexadecimal. */
export const eventsRoot = (digest: Digest, events: readonly ExportedEvent[]): string =>
  hex(
    merkleRoot(
      digest,
      inOrder(events).map((event) => eventLeaf(digest, event)),
    ),
  );

export type ToSeal = {
  readonly last: SealHead | undefined;
  readonly sealedAt: string;
  /** One at least, none of them sealed, and every one up to the highest id that has appeared. */
  readonly events: readonly ExportedEvent[];
  /** What the last seal waited for and is not among `events` will never appear: who drew those ids has ended without them. */
  readonly nothingWaits: boolean;
};

/**
 * The next seal. Numbers are given to events before they are committed, so that one may appear after those with higher numbers: what is
 * missing below the highest waits, and is sealed later.
 */
export const nextSeal = (digest: Digest, { last, sealedAt, events, nothingWaits }: ToSeal): Seal => {
  const before = last?.through ?? FIRST_THROUGH;
  const ids = spansOf(events.map(({ id }) => id));
  const highest = ids.at(-1)?.[1] ?? before;
  const through = BigInt(highest) > BigInt(before) ? highest : before;
  const waited: IdSpans = nothingWaits ? [] : (last?.waiting ?? []);
  const body: SealBody = {
    number: (last?.number ?? 0) + 1,
    previous: last?.hash ?? null,
    events: ids.map(([first, to]) => [first, to]),
    count: events.length,
    root: eventsRoot(digest, events),
    through,
    waiting: without(union(waited, idsBetween(before, through)), ids).map(([first, to]) => [first, to]),
    sealedAt,
  };
  return { ...body, hash: sealHash(digest, body), signature: null, keyId: null };
};
