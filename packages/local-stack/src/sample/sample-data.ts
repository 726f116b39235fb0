import { engineCall } from '../engine/engine-call.ts';
import { type CatalogueIndex, foreignIndices, optimizeIndices } from './catalogue.ts';
import { sampleDocuments } from './documents.ts';
import { indexMapping } from './mapping.ts';
import type { SampleDocument } from './sample-document.ts';

export type SampleDataOptions = {
  /** Replaces the word `optimize` in every index and alias. */
  prefix?: string;
  /** About five documents come with each. */
  processInstances?: number;
  seed?: number;
};

/** What was written; zeros when it existed already. */
export type SampleDataOutcome = { indices: number; documents: number };

const CONCURRENCY = 4;
const BATCH_BYTES = 1_000_000;

const settings = { number_of_shards: 1, number_of_replicas: 0 };

/** Processes a list with limited concurrency; the first failure ends it. */
const eachOf = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
};

const isTaken = (body: unknown): boolean => JSON.stringify(body).includes('resource_already_exists_exception');

/** False when an index of that name exists already. */
const createIndex = async (engineUrl: string, index: string, body: object): Promise<boolean> => {
  const answer = await engineCall(engineUrl, 'PUT', index, body, [400]);
  if (answer.status === 200) return true;
  if (isTaken(answer.body)) return false;
  throw new Error(`the engine refuses to create ${index}: ${JSON.stringify(answer.body)}`);
};

const definitionOf = ({ aliases, writeAlias, fields }: CatalogueIndex) => ({
  settings,
  mappings: indexMapping(fields),
  aliases: Object.fromEntries(aliases.map((alias) => [alias, alias === writeAlias ? { is_write_index: true } : {}])),
});

const linesOf = (index: string, id: string, source: object) =>
  `${JSON.stringify({ index: { _index: index, _id: id } })}\n${JSON.stringify(source)}\n`;

const batches = (lines: readonly string[]): string[] =>
  lines.reduce<string[]>((made, line) => {
    const last = made.at(-1);
    if (last === undefined || last.length > BATCH_BYTES) made.push(line);
    else made[made.length - 1] = last + line;
    return made;
  }, []);

const bulk = async (engineUrl: string, lines: string): Promise<void> => {
  const { body } = await engineCall(engineUrl, 'POST', '_bulk', lines);
  const { errors, items } = body as { errors: boolean; items: { index: { error?: unknown } }[] };
  if (errors)
    throw new Error(`the engine refuses a document: ${JSON.stringify(items.find(({ index }) => index.error))}`);
};

const putForeign = async (engineUrl: string, index: string): Promise<void> => {
  if (!(await createIndex(engineUrl, index, { settings }))) return;
  const lines = [1, 2, 3].map((id) => linesOf(index, String(id), { id, note: `belongs to ${index.split('-')[0]}` }));
  await bulk(engineUrl, lines.join(''));
};

const isThere = async (engineUrl: string, metadata: string): Promise<boolean> => {
  const answer = await engineCall(engineUrl, 'GET', `${metadata}/_doc/1`, undefined, [404]);
  return answer.status === 200;
};

/**
 * Fills an engine with a small Optimize 3.9.0: every index of the catalogue with aliases, mappings and generated documents, and a few
 * indices of other components beside them. All is searchable when it resolves. The same options give the same documents; where they are
 * already, nothing is done, and an interrupted run is completed. Only for engines that the stack started: it writes without confirmation.
 */
export const putSampleData = async (engineUrl: string, options: SampleDataOptions = {}): Promise<SampleDataOutcome> => {
  const { prefix = 'optimize', processInstances = 3_000, seed = 1 } = options;
  const indices = optimizeIndices(prefix);
  const indexOf = new Map(indices.map(({ name, index }) => [name, index]));
  const metadata = indexOf.get('metadata') ?? '';
  if (await isThere(engineUrl, metadata)) return { indices: 0, documents: 0 };

  await eachOf(indices, async (entry) => {
    await createIndex(engineUrl, entry.index, definitionOf(entry));
  });
  await eachOf(foreignIndices(), (index) => putForeign(engineUrl, index));

  const documents = sampleDocuments({ processInstances, seed });
  const toLines = ({ name, id, source }: SampleDocument) => linesOf(indexOf.get(name) ?? name, id, source);
  const last = documents.length - 1;
  await eachOf(batches(documents.slice(0, last).map(toLines)), (lines) => bulk(engineUrl, lines));
  // last: it marks the data as complete for the next start
  await bulk(engineUrl, documents.slice(last).map(toLines).join(''));
  await engineCall(engineUrl, 'POST', `${prefix}-*/_refresh`);
  return { indices: indices.length, documents: documents.length };
};
