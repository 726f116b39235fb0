import type { IndexRecovery } from '../../index-port.ts';
import { countAt, type Fields, fieldsAt, isFields, listAt, optional, textAt } from '../reply-fields.ts';
import type { IndexState, PrimaryState } from './index-replies.ts';

type Bytes = Pick<IndexRecovery, 'bytes' | 'bytesDone'>;

/** The newest recovery of one primary. */
type ShardRecovery = Bytes & { readonly source: IndexRecovery['source'] };

const MAX_REASON = 1_000;

const sourceAt = (value: unknown, where: string): IndexRecovery['source'] => {
  const source = fieldsAt(value, where);
  return {
    repository: textAt(source.repository, `${where}.repository`),
    snapshot: textAt(source.snapshot, `${where}.snapshot`),
    restoreUuid: textAt(source.restoreUUID, `${where}.restoreUUID`),
  };
};

const bytesAt = (value: unknown, where: string): Bytes => {
  const size = fieldsAt(fieldsAt(value, where).size, `${where}.size`);
  const recovered = countAt(size.recovered_in_bytes, `${where}.size.recovered_in_bytes`);
  const reused = countAt(size.reused_in_bytes, `${where}.size.reused_in_bytes`);
  return { bytes: countAt(size.total_in_bytes, `${where}.size.total_in_bytes`), bytesDone: recovered + reused };
};

const recoveryAt = (value: unknown, where: string): ShardRecovery => {
  const shard = fieldsAt(value, where);
  const isFromSnapshot = shard.type === 'SNAPSHOT';
  return {
    ...bytesAt(shard.index, `${where}.index`),
    source: isFromSnapshot ? sourceAt(shard.source, `${where}.source`) : undefined,
  };
};

/** From the recovery API: those of primaries, by index. */
export const recoveriesIn = (reply: unknown): ReadonlyMap<string, readonly ShardRecovery[]> =>
  new Map(
    Object.entries(fieldsAt(reply, 'the answer')).map(([name, index]) => [
      name,
      listAt(fieldsAt(index, name).shards, `${name}.shards`)
        .filter((shard) => isFields(shard) && shard.primary === true)
        .map((shard, position) => recoveryAt(shard, `${name}.shards[${position}]`)),
    ]),
  );

const isFromSnapshot = (source: unknown): source is Fields => isFields(source) && source.type === 'SNAPSHOT';

/**
 * With `deciders_no` the engine considers the restore of a shard failed: its retries are exhausted, its files are corrupt, or no node
 * may hold it. Between two tries the shard is unassigned too, but not abandoned (seen on 7.17.29).
 */
const isAbandoned = ({ state, recoverySource, unassigned }: PrimaryState): boolean =>
  state === 'UNASSIGNED' &&
  isFromSnapshot(recoverySource) &&
  isFields(unassigned) &&
  unassigned.allocation_status === 'deciders_no';

/** No node was tried: the cluster state does not say what rules them out. */
export const isUnexplained = ({ unassigned }: PrimaryState): boolean =>
  isFields(unassigned) && unassigned.reason !== 'ALLOCATION_FAILED';

/** A restart forgets restores: a shard that was not filled by then has no copy anywhere. */
const isLost = ({ state, recoverySource, unassigned }: PrimaryState): boolean =>
  state === 'UNASSIGNED' &&
  !isFromSnapshot(recoverySource) &&
  isFields(unassigned) &&
  unassigned.allocation_status === 'no_valid_shard_copy';

/** The first line and the last cause of a stack trace (8 and 9). */
const reasonOf = (unassigned: unknown): string => {
  const details = isFields(unassigned) && typeof unassigned.details === 'string' ? unassigned.details : '';
  const [first = ''] = details.split('\n');
  const cause = details.match(/^Caused by: .*$/gm)?.at(-1);
  const said = [first, cause].filter((line) => line !== undefined && line !== '').join(' · ');
  return said === '' ? 'no node may hold the shard' : said.slice(0, MAX_REASON);
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const sourceOf = (primaries: readonly PrimaryState[], recoveries: readonly ShardRecovery[]) => {
  const pending = primaries.map(({ recoverySource }) => recoverySource).find(isFromSnapshot);
  return pending === undefined
    ? recoveries.find(({ source }) => source !== undefined)?.source
    : sourceAt(pending, 'recovery_source');
};

const isStarted = ({ state }: PrimaryState): boolean => state === 'STARTED' || state === 'RELOCATING';

export const recoveryOf = (
  name: string,
  { uuid, blocks, primaries }: IndexState,
  recoveries: readonly ShardRecovery[],
): IndexRecovery => ({
  name,
  uuid,
  blocks,
  shards: primaries.length,
  shardsDone: primaries.filter(isStarted).length,
  bytes: sum(recoveries.map(({ bytes }) => bytes)),
  bytesDone: sum(recoveries.map(({ bytesDone }) => bytesDone)),
  source: sourceOf(primaries, recoveries),
  failures: primaries
    .filter((primary) => isAbandoned(primary) || isLost(primary))
    .map((primary) => ({ shard: primary.shard, reason: reasonOf(primary.unassigned), lost: isLost(primary) })),
});

export const isReady = ({ primaries }: IndexState): boolean => primaries.length > 0 && primaries.every(isStarted);

/** From the snapshot-status API of all repositories, which lists those that run. */
export const runningSnapshotsIn = (reply: unknown) =>
  (optional(listAt, fieldsAt(reply, 'the answer').snapshots, 'snapshots') ?? []).map((value, position) => {
    const where = `snapshots[${position}]`;
    const snapshot = fieldsAt(value, where);
    return {
      repository: textAt(snapshot.repository, `${where}.repository`),
      name: textAt(snapshot.snapshot, `${where}.snapshot`),
      indices: Object.keys(optional(fieldsAt, snapshot.indices, `${where}.indices`) ?? {}).sort(),
    };
  });
