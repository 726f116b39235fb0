import { expect } from 'vitest';
import { allDocuments, indexShapes, type Json, readRestore } from '../harness/requests/restores.ts';
import type { Row } from '../harness/services/database.ts';
import type { Match } from '../harness/services/engine-gate.ts';
import { until } from '../harness/until.ts';
import type { World } from '../harness/world.ts';

/** Indices of others, which no restore may touch: one open with an alias, one hidden. */
export const putForeign = async (world: World): Promise<void> => {
  const [open, hidden] = [`operate-${world.name}-list_8.3`, `tasklist-${world.name}-task_8.3`];
  await world.engine.createIndex(open, { aliases: { [`${open}_alias`]: {} } });
  await world.engine.createIndex(hidden, { settings: { 'index.hidden': true, 'index.refresh_interval': '7s' } });
  for (const index of [open, hidden]) await world.engine.putDocuments(index, [{ of: index }, { and: 'another' }]);
};

const uuidsOf = async ({ engine }: World, pattern: string): Promise<Json> => {
  const path = `${pattern}/_settings/index.uuid?expand_wildcards=all&flat_settings=true`;
  const found = await engine.call<Record<string, { settings: Json }>>('GET', path);
  return Object.fromEntries(Object.entries(found).map(([name, { settings }]) => [name, settings['index.uuid']]));
};

/** All that the engine holds; what is not Optimize's by its uuid, too: it was not re-created. All of it has to be open. */
export const lookAround = async (world: World) => ({
  documents: await allDocuments(world.engine, '*'),
  shapes: await indexShapes(world.engine, '*'),
  foreign: await uuidsOf(world, `*,-${world.prefix}-*`),
});
export type Sight = Awaited<ReturnType<typeof lookAround>>;

/** Of what `sight` saw, all but Optimize's own indices. */
export const withoutOptimize = (world: World, { documents, shapes, foreign }: Sight): Sight => {
  const others = (fields: Json) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith(`${world.prefix}-`)));
  return { documents: others(documents), shapes: others(shapes), foreign };
};

const OPEN = ['QUEUED', 'RUNNING'];
const ENDS: Readonly<Record<string, string>> = {
  SUCCEEDED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
};

export const untilEnded = (world: World, id: string): Promise<Json> =>
  until(
    `restore ${id} has ended`,
    () => readRestore(world.api, id),
    ({ state }) => !OPEN.includes(String(state)),
    { withinMs: 60_000, logs: world.logs },
  );

export const eventsOf = (world: World, id: string): Promise<readonly Row[]> =>
  world.sql(`select * from event where after ->> 'operationId' = $1 order by id`, id);

/**
 * What holds of a restore or rehearsal that has ended, whatever happened meanwhile: the engine holds exactly `sight`, the events tell one
 * request and one end, nothing after it but what the sweep removed late, and attempts are numbered from 1.
 */
export const expectEnded = async (world: World, id: string, wanted: string, sight: Sight): Promise<Json> => {
  const ended = await untilEnded(world, id);
  expect(ended.state, `${JSON.stringify(ended.failure)}\n${world.logs()}`).toBe(wanted);
  expect(await lookAround(world)).toEqual(sight);
  const events = await eventsOf(world, id);
  const kinds = events.filter(({ source }) => source !== 'sweep').map(({ kind }) => String(kind));
  const word = ended.kind === 'restore' ? 'restore' : 'rehearsal';
  expect(kinds.filter((kind) => /\.(completed|failed|cancelled)$/.test(kind) && kind.startsWith(word))).toEqual([
    `${word}.${ENDS[wanted]}`,
  ]);
  expect([kinds[0], kinds.at(-1)], kinds.join()).toEqual([`${word}.requested`, `${word}.${ENDS[wanted]}`]);
  const attempts = await world.sql('select number from attempt where operation_id = $1 order by number', id);
  expect(attempts.map(({ number }) => number)).toEqual(attempts.map((_, at) => at + 1));
  expect(ended.attemptCount).toBe(attempts.length);
  return ended;
};

/** The restore of a part. */
export const restoreOfPart =
  (part: number): Match =>
  ({ method, path }) =>
    method === 'POST' && path.includes(`_part_${part}_of_`) && path.includes('/_restore');

/** The deletion of indices, not of snapshots. */
export const deletionOfIndices: Match = ({ method, path }) => method === 'DELETE' && !path.startsWith('/_');

export const lookAtRecoveries: Match = ({ method, path }) => method === 'GET' && path.includes('/_recovery');
