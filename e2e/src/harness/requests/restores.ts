import { expect } from 'vitest';
import type { Engine } from '../services/engine.ts';
import type { World } from '../world.ts';
import type { Api } from './api.ts';
import { send } from './v1.ts';

export type Json = Readonly<Record<string, unknown>>;
export type PlanBody = Json & {
  readonly blockers: readonly {
    readonly code: string;
    readonly message: string;
    readonly found: readonly string[];
    readonly remedy: string;
  }[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly restores: readonly { readonly index: string; readonly as: string }[];
  readonly deletes: readonly { readonly index: string }[];
  readonly planHash: string;
};

export const planRestore = async (api: Api, request: object): Promise<PlanBody> => {
  const answer = await send(api, 'POST', '/restores/plan', request);
  expect(answer.status, answer.text).toBe(200);
  return answer.json as PlanBody;
};

/** The request again; where no safety backup is to be taken, with every index that is deleted named. */
export const withoutSafety = async (api: Api, request: object, more: object): Promise<object> => {
  if (!('safetyBackup' in more) || more.safetyBackup !== false) return request;
  const { deletes } = await planRestore(api, request);
  return deletes.length === 0 ? request : { ...request, acceptUnsaved: deletes.map(({ index }) => index) };
};

/** Plans, and requests exactly that; returns the id. */
export const restore = async (api: Api, request: object, more: object = {}): Promise<string> => {
  const planned = await withoutSafety(api, request, more);
  const { planHash, blockers } = await planRestore(api, planned);
  expect(blockers).toEqual([]);
  const answer = await send(api, 'POST', '/restores', { ...planned, planHash, reason: 'drill', ...more });
  expect(answer.status, answer.text).toBe(202);
  return String(answer.json?.operationId);
};

export const rehearse = async (api: Api, backupId: string, more: object = {}): Promise<string> => {
  const answer = await send(api, 'POST', `/backups/${backupId}/rehearse`, more);
  expect(answer.status, answer.text).toBe(202);
  return String(answer.json?.operationId);
};

export const readRestore = async (api: Api, id: string): Promise<Json> => {
  const answer = await send(api, 'GET', `/restores/${id}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.json as Json;
};

const OPEN = ['QUEUED', 'RUNNING'];

export const untilRestoreEnded = (world: World, id: string, withinMs?: number): Promise<Json> =>
  world.until(
    `restore ${id} has ended`,
    () => readRestore(world.api, id),
    ({ state }) => !OPEN.includes(String(state)),
    withinMs,
  );

/** Open, closed and hidden, sorted. */
export const indexNames = async (engine: Engine, pattern: string): Promise<readonly string[]> => {
  const found = await engine.call<{ indices: { name: string }[] }>(
    'GET',
    `_resolve/index/${pattern}?expand_wildcards=all`,
  );
  return found.indices.map(({ name }) => name).sort();
};

/** Its primaries are started: before that it cannot be measured, and a plan made then changes. */
export const untilStarted = (engine: Engine, index: string): Promise<unknown> =>
  engine.call('GET', `_cluster/health/${index}?wait_for_status=yellow&timeout=30s`);

export const removeIndices = async (engine: Engine, pattern: string): Promise<void> => {
  for (const name of await indexNames(engine, pattern)) await engine.call('DELETE', name);
};

type Hit = { readonly _index: string; readonly _id: string; readonly _source: unknown };

/** Every document of every index, with its id and source; at most 10,000 an index. */
export const allDocuments = async (engine: Engine, pattern: string): Promise<Readonly<Record<string, unknown>>> => {
  await engine.call('POST', `${pattern}/_refresh`);
  const documents: Record<string, unknown> = {};
  for (const index of await indexNames(engine, pattern)) {
    const { hits } = await engine.call<{ hits: { hits: Hit[]; total: { value: number } } }>(
      'GET',
      `${index}/_search?size=10000&sort=_doc&track_total_hits=true`,
    );
    expect(hits.hits).toHaveLength(hits.total.value);
    for (const { _id, _source } of hits.hits) documents[`${index}/${_id}`] = _source;
  }
  return documents;
};

/** Mappings, aliases and settings of every index, without what is its own. */
export const indexShapes = async (engine: Engine, pattern: string): Promise<Readonly<Record<string, unknown>>> => {
  const found = await engine.call<Record<string, { settings: { index: Json } }>>(
    'GET',
    `${pattern}?expand_wildcards=all`,
  );
  return Object.fromEntries(
    Object.entries(found).map(([name, { settings, ...rest }]) => {
      const { uuid: _uuid, creation_date: _date, version, ...kept } = settings.index;
      return [name, { ...rest, settings: kept, created: (version as Json).created }];
    }),
  );
};
