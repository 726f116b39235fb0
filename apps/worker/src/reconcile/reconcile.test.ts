import { expect, it } from 'vitest';
import { actor, nameOf, operationId, REPOSITORY, setUp } from './reconcile.fixture.ts';
import { isComplete, reconcile } from './reconcile.ts';

it('finds nothing to write where everything is as recorded, and asks for no details', async () => {
  const { engine, backUp, run, kinds, giveUuid } = setUp();
  await giveUuid();
  for (const id of ['a', 'b', 'c']) await backUp(id);
  const before = engine.calls.length;
  const result = await run();
  expect(result).toMatchObject({ backups: 3, skipped: 0, changedCount: 0, discoveredCount: 0, unverifiedCount: 0 });
  expect(result.parts).toEqual({ present: 6, vanished: 0, replaced: 0, foreign: 0, unread: 0 });
  expect(isComplete(result)).toBe(true);
  expect(engine.calls.slice(before).map(({ method }) => method)).toEqual([
    'info',
    'readRepository',
    'listSnapshots',
    'readRepository',
  ]);
  expect(await kinds('a')).toEqual([]);
});

it('tells a part that vanished once, when it was noticed, and when it came back', async () => {
  const { engine, announced, backUp, run, find, kinds, pass } = setUp();
  await backUp('a');
  const [first] = engine.snapshots(REPOSITORY);
  if (first === undefined) throw new Error('no snapshot');
  engine.removeSnapshot(REPOSITORY, first.name);
  const noticed = await run();
  expect(noticed.changed).toEqual([
    {
      ...{ backupId: 'a', optimizeVersion: '3.9.0', before: 'COMPLETED', state: 'INCOMPLETE' },
      parts: [{ number: 1, is: 'vanished' }],
    },
  ]);
  const { state, parts } = await find('a');
  expect(state).toBe('INCOMPLETE');
  expect(parts[0]?.drift).toEqual({ is: 'vanished', uuid: undefined, noticedAt: new Date('2026-01-01T00:00:00Z') });
  pass(60_000);
  const before = engine.calls.length;
  const again = [await run(), await run()];
  expect(again.map(({ changedCount }) => changedCount)).toEqual([0, 0]);
  expect(again[1]?.parts).toEqual({ present: 1, vanished: 1, replaced: 0, foreign: 0, unread: 0 });
  expect(engine.calls.slice(before).filter(({ method }) => method === 'findSnapshots')).toEqual([]);
  expect(await kinds('a')).toEqual(['drift.vanished', 'backup.state-changed']);
  expect((await find('a')).parts[0]?.drift).toEqual(parts[0]?.drift);
  engine.putSnapshot(REPOSITORY, first);
  expect((await run()).changed).toMatchObject([{ state: 'COMPLETED', parts: [{ number: 1, is: 'present' }] }]);
  expect((await find('a')).parts[0]?.drift).toBeUndefined();
  expect(await kinds('a')).toEqual([
    ...['drift.vanished', 'backup.state-changed'],
    ...['drift.returned', 'backup.state-changed'],
  ]);
  expect(announced).toEqual(['a', 'a']);
});

it('tells a part that was replaced by its uuid, and each other one that takes its place', async () => {
  const { engine, backUp, put, run, find, kinds } = setUp();
  const id = await backUp('a');
  const replace = () => {
    engine.removeSnapshot(REPOSITORY, nameOf('a', 2));
    return put('a', 2, { operationId: id });
  };
  const { uuid } = replace();
  await run();
  await run();
  expect(await find('a')).toMatchObject({ state: 'INCOMPLETE', parts: [{}, { drift: { is: 'replaced', uuid } }] });
  const second = replace();
  expect((await run()).parts.replaced).toBe(1);
  expect((await find('a')).parts[1]?.drift).toMatchObject({ is: 'replaced', uuid: second.uuid });
  expect(await kinds('a')).toEqual(['drift.replaced', 'backup.state-changed', 'drift.replaced']);
});

it("tells a snapshot of somebody else under the name of a part that was never made, and not the create's own", async () => {
  const { history, request, claimed, put, run, find, kinds } = setUp();
  const id = await request('a');
  const { revision } = await claimed(id);
  const failure = { code: 'ENGINE_REFUSED', message: 'No.', data: {} };
  await history.record(id, revision, { outcome: { do: 'end', state: 'FAILED', backup: 'FAILED', failure } });
  put('a', 1, { operationId: id });
  const { uuid } = put('a', 2, null);
  await run();
  expect((await run()).parts).toEqual({ present: 1, vanished: 0, replaced: 0, foreign: 1, unread: 0 });
  expect(await find('a')).toMatchObject({
    ...{ state: 'FAILED', parts: [{ drift: undefined }, { drift: { is: 'foreign', uuid } }] },
  });
  expect(await kinds('a')).toEqual(['drift.foreign']);
});

it('takes in the late end of a part whose create was abandoned, with the state that it completes', async () => {
  const { history, request, claimed, put, run, find, kinds } = setUp();
  const id = await request('a');
  const { revision } = await claimed(id);
  const first = put('a', 1, { operationId: id });
  const parts = [
    { number: 1, state: 'SUCCESS', uuid: first.uuid },
    { number: 2, state: 'STARTING' },
  ] as const;
  const outcome = { do: 'end', state: 'CANCELLED', backup: 'INCOMPLETE' } as const;
  await history.record(id, revision, { parts, detail: { abandoned: true }, outcome });
  await run();
  expect(await find('a')).toMatchObject({ state: 'INCOMPLETE', parts: [{}, { state: 'STARTING' }] });
  const { uuid } = put('a', 2, { operationId: id, part: 2 });
  expect(await run()).toMatchObject({ changed: [{ state: 'COMPLETED', parts: [{ number: 2, is: 'present' }] }] });
  expect(await find('a')).toMatchObject({ state: 'COMPLETED', parts: [{}, { state: 'SUCCESS', uuid }] });
  expect(await kinds('a')).toEqual(['part.succeeded', 'backup.state-changed']);
});

it('leaves alone what an open operation makes or deletes', async () => {
  const { history, engine, backUp, request, claimed, put, run, find } = setUp();
  const create = await request('made');
  put('made', 1, { operationId: create });
  await backUp('deleted');
  const asked = { actor, reason: undefined, requestId: undefined };
  const deletion = { operationId: operationId(99), keepBackup: false, onlyUnfinished: false, deleteDiscovered: false };
  await history.requestDeletion((await find('deleted')).key, asked, deletion);
  engine.removeSnapshot(REPOSITORY, nameOf('deleted', 1));
  await claimed(operationId(99));
  expect(await run()).toMatchObject({ backups: 0, skipped: 2, changedCount: 0, discoveredCount: 0 });
  expect((await find('made')).state).toBe('IN_PROGRESS');
  expect((await find('deleted')).parts[0]?.drift).toBeUndefined();
});

it.each(['retried', 'deleted'])('writes nothing of a backup that was %s after its record was read', async (how) => {
  const { deps, engine, history, backUp, claimed, find, kinds } = setUp();
  await backUp('a');
  const { key } = await find('a');
  engine.removeSnapshot(REPOSITORY, nameOf('a', 1));
  const asked = { actor, reason: undefined, requestId: undefined };
  const meanwhile = async () => {
    const deletion = { operationId: operationId(99), keepBackup: how !== 'deleted', onlyUnfinished: false };
    await history.requestDeletion(key, asked, { ...deletion, deleteDiscovered: false });
    const { revision } = await claimed(operationId(99));
    await history.record(operationId(99), revision, {
      parts: [{ number: 1, state: 'SUCCESS', uuid: 'made-anew' }],
      outcome: {
        ...{ do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' },
        ...(how === 'deleted' ? { deleted: true as const } : {}),
      },
    });
  };
  const racing = {
    ...engine,
    findSnapshots: async (...asked: Parameters<typeof engine.findSnapshots>) => {
      const found = await engine.findSnapshots(...asked);
      await meanwhile();
      return found;
    },
  };
  expect(await reconcile({ ...deps, engine: racing })).toMatchObject({ changedCount: 0 });
  expect(await kinds('a')).toEqual(['backup.delete-requested']);
});

it('sees no drift in what was made after the listing', async () => {
  const { deps, engine, backUp, kinds } = setUp();
  const slow = {
    ...engine,
    listSnapshots: async (...asked: Parameters<typeof engine.listSnapshots>) => {
      const listed = await engine.listSnapshots(...asked);
      await backUp('late');
      return listed;
    },
  };
  expect(await reconcile({ ...deps, engine: slow })).toMatchObject({
    ...{ backups: 1, changedCount: 0, discoveredCount: 0, parts: { present: 2, vanished: 0 } },
  });
  expect(await kinds('late')).toEqual([]);
});

it('does not take for discovered what was recorded after its page of records was read', async () => {
  const { deps, engine, backUp, kinds } = setUp();
  engine.createRepository('others');
  await backUp('first', 'others');
  const late = {
    ...engine,
    // read for a recorded backup, and so after the records
    listSnapshots: async (...asked: Parameters<typeof engine.listSnapshots>) => {
      if (asked[0] === 'others') await backUp('late', 'others');
      return engine.listSnapshots(...asked);
    },
  };
  expect(await reconcile({ ...deps, engine: late })).toMatchObject({ changedCount: 0, discoveredCount: 0 });
  expect(await kinds('late')).toEqual([]);
});

it('walks over many backups and sets in pages, each compared once', async () => {
  const { engine, backUp, put, run } = setUp();
  for (let nth = 0; nth < 450; nth += 1) await backUp(`made-${nth}`);
  for (let nth = 0; nth < 250; nth += 1) put(`found-${nth}`, 1, null);
  const before = engine.calls.length;
  expect(await run()).toMatchObject({ backups: 450, discoveredCount: 250, parts: { present: 900 } });
  const looks = engine.calls.slice(before).filter(({ method }) => method === 'findSnapshots');
  expect(looks).toHaveLength(3);
  expect(await run()).toMatchObject({ backups: 700, discoveredCount: 0, changedCount: 0, parts: { present: 1_150 } });
});

it('stops where it is not to go on', async () => {
  const { deps, backUp } = setUp();
  await backUp('a');
  const stopped = new Error('stopped');
  await expect(
    reconcile({
      ...deps,
      assertHeld: () => {
        throw stopped;
      },
    }),
  ).rejects.toBe(stopped);
});
