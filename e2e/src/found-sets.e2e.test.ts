import { expect, it } from 'vitest';
import { expectRefusal } from './harness/requests/expect-refusal.ts';
import { send } from './harness/requests/v1.ts';
import { openEngineGate } from './harness/services/engine-gate.ts';
import { fatIndexOfPart2, fatten, limitRepository } from './harness/services/slow-repository.ts';
import { importIndices, otherIndices } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld();
const nameOf = (id: string, version: string, part: number) => `camunda_optimize_${id}_${version}_part_${part}_of_2`;

/** As Optimize itself, or somebody with curl, makes one: no metadata of ours. */
const takeByHand = (id: string, part: number, version = '3.9.0') =>
  world.engine.takeSnapshot(world.repository, nameOf(id, version, part), {
    indices: part === 1 ? importIndices(world.prefix) : otherIndices(world.prefix),
  });

const backupsOf = (id: string) => world.sql('select * from backup where backup_id = $1 order by key', id);

it('answers COMPLETED for a complete set that another tool made, and takes it into the history', async () => {
  await takeByHand('by-hand', 1);
  await takeByHand('by-hand', 2);

  expect(await world.api.state('by-hand')).toBe('COMPLETED');

  const event = await world.untilEvent('by-hand', 'backup.discovered');
  expect(event).toMatchObject({ actor: { kind: 'anonymous', address: '127.0.0.1' }, source: 'api' });
  expect(await backupsOf('by-hand')).toMatchObject([
    { origin: 'discovered', state: 'COMPLETED', optimize_version: '3.9.0', repository: world.repository },
  ]);
  const uuids = (await world.snapshotsOf('by-hand')).map(({ uuid }) => uuid);
  const parts = await world.sql(
    "select p.uuid from part p join backup b on b.key = p.backup_key where b.backup_id = 'by-hand' order by number",
  );
  expect(parts.map(({ uuid }) => uuid)).toEqual(uuids);
  expect(
    await world.sql("select id from operation o join backup b on b.key = o.backup_key where b.backup_id = 'by-hand'"),
  ).toEqual([]);
});

it('discovers a set once, however often it is asked for', async () => {
  await Promise.all(Array.from({ length: 10 }, () => world.api.state('by-hand')));

  expect(await backupsOf('by-hand')).toHaveLength(1);
  const discoveries = (await world.events('by-hand')).filter(({ kind }) => kind === 'backup.discovered');
  expect(discoveries).toHaveLength(1);
});

it('refuses an id of which another tool made snapshots, asked for before or not, and names them', async () => {
  await takeByHand('unseen', 1);

  const seen = expectRefusal(await world.api.post('by-hand'), 409, 'conflict');
  const unseen = expectRefusal(await world.api.post('unseen'), 409, 'conflict');

  expect(seen).toContain(nameOf('by-hand', '3.9.0', 1));
  expect(seen).toContain(nameOf('by-hand', '3.9.0', 2));
  expect(unseen).toContain(nameOf('unseen', '3.9.0', 1));
  expect(unseen).toContain(world.repository);
  expect((await world.untilEvent('unseen', 'backup.refused')).reason).toContain('EXISTS');
});

it('refuses an id of which another tool made snapshots under another version', async () => {
  await takeByHand('other-version', 1, '3.8.7');

  const message = expectRefusal(await world.api.post('other-version'), 409, 'conflict');

  expect(message).toContain(nameOf('other-version', '3.8.7', 1));
});

it.each([1, 2])('answers INCOMPLETE for a set of which only part %s is there', async (part) => {
  await takeByHand(`only-${part}`, part);

  expect(await world.api.state(`only-${part}`)).toBe('INCOMPLETE');

  await world.untilEvent(`only-${part}`, 'backup.discovered');
  expect(await backupsOf(`only-${part}`)).toMatchObject([{ origin: 'discovered', state: 'INCOMPLETE' }]);
});

it('answers COMPLETED once the other part of a discovered set has come', async () => {
  await takeByHand('only-1', 2);

  await world.api.untilState('only-1', 'COMPLETED');

  await world.until(
    'the record follows',
    () => backupsOf('only-1'),
    ([backup]) => backup?.state === 'COMPLETED',
  );
  expect(await backupsOf('only-1')).toMatchObject([{ origin: 'discovered', state: 'COMPLETED' }]);
});

it('answers INCOMPLETE for parts of two versions: neither completes the other', async () => {
  await takeByHand('mixed', 1, '3.9.0');
  await takeByHand('mixed', 2, '3.10.0');

  expect(await world.api.state('mixed')).toBe('INCOMPLETE');
});

it('answers by the newest of two incarnations of one id', async () => {
  await takeByHand('again', 1, '3.8.0');
  expect(await world.api.state('again')).toBe('INCOMPLETE');
  await world.untilEvent('again', 'backup.discovered');
  // engines stamp snapshots from a clock that moves in steps of 200 ms
  const [older] = await world.snapshotsOf('again');
  await world.until('the clock moved', Date.now, (now) => now > Number(older?.start_time_in_millis) + 500);
  await takeByHand('again', 1, '3.9.0');
  await takeByHand('again', 2, '3.9.0');

  await world.api.untilState('again', 'COMPLETED');
});

it('looks up ids with an underscore, which could not be asked for, and does not confuse them', async () => {
  await takeByHand('my_old_backup', 1);
  await takeByHand('my_old_backup', 2);

  expect(await world.api.state('my_old_backup')).toBe('COMPLETED');

  for (const id of ['my', 'my_old', 'old_backup', 'backup', '_my_old_backup', 'my_old_backup_3.9.0_part_1_of_2']) {
    expectRefusal(await world.api.get(id), 404, 'notFoundError');
  }
  expectRefusal(await world.api.post('my_old_backup'), 400, 'badRequestError');
});

it.each(['*', 'by-hand*', 'b?-hand', '<by-hand-{now/d}>', 'by-hand,only-2', '-by-hand,*', '%2a'])(
  'never takes %s for a pattern',
  async (id) => {
    expectRefusal(await world.api.get(id), 400, 'badRequestError');
  },
);

it('answers those who wait for a set that somebody else is making at its end, from one look for all of them', async () => {
  const gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const api = await world.startApi({ ELASTICSEARCH_URL: gate.url });
  await takeByHand('foreign', 1);
  await fatten(world, fatIndexOfPart2(world), 10);
  await limitRepository(world, '1mb');
  const name = nameOf('foreign', '3.9.0', 2);
  await world.engine.call('PUT', `_snapshot/${world.repository}/${name}?wait_for_completion=false`, {
    indices: otherIndices(world.prefix).join(','),
    include_global_state: false,
  });

  const answers = Array.from({ length: 50 }, () => send(api, 'GET', '/backups/foreign?wait=28s'));
  await world.until(
    'all of them wait',
    () => world.sql("select state from backup where backup_id = 'foreign'"),
    ([seen]) => seen?.state === 'IN_PROGRESS',
  );
  const looks = () => gate.seen.filter(({ path }) => path.includes('_foreign_')).length;
  await world.until(
    'its second part has ended',
    () => world.snapshotsOf('foreign'),
    ([, part]) => part?.state === 'SUCCESS',
  );
  const ended = performance.now();

  for (const { status, json } of await Promise.all(answers)) {
    expect({ status, state: json?.state }).toEqual({ status: 200, state: 'COMPLETED' });
  }
  // the slow poll of those who wait
  expect(performance.now() - ended).toBeLessThan(8_000);
  expect(looks()).toBeLessThan(50);
  expect(await backupsOf('foreign')).toMatchObject([{ origin: 'discovered', state: 'COMPLETED' }]);
  const [event] = (await world.events('foreign')).filter(({ kind }) => kind === 'backup.state-changed');
  expect(event).toMatchObject({ before: { state: 'IN_PROGRESS' }, after: { state: 'COMPLETED' }, source: 'api' });
  await limitRepository(world, '40mb');
});

it('answers FAILED for a PARTIAL snapshot', async () => {
  await takeByHand('partial', 1);
  const homeless = `${world.prefix}-homeless_v1`;
  await world.engine.createIndex(homeless, { settings: { 'index.routing.allocation.require._name': 'no-such-node' } });
  await world.engine.takeSnapshot(world.repository, nameOf('partial', '3.9.0', 2), {
    indices: [...otherIndices(world.prefix), homeless],
    partial: true,
  });
  const [, second] = await world.snapshotsOf('partial');
  expect(second?.state).toBe('PARTIAL');

  expect(await world.api.state('partial')).toBe('FAILED');

  await world.untilEvent('partial', 'backup.discovered');
  expect(await backupsOf('partial')).toMatchObject([{ origin: 'discovered', state: 'FAILED' }]);
  const [part] = await world.sql(
    "select p.* from part p join backup b on b.key = p.backup_key where b.backup_id = 'partial' and p.number = 2",
  );
  expect(part).toMatchObject({ state: 'PARTIAL', shards_failed: 1 });
  expect(JSON.stringify(part?.failures)).toContain(homeless);
  await world.engine.call('DELETE', homeless);
});
