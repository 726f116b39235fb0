import type { ListedSnapshot, Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { codeOfAnswer, type EngineCall, engineFailure } from '../failures/failure.ts';
import { nameChunks } from '../name-chunks.ts';
import { listedSnapshotsIn, repositoryErrorIn, snapshotNamesIn, snapshotsIn } from '../replies/snapshot.ts';
import { isFields } from '../reply-fields.ts';
import type { EngineTransport, Send } from '../transport/engine-transport.ts';

/** Elasticsearch refuses a request line over 4,096 bytes; the rest is for the path's other parts, the query and a proxy's prefix. */
const MAX_NAMES_BYTES = 3_000;

/** Reads snapshots by name from one repository. */
export type SnapshotLookup = {
  readonly transport: EngineTransport;
  readonly send: Send;
  readonly masterTimeout: string;
  readonly repository: string;
};

type Query = {
  readonly verbose?: boolean;
  readonly ignore_unavailable?: boolean;
  readonly filter_path?: string;
};

const get = async (
  lookup: SnapshotLookup,
  names: readonly string[],
  query: Query,
  call: EngineCall = 'findSnapshots',
): Promise<unknown> => {
  const { send, transport, masterTimeout, repository } = lookup;
  const reply = await send({
    method: 'GET',
    path: ['_snapshot', repository, names],
    query: { master_timeout: masterTimeout, ...query },
  });
  const error = repositoryErrorIn(reply);
  if (error === undefined) return reply;
  const type = typeof error.type === 'string' ? error.type : undefined;
  const context = transport.contextOf(call);
  throw engineFailure(codeOfAnswer(call, 500, type), context, { type, reason: error.reason });
};

const isPattern = (name: string): boolean => name.endsWith('*');

/** OpenSearch before 2.7 also lists running snapshots of other names (its issue 6820). */
const onlyOf = <Item>(names: readonly string[], items: readonly Item[], nameOf: (item: Item) => string) =>
  items.filter((item) =>
    names.some((name) => (isPattern(name) ? nameOf(item).startsWith(name.slice(0, -1)) : nameOf(item) === name)),
  );

/**
 * With `ignore_unavailable` the engine omits missing snapshots, but also those that it cannot read (seen on 8.19 with the
 * snapshot's file deleted). So missing names are looked up in the repository's catalogue; those listed there are read
 * again without leniency, which rejects with REPOSITORY_UNAVAILABLE.
 */
const findChunk = async (lookup: SnapshotLookup, names: readonly string[]): Promise<readonly Snapshot[]> => {
  const readable = get(lookup, names, { ignore_unavailable: true });
  // a pattern's result may be incomplete, so both are requested at once
  const listed = names.some(isPattern) ? catalogueOf(lookup, names) : undefined;
  const [all, catalogue] = await Promise.all([readable.then(snapshotsIn), listed]);
  const found = onlyOf(names, all, ({ name }) => name);
  const known = new Set(found.map(({ name }) => name));
  const missing = names.filter((name) => !known.has(name));
  const standing = catalogue ?? (missing.length === 0 ? [] : await catalogueOf(lookup, missing));
  const hidden = standing.filter((name) => !known.has(name));
  const strict: Snapshot[] = [];
  for (const chunk of nameChunks(hidden, MAX_NAMES_BYTES)) strict.push(...(await readStrictly(lookup, chunk)));
  return [...found, ...strict];
};

const catalogueOf = async (lookup: SnapshotLookup, names: readonly string[]): Promise<readonly string[]> =>
  onlyOf(
    names,
    snapshotNamesIn(await get(lookup, names, { ignore_unavailable: true, verbose: false })),
    (name) => name,
  );

/** A missing snapshot that is still in the catalogue is unreadable; one that was deleted since is just gone. */
const readStrictly = async (lookup: SnapshotLookup, names: readonly string[]): Promise<readonly Snapshot[]> => {
  try {
    return snapshotsIn(await get(lookup, names, {}));
  } catch (error) {
    if (!isFailure(error)) throw error;
    const standing = await catalogueOf(lookup, names);
    if (standing.length === names.length) throw error;
    return standing.length === 0 ? [] : readStrictly(lookup, standing);
  }
};

/** In the order of the engine's replies, each snapshot once. The names must have been checked (request-rules.ts). */
export const findSnapshots = async (lookup: SnapshotLookup, names: readonly string[]): Promise<readonly Snapshot[]> => {
  const found = new Map<string, Snapshot>();
  for (const chunk of nameChunks([...new Set(names)], MAX_NAMES_BYTES)) {
    for (const snapshot of await findChunk(lookup, chunk)) found.set(snapshot.uuid, snapshot);
  }
  return [...found.values()];
};

/** All that the repository holds, running ones too. */
export const countSnapshots = async (lookup: SnapshotLookup): Promise<number> => {
  const query = { ignore_unavailable: true, verbose: false, filter_path: 'snapshots.snapshot,failures' };
  const reply = await get(lookup, ['*'], query, 'readRepository');
  return isFields(reply) && reply.snapshots === undefined ? 0 : snapshotNamesIn(reply).length;
};

/** Without the index lists, which make up most of the catalogue. */
const LISTED = 'total,snapshots.snapshot,snapshots.uuid,snapshots.state,failures';

const isEmpty = (reply: unknown): boolean => isFields(reply) && Object.keys(reply).length === 0;

/** From the repository's catalogue alone: no file of a snapshot is opened. The prefix must have been checked (request-rules.ts). */
export const listSnapshots = async (lookup: SnapshotLookup, prefix: string): Promise<readonly ListedSnapshot[]> => {
  const query = { ignore_unavailable: true, verbose: false };
  const list = (more: Query) => get(lookup, [`${prefix}*`], { ...query, ...more }, 'listSnapshots');
  const reply = await list({ filter_path: LISTED });
  // the filter drops an empty list, and without a count only that list proves that there is no snapshot
  const isUnproven = !lookup.send.variant.countsSnapshots && isEmpty(reply);
  return onlyOf([`${prefix}*`], listedSnapshotsIn(isUnproven ? await list({}) : reply), ({ name }) => name);
};
