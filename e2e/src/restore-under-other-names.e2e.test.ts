import { readFileSync } from 'node:fs';
import { optimizeIndices } from '@tandem/local-stack/sample/catalogue.ts';
import { beforeAll, expect, it } from 'vitest';
import { indexNames, indexShapes, planRestore, removeIndices, untilRestoreEnded } from './harness/requests/restores.ts';
import { create, send } from './harness/requests/v1.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ data: 'sample' });
const live = () => `${world.prefix}-*`;

/** The bodies of the example in docs/restore.md, in their order: the plan's and the restore's. */
const examples = [
  ...readFileSync(new URL('../../docs/restore.md', import.meta.url), 'utf8').matchAll(
    /-d '(\{.*"renamePattern".*\})'/g,
  ),
].map(([, body = '']) => JSON.parse(body) as Record<string, unknown>);

const aliases = async (pattern: string) => {
  const found = await world.engine.call<Record<string, { aliases: object }>>('GET', `${pattern}/_alias`);
  return Object.fromEntries(Object.entries(found).map(([index, each]) => [index, each.aliases]));
};

/** As Optimize does: by alias. */
const writeBy = (alias: string) => world.engine.call('POST', `${alias}/_doc?refresh=true`, {});

beforeAll(async () => {
  await create(world.api, 'backup1');
  await world.api.untilState('backup1', 'COMPLETED');
});

it('restores as docs/restore.md shows, and live aliases stay with the live indices', async () => {
  const [plan = {}, request = {}] = examples;
  expect(request).toMatchObject(plan);
  const [before, shapes] = [await aliases(live()), await indexShapes(world.engine, live())];
  const writable = optimizeIndices(world.prefix).map(({ writeAlias, aliases: [first] }) => writeAlias ?? first ?? '');
  expect(JSON.stringify(before)).toContain('"is_write_index":true');

  const { planHash, blockers, restores } = await planRestore(world.api, plan);
  expect(blockers).toEqual([]);
  const answer = await send(world.api, 'POST', '/restores', { ...request, planHash });
  expect(answer.status, answer.text).toBe(202);
  const ended = await untilRestoreEnded(world, String(answer.json?.operationId));

  expect(ended).toMatchObject({ state: 'SUCCEEDED', failure: null, report: { differing: 0 } });
  const copies = restores.map(({ as }) => as).sort();
  expect(await indexNames(world.engine, `copy-${live()}`)).toEqual(copies);
  expect(await aliases(`copy-${live()}`)).toEqual(Object.fromEntries(copies.map((copy) => [copy, {}])));
  expect(await aliases(live())).toEqual(before);
  expect(await indexShapes(world.engine, live())).toEqual(shapes);
  for (const alias of new Set(writable)) await writeBy(alias);
  await removeIndices(world.engine, `copy-${live()}`);
});
