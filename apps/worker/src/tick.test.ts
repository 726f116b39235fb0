import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import { actor, OPERATION, REPOSITORY, setUpCreate as setUp } from './jobs/create/create.fixture.ts';

const unreachable = () => fail('ENGINE_UNREACHABLE', 'away', { call: 'startSnapshot' });
const names = ['camunda_optimize_b_3.9.0_part_1_of_2', 'camunda_optimize_b_3.9.0_part_2_of_2'];

describe('a create, tick by tick', () => {
  it('makes part 1, then part 2, and ends COMPLETED', async () => {
    const { engine, toTheEnd, backup, kinds } = await setUp();
    await toTheEnd();
    expect(engine.snapshots(REPOSITORY).map(({ name }) => name)).toEqual(names);
    const { state, create, parts } = await backup();
    expect({ state, create: create?.state }).toEqual({ state: 'COMPLETED', create: 'SUCCEEDED' });
    expect(parts.map((part) => part.uuid)).toEqual(engine.snapshots(REPOSITORY).map(({ uuid }) => uuid));
    const expected = ['part.starting', 'part.succeeded', 'part.starting', 'part.succeeded', 'backup.completed'];
    expect((await kinds()).filter((kind) => kind !== 'part.adopted')).toEqual(['backup.requested', ...expected]);
  });

  it('learns the uuid of a repository that was empty', async () => {
    const { toTheEnd, backup } = await setUp();
    await toTheEnd();
    expect((await backup()).location.repositoryUuid).toEqual(expect.any(String));
  });

  it('adopts the snapshot of a create whose answer was lost', async () => {
    const { engine, toTheEnd, backup } = await setUp();
    engine.failNext('startSnapshot', unreachable(), 'after');
    await toTheEnd();
    expect((await backup()).state).toBe('COMPLETED');
    expect(engine.calls.filter(({ method }) => method === 'startSnapshot')).toHaveLength(2);
  });

  it('tries again after a failure that may pass, and keeps the attempt', async () => {
    const { history, engine, toTheEnd, backup } = await setUp();
    for (let times = 0; times < 3; times += 1) engine.failNext('startSnapshot', unreachable(), 'before');
    await toTheEnd();
    expect((await backup()).state).toBe('COMPLETED');
    const failed = history.attemptsOf(OPERATION);
    expect(JSON.stringify(await failed)).toContain('ENGINE_UNREACHABLE');
  });

  it('counts each attempt by its failure code, and the end', async () => {
    const { engine, toTheEnd, health } = await setUp();
    const figures = async () =>
      (await health.metrics())
        .split('\n')
        .filter((line) => /^tandem_(attempts|operations_ended).*kind="create"/.test(line));
    const ended = (state: string, count: number) =>
      `tandem_operations_ended_total{kind="create",state="${state}"} ${count}`;
    expect(await figures()).toEqual([ended('SUCCEEDED', 0), ended('FAILED', 0), ended('CANCELLED', 0)]);
    for (let times = 0; times < 2; times += 1) engine.failNext('startSnapshot', unreachable(), 'before');
    await toTheEnd();
    expect(await figures()).toEqual([
      ...[ended('SUCCEEDED', 1), ended('FAILED', 0), ended('CANCELLED', 0)],
      'tandem_attempts_total{kind="create",code="ENGINE_UNREACHABLE"} 2',
      'tandem_attempts_total{kind="create",code="none"} 2',
    ]);
  });

  it('logs once that its tries fail, and once that they do not any more', async () => {
    const { engine, toTheEnd, lines } = await setUp();
    for (let times = 0; times < 3; times += 1) engine.failNext('startSnapshot', unreachable(), 'before');
    await toTheEnd();
    const of = { operationId: OPERATION, backupId: 'b' };
    expect(lines).toMatchObject([
      ['try failed', of],
      ['over: try failed', { ...of, times: 3 }],
      ['operation ended', of],
    ]);
  });

  it('ends FAILED with the reason when its tries are spent', async () => {
    const { engine, toTheEnd, backup, kinds, lines } = await setUp();
    for (let times = 0; times < 5; times += 1) engine.failNext('startSnapshot', unreachable(), 'before');
    await toTheEnd();
    expect(await backup()).toMatchObject({ state: 'FAILED', failure: { code: 'ENGINE_UNREACHABLE' } });
    expect((await kinds()).at(-1)).toBe('backup.failed');
    const messages = lines.map(([message]) => message);
    expect(messages).toEqual(['try failed', 'operation failed: needs an operator']);
  });

  it('ends FAILED at once when the engine refuses the create', async () => {
    const { engine, tick, job, backup } = await setUp();
    const refused = fail('ENGINE_REFUSED', 'invalid name', { call: 'startSnapshot' });
    engine.failNext('startSnapshot', refused, 'before');
    expect(await tick(job)).toEqual({ next: 'done' });
    expect(await backup()).toMatchObject({ state: 'FAILED', failure: { message: 'invalid name' } });
  });

  it('waits for a node that left during the snapshot, and makes that part again', async () => {
    const { history, engine, tick, job, pass, toTheEnd, backup, kinds } = await setUp();
    const lost = [{ index: 'optimize-import-index_v3', shard: 0, reason: 'node left the cluster during snapshot' }];
    await tick(job);
    for (let tries = 0; tries < 2; tries += 1) {
      engine.finish(REPOSITORY, names[0] ?? '', { state: 'FAILED', failures: lost });
      pass(100);
      expect(await tick(job)).toEqual({ next: 'again', inMs: 60_000 });
      pass(60_000);
      await tick(job);
    }
    await toTheEnd();
    expect((await backup()).state).toBe('COMPLETED');
    expect((await kinds()).filter((kind) => kind === 'part.deleted')).toHaveLength(2);
    const attempts = await history.attemptsOf(OPERATION);
    expect(attempts.map(({ errorClass }) => errorClass)).toEqual(['transient', 'transient', undefined, undefined]);
  });

  it('ends FAILED after the third time, with what the engine said', async () => {
    const { engine, tick, job, pass, backup } = await setUp();
    const failures = [{ index: 'optimize-import-index_v3', shard: 0, reason: 'node left the cluster during snapshot' }];
    for (let tries = 0; tries < 3; tries += 1) {
      await tick(job);
      engine.finish(REPOSITORY, names[0] ?? '', { state: 'FAILED', failures });
      pass(100);
      await tick(job);
      pass(60_000);
    }
    expect(await backup()).toMatchObject({
      state: 'FAILED',
      failure: { code: 'PART_NOT_WHOLE', message: expect.stringContaining('node left the cluster') },
    });
  });

  it('ends FAILED after five unexpected errors, counts them, and names the log entry', async () => {
    const { history, engine, toTheEnd, backup, unexpected } = await setUp();
    engine.findSnapshots = () => Promise.reject(new TypeError('a defect'));
    await toTheEnd();
    expect(unexpected).toEqual(Array(5).fill('create'));
    expect(await backup()).toMatchObject({ state: 'FAILED', failure: { code: 'UNEXPECTED' } });
    const attempts = await history.attemptsOf(OPERATION);
    expect(attempts.at(-1)?.reason?.data).toMatchObject({ reference: expect.stringMatching(`^${OPERATION}/`) });
  });

  it('counts a change that PostgreSQL cannot take as an unexpected error', async () => {
    const { history, worker, job, pass, backup } = await setUp();
    const { record } = history;
    history.record = async (id, revision, change) => {
      if (change.attempt === undefined) throw new Error('invalid input syntax');
      return record(id, revision, change);
    };
    const tick = worker('one');
    for (let ticks = 0; ticks < 5; ticks += 1) {
      await tick(job);
      pass(10_000);
    }
    expect(await backup()).toMatchObject({ state: 'FAILED', failure: { code: 'UNEXPECTED' } });
  });

  it('believes a part that is seen again, and doubts it anew when it is missed later', async () => {
    const { engine, tick, job, pass, toTheEnd, backup } = await setUp();
    await tick(job);
    engine.finishAll();
    pass(100);
    await tick(job);
    const { findSnapshots } = engine;
    const staleOnce = () => {
      engine.findSnapshots = async () => {
        engine.findSnapshots = findSnapshots;
        return [];
      };
    };
    for (let misses = 0; misses < 2; misses += 1) {
      staleOnce();
      await tick(job);
      pass(1_000);
      await tick(job);
      pass(1_000);
    }
    await toTheEnd();
    expect((await backup()).state).toBe('COMPLETED');
  });

  it('goes on at once where the clock of PostgreSQL was put back, and says so', async () => {
    const { history, engine, tick, job, pass, toTheEnd, backup } = await setUp();
    await tick(job);
    pass(-600_000);
    expect(await tick(job)).toMatchObject({ next: 'again' });
    engine.finishAll();
    await toTheEnd();
    expect((await backup()).state).toBe('COMPLETED');
    const told = (await history.eventsOf('b', 100)).filter(({ kind }) => kind === 'clock.put-back');
    expect(told).toMatchObject([{ after: { operationId: OPERATION, aheadMs: 600_100 } }]);
  });

  it('plans a part anew when an index went between the look and the create', async () => {
    const { engine, toTheEnd, backup } = await setUp();
    engine.createIndex('optimize-import-index_v4', 1);
    engine.failNext('startSnapshot', fail('INDEX_NOT_FOUND', 'gone', { call: 'startSnapshot' }), 'before');
    await toTheEnd();
    expect((await backup()).state).toBe('COMPLETED');
    expect(engine.snapshots(REPOSITORY)[0]?.indices).toEqual(['optimize-import-index_v3', 'optimize-import-index_v4']);
  });

  it('makes a running snapshot again that an engine forgot', async () => {
    const { engine, tick, job, pass, toTheEnd, backup, kinds } = await setUp();
    await tick(job);
    pass(100);
    await tick(job);
    engine.restart();
    pass(1_000);
    await toTheEnd();
    expect((await backup()).state).toBe('COMPLETED');
    expect(await kinds()).toContain('part.vanished');
  });

  it('waits before part 1 until the repository keeps as many snapshots as the backup needs', async () => {
    const { history, engine, tick, job, pass, toTheEnd, backup } = await setUp();
    engine.limitSnapshots(REPOSITORY, 1);
    await tick(job);
    expect(engine.calls.filter(({ method }) => method === 'startSnapshot')).toEqual([]);
    expect((await history.attemptsOf(OPERATION))[0]).toMatchObject({
      errorClass: 'operator',
      reason: { code: 'REPOSITORY_FULL', data: { repository: REPOSITORY, snapshotsLeft: 1, needed: 2 } },
    });
    engine.limitSnapshots(REPOSITORY, 2);
    pass(1_000);
    await toTheEnd();
    expect((await backup()).state).toBe('COMPLETED');
  });

  it('says that the repository keeps no more snapshots when one has vanished twice for that', async () => {
    const { history, engine, tick, job, pass, toTheEnd, backup } = await setUp();
    const reasons = async () => (await history.attemptsOf(OPERATION)).map(({ reason }) => reason?.code);
    for (let ticks = 0; !(await reasons()).includes('REPOSITORY_FULL'); ticks += 1) {
      expect(ticks).toBeLessThan(20);
      const outcome = await tick(job);
      engine.limitSnapshots(REPOSITORY, 0);
      engine.restart();
      pass(outcome.next === 'again' ? outcome.inMs : 0);
    }
    expect(await reasons()).toEqual(['PART_VANISHED', 'REPOSITORY_FULL']);
    engine.limitSnapshots(REPOSITORY, undefined);
    await toTheEnd();
    expect((await backup()).state).toBe('COMPLETED');
  });

  it('waits for a person where a snapshot vanished because the repository cannot be written', async () => {
    const { history, engine, tick, job, pass, toTheEnd, backup } = await setUp();
    const unwritable = fail('REPOSITORY_UNAVAILABLE', 'no space left', { call: 'verifyRepository' });
    for (let times = 0; times < 3; times += 1) engine.failNext('verifyRepository', unwritable, 'before');
    const refused = async () =>
      (await history.attemptsOf(OPERATION)).filter(({ errorClass }) => errorClass === 'operator');
    for (let ticks = 0; (await refused()).length < 3; ticks += 1) {
      expect(ticks).toBeLessThan(50);
      const outcome = await tick(job);
      engine.restart();
      pass(outcome.next === 'again' ? outcome.inMs : 0);
    }
    await toTheEnd();
    expect((await backup()).state).toBe('COMPLETED');
    const attempts = await history.attemptsOf(OPERATION);
    expect(attempts.filter(({ errorClass }) => errorClass === 'operator')).toHaveLength(3);
    expect(attempts.map(({ number }) => number)).toEqual(attempts.map((_, at) => at + 1));
  });

  it('ends FAILED when a part that had ended well was deleted', async () => {
    const { engine, tick, job, pass, toTheEnd, backup } = await setUp();
    await tick(job);
    engine.finishAll();
    pass(100);
    await tick(job);
    engine.removeSnapshot(REPOSITORY, names[0] ?? '');
    pass(1);
    await toTheEnd();
    expect(await backup()).toMatchObject({ state: 'FAILED', failure: { code: 'PART_VANISHED' } });
  });

  it('makes no part anew while a delete without an answer may still take effect', async () => {
    const { history, engine, toTheEnd, tick, job, pass, backup } = await setUp();
    await tick(job);
    engine.finish(REPOSITORY, names[0] ?? '', { state: 'PARTIAL' });
    await toTheEnd();
    expect((await backup()).state).toBe('FAILED');
    await history.retryOperation(OPERATION, { actor, reason: 'again', requestId: undefined });
    engine.failNext('deleteSnapshot', fail('ENGINE_TIMEOUT', 'late', { call: 'deleteSnapshot' }));
    for (let gone = 0; engine.snapshots(REPOSITORY).length > 0; gone += 1) {
      const outcome = await tick(job);
      pass(outcome.next === 'again' ? outcome.inMs : 0);
      if (gone > 10) throw new Error('it was not removed');
    }
    const waits = await tick(job);
    expect(waits).toMatchObject({ next: 'again' });
    expect(waits.next === 'again' && waits.inMs).toBeGreaterThan(500);
    expect(engine.snapshots(REPOSITORY)).toEqual([]);
    pass(1_000);
    await toTheEnd();
    expect((await backup()).state).toBe('COMPLETED');
  });

  it('makes a part anew that was not as planned, once somebody had it retried', async () => {
    const { history, engine, toTheEnd, backup, kinds } = await setUp();
    const { findSnapshots } = engine;
    let bad: string | undefined;
    engine.findSnapshots = async (...asked) =>
      (await findSnapshots(...asked)).map((snapshot) => {
        bad ??= snapshot.uuid;
        return snapshot.uuid === bad ? { ...snapshot, indices: [] } : snapshot;
      });
    await toTheEnd();
    expect(await backup()).toMatchObject({ state: 'FAILED', failure: { code: 'PART_DIFFERS' } });
    expect(engine.snapshots(REPOSITORY).map(({ uuid }) => uuid)).toEqual([bad]);

    await history.retryOperation(OPERATION, { actor, reason: 'again', requestId: undefined });
    await toTheEnd();

    expect((await backup()).state).toBe('COMPLETED');
    expect(engine.snapshots(REPOSITORY).map(({ name }) => name)).toEqual(names);
    expect(engine.snapshots(REPOSITORY).map(({ uuid }) => uuid)).not.toContain(bad);
    expect((await kinds()).filter((kind) => kind === 'part.deleted')).toHaveLength(1);
  });

  it('is left alone by a second worker while the first has it', async () => {
    const { engine, worker, tick, job, pass } = await setUp();
    await tick(job);
    pass(5_000);
    await Promise.all([tick(job), worker('two')(job)]);
    expect(engine.calls.filter(({ method }) => method === 'startSnapshot')).toHaveLength(1);
  });

  it('is not changed by a worker that slept past its lease before the create', async () => {
    const { history, engine, worker, job, pass, backup, kinds } = await setUp();
    const listIndices = engine.listIndices;
    engine.listIndices = async (prefix) => {
      engine.listIndices = listIndices;
      pass(11_000);
      await worker('two')(job);
      return listIndices(prefix);
    };
    await worker('one')(job);
    expect(engine.calls.filter(({ method }) => method === 'startSnapshot')).toHaveLength(1);
    expect((await kinds()).filter((kind) => kind === 'part.starting')).toHaveLength(1);
    expect((await backup()).parts[0]?.starts).toBe(1);
    await history.close();
  });
});
