import { onlyNode } from '@tandem/engine/in-memory/world.ts';
import { type FailureCode, fail } from '@tandem/shared/domain/failure/failure.ts';
import { writeCheck } from '@tandem/shared/domain/repository/repository-check.ts';
import { describe, expect, it } from 'vitest';
import { actor, OPERATION, REPOSITORY } from './create.fixture.ts';
import { memory, setUpCreateTick } from './tick.fixture.ts';

const names = [1, 2].map((part) => `camunda_optimize_b_3.9.0_part_${part}_of_2`);
const SENT = new Date('2025-12-31T23:59:50Z');
const other = { ...onlyNode, id: 'node-2', name: 'other' };
const told = { actor, source: 'worker', requestId: 'request-1' };
const failing = (code: FailureCode) => fail(code, `It failed: ${code}.`, { call: 'verifyRepository' });

type World = Awaited<ReturnType<typeof setUpCreateTick>>;

const endedWell = (world: World, number: number) => {
  const { uuid, startedAt, endedAt } = world.put(number);
  return { state: 'SUCCESS', starts: 1, uuid, startedAt, endedAt } as const;
};

const hideFrom = ({ engine }: World): void => {
  engine.setCapacity({ nodes: [onlyNode, other] });
  engine.hideRepository(REPOSITORY, 'other');
};

describe('a create whose parts have all ended well', () => {
  it('completes its backup, and says whether every node could write', async () => {
    const world = await setUpCreateTick();
    const repositoryCheck = { verified: true };
    expect(
      await world.tick({
        parts: [endedWell(world, 1), endedWell(world, 2)],
        detail: writeCheck({ before: [{ id: 'node-1', name: 'in-memory' }], unverified: undefined, tries: 0 }),
      }),
    ).toEqual({
      detail: {},
      events: [
        {
          ...{ ...told, kind: 'backup.completed', before: { state: 'IN_PROGRESS' } },
          after: { operationId: OPERATION, state: 'COMPLETED', repositoryCheck },
        },
      ],
      outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED', repositoryCheck },
    });
  });

  it('claims no check of the repository where it has taken no snapshot', async () => {
    const { tick, called } = await setUpCreateTick();
    expect(await tick({ parts: [{ state: 'EMPTY' }, { state: 'EMPTY' }] })).toEqual({
      detail: {},
      events: [
        expect.objectContaining({ kind: 'backup.completed', after: { operationId: OPERATION, state: 'COMPLETED' } }),
      ],
      outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' },
    });
    expect(called('verifyRepository')).toEqual([]);
  });
});

describe('a node that cannot use the repository', () => {
  it.each([
    ['before part 2', 1],
    ['at the end', 2],
  ])('ends the create %s, at the last part that ended well, and no part is trusted', async (_, ended) => {
    const world = await setUpCreateTick();
    hideFrom(world);
    const parts = [1, 2].slice(0, ended).map((number) => endedWell(world, number));
    const change = await world.tick({
      parts,
      detail: { ...memory(1, { sentAt: SENT }), ...memory(2, { sentAt: SENT }) },
    });
    const data = expect.objectContaining({ nodes: ['other'], partsEnded: ended });
    const failure = { code: 'REPOSITORY_NOT_SHARED', message: expect.stringMatching(/^Node other cannot use/), data };
    const repositoryCheck = { verified: false, reason: failure.message, nodesLeft: [] };
    const reason = { reason: failure.message };
    expect(change).toEqual({
      detail: {
        ...memory(1, { sentAt: SENT, distrusted: true }),
        ...memory(2, { sentAt: SENT, distrusted: true }),
      },
      events: [
        {
          ...{ ...told, ...reason, kind: 'part.failed' },
          after: expect.objectContaining({ part: ended, code: 'REPOSITORY_NOT_SHARED', nodes: ['other'] }),
        },
        {
          ...{ ...told, ...reason, kind: 'backup.failed', before: { state: 'IN_PROGRESS' } },
          after: { operationId: OPERATION, state: 'FAILED', code: 'REPOSITORY_NOT_SHARED', repositoryCheck },
        },
      ],
      attempt: {
        ...{ part: ended, trigger: 'request', actor, errorClass: 'terminal', startedAt: SENT, nextInMs: undefined },
        reason: failure,
      },
      outcome: { do: 'end', state: 'FAILED', backup: 'FAILED', failure, repositoryCheck },
    });
    expect(world.called('startSnapshot')).toEqual([]);
  });

  it('is no node where the verification meets a defect of ours', async () => {
    const { engine, tick, records } = await setUpCreateTick();
    const defect = new TypeError('a defect');
    engine.verifyRepository = () => Promise.reject(defect);
    await expect(tick()).rejects.toBe(defect);
    expect(records).toEqual([]);
  });

  it.each([
    ['has not been sent yet', 0, []],
    ['may still come', 1, [{ detail: memory(1, { distrusted: true }) }]],
  ])('is waited for before part 1, whose create %s', async (_, starts, expected) => {
    const world = await setUpCreateTick();
    hideFrom(world);
    const result = world.tick({ parts: [{ starts, state: starts === 0 ? 'PLANNED' : 'STARTING' }] });
    await expect(result).rejects.toMatchObject({ code: 'REPOSITORY_UNAVAILABLE', data: { nodes: ['other'] } });
    expect(world.records).toEqual(expected);
  });
});

describe('a part that vanished too often', () => {
  const lost = { state: 'IN_PROGRESS', starts: 5, uuid: 'gone' } as const;
  const five = (part: number) => memory(part, { sentAt: SENT, accepted: true, vanished: 4 });
  const check = { before: [{ id: 'node-1', name: 'in-memory' }], unverified: undefined, tries: 0 };

  it('is given up where every node can write, with what the engine has', async () => {
    const { tick, records } = await setUpCreateTick();
    const failure = {
      code: 'PART_VANISHED',
      message: expect.stringMatching(/ 5 times, .* Repository backups is writable\.$/),
      data: { part: 1, snapshot: names[0] },
    };
    expect(await tick({ parts: [lost], detail: five(1) })).toEqual({
      parts: [{ number: 1, state: 'VANISHED' }],
      detail: five(1),
      events: [expect.objectContaining({ kind: 'part.failed' }), expect.objectContaining({ kind: 'backup.failed' })],
      attempt: {
        ...{ part: 1, trigger: 'request', actor, errorClass: 'terminal', startedAt: SENT, nextInMs: undefined },
        reason: failure,
      },
      outcome: { do: 'end', state: 'FAILED', backup: 'FAILED', failure },
    });
    expect(records).toEqual([]);
  });

  it('has another run where every node can write again, and the tries without a result are over', async () => {
    const { tick, records } = await setUpCreateTick();
    const detail = { ...five(1), ...writeCheck({ ...check, tries: 2 }) };
    const change = await tick({ parts: [lost], detail, failedTries: 3 });
    expect(change).toMatchObject({
      parts: [{ number: 1, state: 'STARTING', uuid: null }],
      detail: { part1: { vanished: 1, accepted: false } },
      tries: 'progress',
      outcome: { do: 'wait', inMs: 100 },
    });
    expect(records).toEqual([{ detail: writeCheck(check) }]);
  });

  it('has none where whether a node can write is not to be found out', async () => {
    const { engine, tick } = await setUpCreateTick();
    for (let nth = 0; nth < 2; nth += 1) engine.failNext('verifyRepository', failing('ENGINE_FORBIDDEN'));
    const { outcome } = await tick({ parts: [lost], detail: five(1), failedTries: 3 });
    expect(outcome).toMatchObject({ do: 'end', state: 'FAILED', failure: { code: 'PART_VANISHED' } });
  });

  it('waits for a node before any part has ended well', async () => {
    const world = await setUpCreateTick();
    hideFrom(world);
    const result = world.tick({ parts: [lost], detail: five(1) });
    await expect(result).rejects.toMatchObject({ code: 'REPOSITORY_UNAVAILABLE' });
    expect(world.records).toEqual([
      { detail: memory(1, { ...{ sentAt: SENT, accepted: true, vanished: 4 }, distrusted: true }) },
    ]);
  });

  it('ends the create where a node cannot use the repository, and a part before it ended well', async () => {
    const world = await setUpCreateTick();
    hideFrom(world);
    const { outcome } = await world.tick({ parts: [endedWell(world, 1), lost], detail: five(2) });
    expect(outcome).toMatchObject({ do: 'end', failure: { code: 'REPOSITORY_NOT_SHARED', data: { partsEnded: 1 } } });
  });

  it('keeps which nodes could write before part 1 while the verification gives no result', async () => {
    const world = await setUpCreateTick();
    world.engine.failNext('verifyRepository', failing('ENGINE_TIMEOUT'));
    const detail = { ...five(2), ...writeCheck(check) };
    const result = world.tick({ parts: [endedWell(world, 1), lost], detail });
    await expect(result).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' });
    expect(world.records).toEqual([{ detail: writeCheck({ ...check, tries: 1 }) }]);
  });
});

describe('a create that fails otherwise waits for no repository', () => {
  it('not even where somebody deleted what had ended well', async () => {
    const { engine, tick } = await setUpCreateTick();
    engine.stopWrites(REPOSITORY, 'no space left');
    const parts = [{ state: 'SUCCESS', starts: 1, uuid: 'gone' } as const];
    const { outcome } = await tick({ parts, detail: memory(1, { missed: true }) });
    const message = expect.stringMatching(/ Repository backups cannot be used: .*no space left/);
    expect(outcome).toMatchObject({ do: 'end', state: 'FAILED', failure: { code: 'PART_VANISHED', message } });
  });

  it.each<[string, Parameters<World['put']>[1], string, string | undefined]>([
    ['it is not complete', { state: 'PARTIAL' }, 'PART_NOT_WHOLE', undefined],
    ['it is not as planned', { indices: [] }, 'PART_DIFFERS', 'its own'],
  ])('where %s: what the engine has is recorded, with the planned list', async (_, more, code, differed) => {
    const { engine, tick, put, fresh } = await setUpCreateTick();
    engine.stopWrites(REPOSITORY, 'no space left');
    const { uuid, state } = put(1, more);
    const change = await tick({ parts: [{ state: 'IN_PROGRESS', starts: 1, uuid }] });
    const message = expect.not.stringContaining('Repository');
    expect(change).toMatchObject({
      parts: [{ number: 1, state, uuid, indices: fresh.backup.parts[0]?.indices }],
      detail: memory(1, { differed: differed === undefined ? undefined : uuid }),
      outcome: { do: 'end', state: 'FAILED', failure: { code, message } },
    });
  });

  it.each([
    ['nobody signed', undefined],
    [
      'another create made',
      { ...{ backupId: 'b', operationId: 'another', part: 1, of: 2 }, optimizeVersion: '3.9.0', tandem: '0.0.0' },
    ],
  ])('where a snapshot has its name that %s: nothing of that one is recorded', async (_, owner) => {
    const { tick, put } = await setUpCreateTick();
    put(1, { owner });
    expect(await tick()).toMatchObject({
      parts: [{ number: 1, state: 'PLANNED' }],
      outcome: { do: 'end', state: 'FAILED', failure: { code: 'SNAPSHOT_EXISTS' } },
    });
    expect((await tick()).parts?.[0]).not.toHaveProperty('uuid');
  });
});
