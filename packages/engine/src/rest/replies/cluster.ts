import { createHash } from 'node:crypto';
import { locationDigest } from '@tandem/shared/domain/repository/location-settings.ts';
import { shownSettings } from '@tandem/shared/domain/repository/secret-settings.ts';
import type {
  EngineInfo,
  EngineKind,
  IndexListing,
  OptimizeMetadata,
  RegisteredRepository,
  RepositoryInfo,
  RepositoryNode,
} from '../../port.ts';
import { type Fields, fieldsAt, isFields, listAt, optional, ReplyInvalid, textAt, textsAt } from '../reply-fields.ts';

/** A node's version, and the newest snapshot version that it can read. */
export type NodeVersion = { readonly version: string; readonly newestReadable: number };

type NodeReader = (node: Fields, where: string) => NodeVersion;

/** In a cluster of several versions the oldest node decides how new a snapshot may be, and the newest one how old. */
const nodeVersionsIn = (reply: unknown, nodeAt: NodeReader): readonly [oldest: NodeVersion, newest: NodeVersion] => {
  const nodes = Object.entries(fieldsAt(fieldsAt(reply, 'the answer').nodes, 'nodes'));
  const versions = nodes
    .map(([id, node]) => nodeAt(fieldsAt(node, `nodes.${id}`), `nodes.${id}`))
    .sort((one, other) => one.newestReadable - other.newestReadable);
  const [oldest, newest] = [versions[0], versions.at(-1)];
  if (oldest === undefined || newest === undefined) throw new ReplyInvalid('nodes is empty');
  return [oldest, newest];
};

const majorOf = ({ version }: NodeVersion): number => Number.parseInt(version, 10);

/** From `GET /_cluster/state/version`. */
export const clusterUuidIn = (clusterState: unknown): string => {
  const clusterUuid = textAt(fieldsAt(clusterState, 'the cluster state').cluster_uuid, 'cluster_uuid');
  if (clusterUuid === '_na_') throw new ReplyInvalid('cluster_uuid is not known yet');
  return clusterUuid;
};

/** From `GET /_nodes` and `GET /_cluster/state/version`. */
export const infoReader =
  (kind: EngineKind, nodeAt: NodeReader) =>
  (nodes: unknown, clusterState: unknown): EngineInfo => {
    const [oldest, newest] = nodeVersionsIn(nodes, nodeAt);
    const [major, newestMajor] = [majorOf(oldest), majorOf(newest)];
    const clusterUuid = clusterUuidIn(clusterState);
    return { kind, ...oldest, major, ...(newestMajor === major ? {} : { newestMajor }), clusterUuid };
  };

const indexAt = (value: unknown, where: string): IndexListing => {
  const index = fieldsAt(value, where);
  const attributes = textsAt(index.attributes, `${where}.attributes`);
  const open = attributes.includes('open');
  if (open === attributes.includes('closed')) throw new ReplyInvalid(`${where}.attributes has neither open nor closed`);
  // An index without aliases comes without the field.
  const aliases = optional(textsAt, index.aliases, `${where}.aliases`) ?? [];
  return { name: textAt(index.name, `${where}.name`), aliases: [...aliases].sort(), open };
};

const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name < other.name ? -1 : 1;

/** From the resolve-index API, which names aliases and data streams apart. An alias may lead to an index of another name: left out. */
export const indicesIn = (reply: unknown, prefix: string): readonly IndexListing[] =>
  listAt(fieldsAt(reply, 'the answer').indices, 'indices')
    .map((index, position) => indexAt(index, `indices[${position}]`))
    .filter(({ name }) => name.startsWith(`${prefix}-`))
    .sort(byName);

const isIndexMissing = (reply: Fields): boolean =>
  isFields(reply.error) && reply.error.type === 'index_not_found_exception';

/** From `GET /{alias}/_doc/1`, its 404 included. */
export const optimizeMetadataIn = (reply: unknown): OptimizeMetadata | undefined => {
  const fields = fieldsAt(reply, 'the answer');
  if (fields.found === false || isIndexMissing(fields)) return undefined;
  if (fields.found !== true) throw new ReplyInvalid('found is missing');
  const source = fieldsAt(fields._source, '_source');
  return {
    schemaVersion: textAt(source.schemaVersion, '_source.schemaVersion'),
    installationId: optional(textAt, source.installationId, '_source.installationId'),
  };
};

/** `readonly` of any type; an Azure repository reads from its secondary and is read-only then; `url` cannot write. */
const readOnlyIn = (type: string, settings: Fields): string | undefined => {
  if (settings.readonly === 'true' || settings.readonly === true) return 'its setting readonly is true';
  if (settings.location_mode === 'secondary_only') return 'its setting location_mode is secondary_only';
  return type === 'url' ? 'its type is url' : undefined;
};

/** `limit` undefined: it has none. */
export type RepositoryReply = Omit<RepositoryInfo, 'snapshotsLeft'> & { readonly limit: number | undefined };

/** Engines return every setting as a string. */
const limitIn = ({ max_number_of_snapshots: limit }: Fields): number | undefined => {
  const number = Number(limit);
  return limit === undefined || !Number.isSafeInteger(number) ? undefined : number;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The digest that is recorded with backups (domain/repository/location-settings.ts). */
export const settingsDigestOf = (type: string, settings: Fields): string => locationDigest(type, settings, sha256);

type Registered = { readonly uuid: string | undefined; readonly type: string; readonly settings: Fields };

const registeredAt = (value: unknown, name: string): Registered => {
  const repository = fieldsAt(value, name);
  const uuid = optional(textAt, repository.uuid, `${name}.uuid`);
  const type = textAt(repository.type, `${name}.type`);
  const settings = optional(fieldsAt, repository.settings, `${name}.settings`) ?? {};
  return { uuid: uuid === '_na_' ? undefined : uuid, type, settings };
};

/** From `GET /_snapshot/{name}`. */
export const repositoryIn = (reply: unknown, name: string): RepositoryReply => {
  const { type, settings, uuid } = registeredAt(fieldsAt(reply, 'the answer')[name], name);
  return {
    ...{ name, type, uuid, settingsDigest: settingsDigestOf(type, settings) },
    ...{ readOnly: readOnlyIn(type, settings), limit: limitIn(settings) },
  };
};

/** `{"a": {"b": 1}}` as `a.b`, which engines take for the same setting. */
const flat = (settings: Fields, path = ''): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) =>
      isFields(value) ? Object.entries(flat(value, `${path}${name}.`)) : [[`${path}${name}`, String(value)]],
    ),
  );

/** From `GET /_snapshot`; sorted by name. */
export const repositoriesIn = (reply: unknown): readonly RegisteredRepository[] =>
  Object.entries(fieldsAt(reply, 'the answer'))
    .map(([name, value]) => {
      const { type, settings, uuid } = registeredAt(value, name);
      return {
        ...{ name, type, uuid, settingsDigest: settingsDigestOf(type, settings) },
        ...{ readOnly: readOnlyIn(type, settings), ...shownSettings(type, flat(settings)) },
      };
    })
    .sort(byName);

/** From `POST /_snapshot/{repository}/_verify`; sorted by name. */
export const verifiedNodesIn = (reply: unknown): readonly RepositoryNode[] =>
  Object.entries(fieldsAt(fieldsAt(reply, 'the answer').nodes, 'nodes'))
    .map(([id, node]) => ({ id, name: textAt(fieldsAt(node, `nodes.${id}`).name, `nodes.${id}.name`) }))
    .sort(byName);
