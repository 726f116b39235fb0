import { nameList } from '../../name-list.ts';
import type { ShardFailure, Snapshot } from '../snapshot.ts';

/** A shard that failed, for a sentence. */
export const shardWords = ({ index, shard, reason }: ShardFailure): string => `${index}[${shard}]: ${reason}`;

/** How a snapshot ended that is not SUCCESS, with the engine's reason and its failed shards. */
export const incompleteSentence = (
  snapshot: Pick<Snapshot, 'name' | 'state' | 'shards' | 'failures' | 'reason'>,
): string => {
  const { name, state, shards, failures, reason } = snapshot;
  const words = nameList([...(reason === undefined ? [] : [reason]), ...failures.map(shardWords)], {
    max: 10,
    between: '; ',
  });
  return `Snapshot ${name} ended ${state}, ${shards.failed} of ${shards.total} shards failed${words === '' ? '.' : `: ${words}`}`;
};
