import type { Snapshot } from '../backup/snapshot.ts';

/**
 * What Elasticsearch 7 to 9 and OpenSearch say of a state that passes by itself: a node restarts, and its shards are assigned again. Of a create
 * that they refuse, and of a shard in a snapshot that ended FAILED or PARTIAL.
 */
const INTERRUPTION =
  /node left the cluster during snapshot|node shutdown|unassigned primary shards?|don't have primary shards|not all primary shards|primary shards? (is|are) not (allocated|assigned|active)/i;

/** Whether the engine's words are about a state that passes by itself, so that another try may succeed. */
export const isInterruption = (words: string): boolean => INTERRUPTION.test(words);

/** Whether a snapshot is incomplete only because of a state that passes by itself. */
export const wasInterrupted = ({ failures, reason }: Pick<Snapshot, 'failures' | 'reason'>): boolean =>
  failures.length > 0
    ? failures.every((failure) => isInterruption(failure.reason))
    : reason !== undefined && isInterruption(reason);

/** Tries per part, including the first. */
export const INTERRUPTED_TRIES = 3;
/** Between two of them, unless INTERRUPTED_RETRY_DELAY says otherwise: shards of a node that left are assigned again after a minute, by default. */
export const INTERRUPTED_MS = 60_000;
