import { onlyNode } from '@tandem/engine/in-memory/world.ts';
import { type FailureCode, fail } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import { actor, OPERATION, REPOSITORY, setUpCreate as setUp } from './create.fixture.ts';

const failed = (code: FailureCode) => fail(code, `It failed: ${code}.`, { call: 'verifyRepository' });
const other = { ...onlyNode, id: 'node-2', name: 'other' };
const names = [1, 2].map((part) => `camunda_optimize_b_3.9.0_part_${part}_of_2`);

/** Two nodes, and a create that ran until the snapshot of the part has ended and was not looked at. */
const untilPart = async (part: number) => {
  const world = await setUp();
  const { engine, tick, job, pass } = world;
  engine.setCapacity({ nodes: [onlyNode, other] });
  for (let ticks = 0; engine.running(REPOSITORY)[0] !== names[part - 1]; ticks += 1) {
    expect(ticks).toBeLessThan(20);
    const outcome = await tick(job);
    pass(outcome.next === 'again' ? outcome.inMs : 0);
    if (engine.running(REPOSITORY)[0] !== names[part - 1]) engine.finishAll();
  }
  engine.finishAll();
  return world;
};

const verifications = ({ engine }: Awaited<ReturnType<typeof setUp>>) =>
  engine.calls.filter(({ method }) => method === 'verifyRepository').length;

describe('the repository of a create', () => {
  it('is verified before part 1, after each part, and no more', async () => {
    const world = await untilPart(1);
    expect(verifications(world)).toBe(1);
    await world.toTheEnd();
    expect(verifications(world)).toBe(3);
    expect(await world.backup()).toMatchObject({ state: 'COMPLETED', repositoryCheck: { verified: true } });
    const completed = (await world.history.eventsOf('b', 100)).at(-1);
    expect(completed?.after).toMatchObject({ repositoryCheck: { verified: true } });
  });

  it('is waited for where a node cannot use it before part 1, and nothing is made', async () => {
    const { history, engine, tick, job, pass, toTheEnd, backup } = await setUp();
    engine.setCapacity({ nodes: [onlyNode, other] });
    engine.hideRepository(REPOSITORY, 'other');
    for (let times = 0; times < 3; times += 1) {
      const outcome = await tick(job);
      pass(outcome.next === 'again' ? outcome.inMs : 0);
    }
    expect(engine.snapshots(REPOSITORY)).toEqual([]);
    const attempts = await history.attemptsOf(OPERATION);
    expect(attempts).toHaveLength(3);
    expect(attempts[0]).toMatchObject({ errorClass: 'operator', reason: { data: { nodes: ['other'] } } });
    engine.hideRepository(REPOSITORY);
    await toTheEnd();
    expect(await backup()).toMatchObject({ state: 'COMPLETED', repositoryCheck: { verified: true } });
  });

  it.each([1, 2])(
    'ends the backup FAILED where a node cannot use it after part %i; a retry takes all again',
    async (part) => {
      const { history, engine, toTheEnd, backup } = await untilPart(part);
      engine.hideRepository(REPOSITORY, 'other');
      await toTheEnd();
      expect(await backup()).toMatchObject({
        ...{
          state: 'FAILED',
          failure: { code: 'REPOSITORY_NOT_SHARED', data: { nodes: ['other'], partsEnded: part } },
        },
        repositoryCheck: { verified: false },
      });
      const bad = engine.snapshots(REPOSITORY).map(({ uuid }) => uuid);
      expect(bad).toHaveLength(part);
      engine.hideRepository(REPOSITORY);
      await history.retryOperation(OPERATION, { actor, reason: 'mounted', requestId: undefined });
      await toTheEnd();
      const { state, repositoryCheck, parts } = await backup();
      expect({ state, repositoryCheck }).toEqual({ state: 'COMPLETED', repositoryCheck: { verified: true } });
      expect(parts.map(({ uuid }) => uuid)).toEqual(engine.snapshots(REPOSITORY).map(({ uuid }) => uuid));
      for (const { uuid } of parts) expect(bad).not.toContain(uuid);
    },
  );

  it('gives up a create of part 1 without an answer, which was made while a node could not use it', async () => {
    const { engine, tick, job, pass, toTheEnd, backup } = await setUp();
    engine.setCapacity({ nodes: [onlyNode, other] });
    // nothing is seen of it at first
    engine.failNext('startSnapshot', fail('ENGINE_TIMEOUT', 'late', { call: 'startSnapshot' }), 'before');
    const again = async () => {
      const outcome = await tick(job);
      pass(outcome.next === 'again' ? outcome.inMs : 0);
    };
    await again();
    engine.hideRepository(REPOSITORY, 'other');
    await again();
    const { parts } = await backup();
    const owner = { backupId: 'b', operationId: OPERATION, part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.0.0' };
    await engine.startSnapshot({
      repository: REPOSITORY,
      name: names[0] ?? '',
      indices: parts[0]?.indices ?? [],
      owner,
    });
    engine.finishAll();
    const late = engine.snapshots(REPOSITORY)[0]?.uuid;
    engine.hideRepository(REPOSITORY);
    await toTheEnd();
    const done = await backup();
    expect(done).toMatchObject({ state: 'COMPLETED', repositoryCheck: { verified: true } });
    expect(done.parts[0]?.uuid).not.toBe(late);
  });

  it.each<[FailureCode, number]>([
    ['ENGINE_FORBIDDEN', 1],
    ['ENGINE_TIMEOUT', 3],
  ])('is not verified where that ends in %s %i times: the backup ends as its parts say', async (code, times) => {
    for (const part of [1, 2]) {
      const { engine, toTheEnd, backup } = await untilPart(part);
      for (let nth = 0; nth < times; nth += 1) engine.failNext('verifyRepository', failed(code));
      await toTheEnd();
      const check = { verified: false, reason: `It failed: ${code}.`, nodesLeft: [] };
      expect(await backup()).toMatchObject({ state: 'COMPLETED', failure: undefined, repositoryCheck: check });
    }
  });

  it('is verified all the same after two time-outs', async () => {
    const { engine, toTheEnd, backup } = await untilPart(2);
    for (let nth = 0; nth < 2; nth += 1) engine.failNext('verifyRepository', failed('ENGINE_TIMEOUT'));
    await toTheEnd();
    expect(await backup()).toMatchObject({ state: 'COMPLETED', repositoryCheck: { verified: true } });
  });

  /** The part is lost by the engine as soon as it runs; `meanwhile` runs before the look that misses it. */
  const losing = async (world: Awaited<ReturnType<typeof setUp>>, part: number, meanwhile: (sent: number) => void) => {
    const { engine, tick, job, pass, backup } = world;
    for (let ticks = 0; (await backup()).state === 'IN_PROGRESS'; ticks += 1) {
      expect(ticks).toBeLessThan(60);
      const outcome = await tick(job);
      if (engine.running(REPOSITORY)[0] === names[part - 1]) {
        meanwhile(engine.calls.filter(({ method }) => method === 'startSnapshot').length);
        engine.restart();
      }
      engine.finishAll();
      pass(outcome.next === 'again' ? outcome.inMs : 0);
    }
    return backup();
  };

  it.each<FailureCode>(['ENGINE_FORBIDDEN', 'ENGINE_REFUSED', 'ENGINE_TIMEOUT'])(
    'keeps no create waiting whose part vanished too often, where it ends in %s',
    async (code) => {
      const world = await setUp();
      const lost = await losing(world, 2, (sent) => {
        if (sent < 6) return;
        for (let nth = 0; nth < 10; nth += 1) world.engine.failNext('verifyRepository', failed(code), 'before');
      });
      expect(lost).toMatchObject({ state: 'FAILED', failure: { code: 'PART_VANISHED' } });
      expect(lost.failure?.message).toContain(`could not be verified: It failed: ${code}.`);
    },
  );

  it('ends the backup FAILED where a node cannot use it once a part vanished too often', async () => {
    const world = await setUp();
    world.engine.setCapacity({ nodes: [onlyNode, other] });
    const lost = await losing(world, 2, (sent) => {
      if (sent === 6) world.engine.hideRepository(REPOSITORY, 'other');
    });
    expect(lost).toMatchObject({
      ...{ state: 'FAILED', failure: { code: 'REPOSITORY_NOT_SHARED', data: { nodes: ['other'], partsEnded: 1 } } },
      repositoryCheck: { verified: false },
    });
  });

  it('names a node that was there before part 1 and has left by the end', async () => {
    const { engine, toTheEnd, backup } = await untilPart(1);
    engine.setCapacity({ nodes: [onlyNode] });
    await toTheEnd();
    expect(await backup()).toMatchObject({
      ...{ state: 'COMPLETED', repositoryCheck: { verified: false, nodesLeft: ['other'] } },
    });
  });
});
