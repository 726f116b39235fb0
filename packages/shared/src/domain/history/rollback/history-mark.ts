import type { ExportedEvent } from '../../../contract/exported-event.ts';
import { type Digest, hex } from '../seal/merkle.ts';
import { eventLeaf } from '../seal/seal.ts';

/**
 * What a history held at a moment, kept where a dump of PostgreSQL does not reach: in Redis and in the metadata of snapshots. A history of
 * that id and epoch that lacks the event, or has another one under its id, was rolled back: ids come from a sequence that a dump rolls back
 * too, so that the digest counts.
 */
export type HistoryMark = {
  readonly historyId: string;
  /** A new one begins when a rollback is acknowledged. */
  readonly epoch: string;
  /** Of the newest committed event; decimal digits. */
  readonly eventId: string;
  /** SHA-256 of the event as a leaf of its seal (seal.ts), in hex. */
  readonly digest: string;
  /** The database's time when the mark was read, ISO 8601. */
  readonly at: string;
};

/** A history at a moment, as far as its marks need it. */
export type MarkedHistory = {
  readonly historyId: string;
  readonly epoch: string;
  readonly now: string;
  /** Undefined: it has no event yet. */
  readonly newest: ExportedEvent | undefined;
};

/** SHA-256 of the event as it is exported, in hexadecimal: the same as its leaf in a seal. */
export const eventDigest = (digest: Digest, event: ExportedEvent): string => hex(eventLeaf(digest, event));

/** The mark of the newest event of a history, dated with the database's time. Undefined: the history has no event. */
export const markOf = (digest: Digest, history: MarkedHistory): HistoryMark | undefined => {
  const { historyId, epoch, now, newest } = history;
  return newest && { historyId, epoch, eventId: newest.id, digest: eventDigest(digest, newest), at: now };
};

const SEPARATOR = '/';

/** A mark as it is written to metadata and Redis: about 180 ASCII characters. */
export const markText = ({ historyId, epoch, eventId, digest, at }: HistoryMark): string =>
  [historyId, epoch, eventId, digest, at].join(SEPARATOR);

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const MARK = new RegExp(`^(${UUID})/(${UUID})/(\\d{1,18})/([0-9a-f]{64})/(\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z)$`);

/** The mark in a text. Undefined: it is no mark, since anyone may write metadata and Redis. */
export const readMark = (text: string): HistoryMark | undefined => {
  const [, historyId, epoch, eventId, digest, at] = MARK.exec(text) ?? [];
  if (historyId === undefined || epoch === undefined || eventId === undefined) return undefined;
  if (digest === undefined || at === undefined || Number.isNaN(Date.parse(at))) return undefined;
  return { historyId, epoch, eventId, digest, at };
};
