import { beforeAll, expect, it } from 'vitest';
import { indexNames, type Json, planRestore, restore } from '../harness/requests/restores.ts';
import { create, expectProblem, send } from '../harness/requests/v1.ts';
import { type EngineGate, type Match, openEngineGate } from '../harness/services/engine-gate.ts';
import { useWorld } from '../harness/world.ts';
import { deletionOfIndices, untilEnded } from './restore-promise.ts';

const world = useWorld({ apps: false, environment: { LEASE_DURATION: '1s', ENGINE_MASTER_TIMEOUT: '5s' } });
const wish = { backupId: 'saved', deleteExisting: true };
const confirmed = { confirm: 'saved' };
let gate: EngineGate;
let worker: Awaited<ReturnType<typeof world.startWorker>>;
/** An index of part 2, and one restore that FAILED since it was written to. */
let victim: string;
let failed: string;

const ours = () => `${world.prefix}-*`;

const uuids = async (): Promise<Json> => {
  const path = `${ours()}/_settings/index.uuid?expand_wildcards=all&flat_settings=true`;
  const found = await world.engine.call<Record<string, { settings: Json }>>('GET', path);
  return Object.fromEntries(Object.entries(found).map(([name, { settings }]) => [name, settings['index.uuid']]));
};

const written = async (state: string): Promise<number> => {
  await world.engine.call('POST', `${victim}/_refresh`);
  const query = encodeURIComponent(`state:"${state}"`);
  return (await world.engine.call<{ count: number }>('GET', `${victim}/_count?q=${query}`)).count;
};

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const [api, started] = await Promise.all([world.startApi(), world.startWorker({ ELASTICSEARCH_URL: gate.url })]);
  Object.assign(world, { api });
  worker = started;
  [victim = ''] = await indexNames(world.engine, `${world.prefix}-process-instance-*`);
  await create(world.api, 'saved');
  await world.api.untilState('saved', 'COMPLETED');
});

it('documents that are written between plan and run change the plan', async () => {
  const { planHash } = await planRestore(world.api, wish);
  await world.engine.putDocuments(victim, [{ state: 'planned' }]);
  const answer = await send(world.api, 'POST', '/restores', { ...wish, ...confirmed, planHash, reason: 'drill' });
  expectProblem(answer, 409, 'PLAN_CHANGED');
  expect(String(answer.json?.difference)).toMatch(new RegExp(`new: deletion of ${victim} .*operations \\d+`));
  expect(await written('planned')).toBe(1);
});

it('documents that are written after the safety backup stop the restore, and nothing is deleted', async () => {
  const before = await uuids();
  const from = gate.seen.length;
  let isSaving = false;
  const saving: Match = ({ method, path }) => method === 'PUT' && /before-restore.*_part_2_of_2/.test(path);
  const measuring: Match = ({ path }) => isSaving && /\/_stats\/docs(\?|$)/.test(path);
  const [part, measured] = [gate.hold(saving), gate.hold(measuring)];
  failed = await restore(world.api, wish, confirmed);
  await part.arrived;
  isSaving = true;
  part.decide({ do: 'forward' });
  await measured.arrived;
  await world.engine.putDocuments(victim, [{ state: 'unsaved' }]);
  measured.decide({ do: 'forward' });

  const { state, failure } = await untilEnded(world, failed);

  expect({ state, code: (failure as Json).code }, JSON.stringify(failure)).toEqual({
    ...{ state: 'FAILED', code: 'INDICES_WRITTEN' },
  });
  expect((failure as Json).message).toMatch(new RegExp(`${victim} \\(\\d+ operations, now \\d+\\)\\. Stop Optimize`));
  expect(gate.seen.slice(from).filter(deletionOfIndices)).toEqual([]);
  expect(await uuids()).toEqual(before);
  expect(await written('unsaved')).toBe(1);
});

it('it is not retried: what was written since stays', async () => {
  await world.engine.putDocuments(victim, [{ state: 'later' }]);
  const before = await uuids();
  const answer = await send(world.api, 'POST', `/operations/${failed}/retry`, { reason: 'again' });
  expect(expectProblem(answer, 409, 'RESTORE_NOT_RETRYABLE')).toMatch(/Create a new plan/);
  const bulk = await send(world.api, 'POST', '/operations/retry', { filter: { kind: ['restore'] }, reason: 'again' });
  expect(bulk.json).toMatchObject({ count: 0, operationIds: [], deletes: [] });
  expect((await untilEnded(world, failed)).state).toBe('FAILED');
  expect(await uuids()).toEqual(before);
  expect([await written('unsaved'), await written('later')]).toEqual([1, 1]);
});

it('a restore that no worker began in time expires, and deletes nothing', async () => {
  await worker.kill();
  const before = await uuids();
  const from = gate.seen.length;
  const id = await restore(world.api, wish, confirmed);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await world.startWorker({ ELASTICSEARCH_URL: gate.url, RESTORE_EXPIRY: '1s' });
  const { state, failure } = await untilEnded(world, id);
  expect({ state, code: (failure as Json).code }).toEqual({ state: 'FAILED', code: 'RESTORE_EXPIRED' });
  expect((failure as Json).message).toMatch(/Create a new plan/);
  expect(gate.seen.slice(from).filter(deletionOfIndices)).toEqual([]);
  expect(await uuids()).toEqual(before);
});
