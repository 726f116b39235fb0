import { beforeAll, expect, it } from 'vitest';
import type { HttpAnswer } from '../harness/requests/api.ts';
import { expectRefusal } from '../harness/requests/expect-refusal.ts';
import { expectProblem, send } from '../harness/requests/v1.ts';
import { type EngineGate, openEngineGate } from '../harness/services/engine-gate.ts';
import { useWorld } from '../harness/world.ts';
import { useOwnPostgres } from './own-servers.ts';
import { expectPromise } from './promise.ts';

const world = useWorld({ apps: false });
let gate: EngineGate;

beforeAll(async () => {
  await useOwnPostgres(world);
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const changes = { DATABASE_CONNECT_TIMEOUT: '1s', DATABASE_QUERY_TIMEOUT: '1s' };
  const [api, worker] = await Promise.all([
    world.startApi({ ...changes, ELASTICSEARCH_URL: gate.url }),
    world.startWorker(changes),
  ]);
  Object.assign(world, { api, worker });
  await world.until('the API is ready', readiness, ({ status }) => status === 200);
});

const readiness = () => world.api.call('/actuator/health/readiness');

const post = (backupId: string, key?: string) =>
  send(world.api, 'POST', '/backups', { backupId }, key === undefined ? {} : { 'idempotency-key': key });

const TRIED = `from pg_stat_activity where wait_event = 'SyncRep' and starts_with(query, '/* tried */')`;

/** What `SHOW` says is not yet what a COMMIT does. */
const aCommitWaits = async (): Promise<boolean> => {
  let committed = false;
  const tried = world.sql(`/* tried */ select pg_logical_emit_message(true, 'tried', '')`).then(() => {
    committed = true;
  });
  const isSettled = async () => committed || (await world.sql(`select pid ${TRIED}`)).length > 0;
  await world.until('a write is committed or waits', isSettled, (settled) => settled);
  const waits = !committed;
  if (waits) await world.sql(`select pg_cancel_backend(pid) ${TRIED}`);
  await tried;
  return waits;
};

/** Every COMMIT waits from then on for a standby that nobody runs, until the name is taken out. */
const standby = async (name: string) => {
  await world.sql(`alter system set synchronous_standby_names = '${name}'`);
  await world.sql('select pg_reload_conf()');
  await world.until('a COMMIT does as it says', aCommitWaits, (waits) => waits === (name !== ''));
};

const indicesAreListed = ({ path }: { readonly path: string }) => path.startsWith('/_resolve/index/');

const connectionsOf = async (application: string): Promise<number> => {
  const rows = await world.sql('select pid from pg_stat_activity where application_name = $1', application);
  return rows.length;
};

const UNKNOWN = /It is unknown whether the request was accepted.* send GET \/api\/v1\/backups\//;
const NOT_CHECKED =
  /This request was not accepted; an earlier one with the key may have been.* GET \/api\/v1\/backups\//;

const expectUnknown = (answer: HttpAnswer, id: string, words = UNKNOWN) => {
  const detail = expectProblem(answer, 504, 'OUTCOME_UNKNOWN');
  expect(detail).toMatch(words);
  expect(answer.json).toMatchObject({ seenAt: `/api/v1/backups/${id}` });
};

/** What is asked for when its engine has answered, so that its first write is the one of its acceptance. */
const askedBeforeItGoes = async (ask: () => Promise<HttpAnswer>): Promise<HttpAnswer> => {
  const planned = gate.hold(indicesAreListed);
  const answer = ask();
  await planned.arrived;
  await standby('absent');
  planned.decide({ do: 'forward' });
  return answer;
};

const standbyIsBack = async () => {
  await standby('');
  await world.until('readiness is 200', readiness, ({ status }) => status === 200);
};

const refused = async (id: string) => {
  expectProblem(await post(id), 503, 'HISTORY_UNREACHABLE');
  return id;
};

it('a COMMIT that waits for a standby that is gone: nobody is told that the request was refused, and it is made once', async () => {
  const unsure = await askedBeforeItGoes(() => world.api.post('unsure'));
  expect(expectRefusal(unsure, 500, 'serverError')).toMatch(
    /It is unknown whether the request was accepted.* send GET \/actuator\/backup\/unsure/,
  );
  expect((await world.api.get('unsure')).status).toBe(404);
  // it waits for the index list that the first one is about to keep: ended by PostgreSQL, and so known not to be accepted
  await refused('next');

  const down = await world.until('readiness is 503', readiness, ({ status }) => status === 503);
  expect(down.json).toMatchObject({
    status: 'DOWN',
    components: {
      postgresql: { reason: expect.stringMatching(/has not confirmed it for .*synchronous_standby_names/) },
    },
  });
  for (let asked = 0; asked < 5; asked += 1) expect((await readiness()).status).toBe(503);
  expect(await connectionsOf('tandem-readiness')).toBe(1);

  await standbyIsBack();
  await world.api.untilState('unsure', 'COMPLETED');
  expect((await post('next')).status).toBe(202);
  await world.api.untilState('next', 'COMPLETED');
  await expectPromise(world, ['unsure', 'next']);
});

it('an Idempotency-Key says the same, and answers for certain once PostgreSQL does', async () => {
  expectUnknown(await askedBeforeItGoes(() => post('claimed', 'key-1')), 'claimed');
  expectUnknown(await post('claimed', 'key-1'), 'claimed', NOT_CHECKED);
  // the claim of its key is what is not confirmed
  expectUnknown(await post('unclaimed', 'key-2'), 'unclaimed');

  await standbyIsBack();
  const again = await post('claimed', 'key-1');
  expect(again).toMatchObject({ status: 202, json: { backupId: 'claimed' } });
  const accepted = ({ status }: HttpAnswer) => status === 202;
  await world.until('its key is free', () => post('unclaimed', 'key-2'), accepted);
  for (const id of ['claimed', 'unclaimed']) await world.api.untilState(id, 'COMPLETED');
  await expectPromise(world, ['claimed', 'unclaimed']);
});
