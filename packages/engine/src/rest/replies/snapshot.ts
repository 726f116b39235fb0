import {
  type ListedSnapshot,
  type ShardCount,
  type ShardFailure,
  SNAPSHOT_STATES,
  type Snapshot,
  type SnapshotOwner,
  type SnapshotState,
} from '@tandem/shared/domain/backup/snapshot.ts';
import {
  countAt,
  type Fields,
  fieldsAt,
  isFields,
  listAt,
  optional,
  ReplyInvalid,
  textAt,
  textsAt,
} from '../reply-fields.ts';

const stateAt = (value: unknown, where: string): SnapshotState => {
  const state = SNAPSHOT_STATES.find((known) => known === value);
  if (state === undefined) throw new ReplyInvalid(`${where} is none of ${SNAPSHOT_STATES.join(', ')}`);
  return state;
};

/** Engines report 1970 for a time that is not set yet. */
const timeAt = (value: unknown, where: string): Date | undefined => {
  const millis = optional(countAt, value, where);
  return millis === undefined || millis === 0 ? undefined : new Date(millis);
};

const shardsAt = (value: unknown, where: string): ShardCount => {
  const shards = fieldsAt(value, where);
  return {
    total: countAt(shards.total, `${where}.total`),
    successful: countAt(shards.successful, `${where}.successful`),
    failed: countAt(shards.failed, `${where}.failed`),
  };
};

const shardFailureAt = (value: unknown, where: string): ShardFailure => {
  const failure = fieldsAt(value, where);
  return {
    index: textAt(failure.index, `${where}.index`),
    shard: countAt(failure.shard_id, `${where}.shard_id`),
    reason: optional(textAt, failure.reason, `${where}.reason`) ?? 'the engine gives no reason',
  };
};

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isPartNumber = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

/** Undefined: the metadata is absent or not ours. Anyone may write metadata, so unexpected values are no error. */
const ownerIn = (metadata: unknown): SnapshotOwner | undefined => {
  const owner = isFields(metadata) ? metadata.tandem : undefined;
  if (!isFields(owner)) return undefined;
  const { backupId, operationId, part, of, optimizeVersion, tandem } = owner;
  if (!isText(backupId) || !isText(operationId) || !isText(optimizeVersion) || !isText(tandem)) return undefined;
  if (!isPartNumber(part) || !isPartNumber(of)) return undefined;
  const base = { backupId, operationId, part, of, optimizeVersion, tandem };
  const { manifest, requestedAt, requestedBy, indexPrefix, safetyOf, mark, empty, versionAssumed } = owner;
  const texts = { manifest, requestedAt, requestedBy, indexPrefix, safetyOf, mark };
  return {
    ...base,
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => isText(text))),
    ...(Array.isArray(empty) && empty.every(isPartNumber) ? { empty } : {}),
    ...(versionAssumed === true ? { versionAssumed } : {}),
  };
};

const snapshotAt = (value: unknown, where: string): Snapshot => {
  const reply = fieldsAt(value, where);
  const state = stateAt(reply.state, `${where}.state`);
  const endedAt = timeAt(reply.end_time_in_millis, `${where}.end_time_in_millis`);
  return {
    name: textAt(reply.snapshot, `${where}.snapshot`),
    uuid: textAt(reply.uuid, `${where}.uuid`),
    state,
    indices: textsAt(reply.indices, `${where}.indices`),
    owner: ownerIn(reply.metadata),
    engineVersion: optional(textAt, reply.version, `${where}.version`),
    versionId: optional(countAt, reply.version_id, `${where}.version_id`),
    startedAt: timeAt(reply.start_time_in_millis, `${where}.start_time_in_millis`),
    endedAt: state === 'IN_PROGRESS' ? undefined : endedAt,
    shards: shardsAt(reply.shards, `${where}.shards`),
    failures: listAt(reply.failures, `${where}.failures`).map((failure, index) =>
      shardFailureAt(failure, `${where}.failures[${index}]`),
    ),
    reason: optional(textAt, reply.reason, `${where}.reason`),
  };
};

/** The answer of the get-snapshot API with `verbose=true`, as of Elasticsearch 7.16 and later. */
export const snapshotsIn = (reply: unknown): readonly Snapshot[] =>
  listAt(fieldsAt(reply, 'the answer').snapshots, 'snapshots').map((snapshot, index) =>
    snapshotAt(snapshot, `snapshots[${index}]`),
  );

const listedAt = (value: unknown, where: string): ListedSnapshot => {
  const { snapshot, uuid, state } = fieldsAt(value, where);
  return {
    name: textAt(snapshot, `${where}.snapshot`),
    uuid: textAt(uuid, `${where}.uuid`),
    state: optional(stateAt, state, `${where}.state`),
  };
};

/**
 * A filtered reply with `verbose=false`. The filter drops an empty list, so `total` must confirm that there is no snapshot: a truncated list
 * or a reply of another kind must not look like deleted snapshots.
 */
export const listedSnapshotsIn = (reply: unknown): readonly ListedSnapshot[] => {
  const { total, snapshots } = fieldsAt(reply, 'the answer');
  const listed = listAt(snapshots ?? (total === 0 ? [] : undefined), 'snapshots').map((snapshot, index) =>
    listedAt(snapshot, `snapshots[${index}]`),
  );
  if (total !== undefined && countAt(total, 'total') !== listed.length)
    throw new ReplyInvalid('snapshots are not all there are');
  return listed;
};

/** The names in an answer with `verbose=false`: what the repository's catalogue holds, readable or not. */
export const snapshotNamesIn = (reply: unknown): readonly string[] =>
  listAt(fieldsAt(reply, 'the answer').snapshots, 'snapshots').map((snapshot, index) =>
    textAt(fieldsAt(snapshot, `snapshots[${index}]`).snapshot, `snapshots[${index}].snapshot`),
  );

/**
 * Elasticsearch 7.16 and 7.17 return 200 with an empty list if the repository is missing or broken, and report the error in a separate field
 * (seen on 7.17.29). Undefined: no repository failed.
 */
export const repositoryErrorIn = (reply: unknown): Fields | undefined => {
  const failures = isFields(reply) ? reply.failures : undefined;
  const [first] = isFields(failures) ? Object.values(failures) : [];
  return first === undefined ? undefined : fieldsAt(first, 'failures');
};
