import { expect, it } from 'vitest';
import { expectRefusal } from './harness/requests/expect-refusal.ts';
import { createOfPart, openEngineGate } from './harness/services/engine-gate.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld();
const namesOf = (id: string) => [1, 2].map((part) => `camunda_optimize_${id}_3.9.0_part_${part}_of_2`);

it('refuses an id whose backup runs, naming its snapshots and what to do', async () => {
  const gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  await world.worker.kill();
  const worker = await world.startWorker({ ELASTICSEARCH_URL: gate.url });
  const part1 = gate.hold(createOfPart('running', 1));
  expect((await world.api.post('running')).status).toBe(200);
  await part1.arrived;

  const message = expectRefusal(await world.api.post('running'), 409, 'conflict');

  for (const name of namesOf('running')) expect(message).toContain(name);
  expect(message).toContain('IN_PROGRESS');
  expect(message).toMatch(/choose another id/i);
  part1.decide({ do: 'forward' });
  await world.api.untilState('running', 'COMPLETED');
  await worker.kill();
  Object.assign(world, { worker: await world.startWorker() });
});

it('refuses an id whose backup is COMPLETED, and keeps the refusal as an event', async () => {
  const before = await world.snapshots();

  const message = expectRefusal(await world.api.post('running'), 409, 'conflict');

  for (const name of namesOf('running')) expect(message).toContain(name);
  expect(await world.snapshots()).toEqual(before);
  const refusals = async () => (await world.events('running')).filter(({ kind }) => kind === 'backup.refused');
  const [, second] = await world.until('two refusals', refusals, ({ length }) => length === 2);
  expect(second).toMatchObject({
    actor: { kind: 'anonymous', address: '127.0.0.1' },
    source: 'api',
    reason: expect.stringContaining('EXISTS'),
    request_id: expect.any(String),
  });
  expect(await world.api.state('running')).toBe('COMPLETED');
});

it('accepts one of 50 requests for one id at two API processes, and makes two snapshots', async () => {
  const other = await world.startApi();

  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? world.api : other).post('crowd')),
  );

  const accepted = answers.filter(({ status }) => status === 200);
  expect(accepted.map(({ json }) => json)).toEqual([{ scheduledSnapshots: namesOf('crowd') }]);
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused).toHaveLength(49);
  for (const answer of refused) expect(expectRefusal(answer, 409, 'conflict')).toContain(namesOf('crowd')[0]);
  await other.untilState('crowd', 'COMPLETED');
  expect((await world.snapshotsOf('crowd')).map(({ snapshot }) => snapshot)).toEqual(namesOf('crowd'));
  expect(await world.sql("select state from backup where backup_id = 'crowd'")).toEqual([{ state: 'COMPLETED' }]);
  const refusals = async () => (await world.events('crowd')).filter(({ kind }) => kind === 'backup.refused');
  await world.until('49 refusals', refusals, ({ length }) => length === 49);
});

it('accepts many ids at once, each once', async () => {
  const ids = Array.from({ length: 6 }, (_, at) => `many-${at}`);

  const answers = await Promise.all(ids.flatMap((id) => [world.api.post(id), world.api.post(id)]));

  expect(answers.filter(({ status }) => status === 200)).toHaveLength(6);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(6);
  for (const id of ids) await world.api.untilState(id, 'COMPLETED');
});

it.each([
  ['1', '12'],
  ['a', 'a.b'],
  ['b-1', 'b-1-2'],
  ['3.9.0', '3.9.0-3.9.0'],
])('keeps %s and %s apart, of which one is the beginning of the other', async (short, long) => {
  expect((await world.api.post(long)).status).toBe(200);
  expect((await world.api.get(short)).status).toBe(404);

  expect((await world.api.post(short)).status).toBe(200);

  await Promise.all([world.api.untilState(short, 'COMPLETED'), world.api.untilState(long, 'COMPLETED')]);
  expect((await world.snapshotsOf(short)).map(({ snapshot }) => snapshot)).toEqual(namesOf(short));
  expect((await world.snapshotsOf(long)).map(({ snapshot }) => snapshot)).toEqual(namesOf(long));
  expect(expectRefusal(await world.api.post(short), 409, 'conflict')).not.toContain(`_${long}_`);
});
