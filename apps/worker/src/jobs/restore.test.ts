import { inMemoryEngine } from '@tandem/engine/in-memory.ts';
import { inMemoryHistory } from '@tandem/history/in-memory.ts';
import { digestOf } from '@tandem/planning/digest.ts';
import { gatherPlan } from '@tandem/planning/gather-plan.ts';
import type { JobOutcome } from '@tandem/queue/port.ts';
import type { Logger } from '@tandem/runtime/logger.ts';
import { fail } from '@tandem/shared/domain/failure.ts';
import { planParts } from '@tandem/shared/domain/plan-backup.ts';
import type { RestoreRequest } from '@tandem/shared/domain/plan-facts.ts';
import { optimize } from '@tandem/shared/domain/profile.ts';
import { newRestoreDetail, type RestoreTask, readRestoreDetail } from '@tandem/shared/domain/restore-memory.ts';
import { planRestore } from '@tandem/shared/domain/restore-plan.ts';
import { describe, expect, it } from 'vitest';
import { runTick } from '../tick.ts';
import { givenUpHandlers, jobHandlers } from './index.ts';

const REPOSITORY = 'backups';
const CREATE = '0198c0de-7000-7000-8000-000000000001';
const RESTORE = '0198c0de-7000-7000-8000-000000000002';
const POSITIONS = 'optimize-import-index_v3';
const ALERTS = 'optimize-alert_v4';
const PART_2 = 'camunda_optimize_b_3.9.0_part_2_of_2';
const actor = { kind: 'system', name: 'worker' } as const;
const nothing = () => undefined;
const silent = { info: nothing, warn: nothing, error: nothing, debug: nothing } as unknown as Logger;
const limits = { firstMs: 100, mostMs: 1_000, attempts: 5, withinMs: 600_000 };
const QUIET_MS = 1_000;

const inPlace: RestoreRequest = {
  rename: undefined,
  deleteExisting: false,
  acceptVersion: undefined,
  only: undefined,
  copy: false,
};
const rehearsal: RestoreRequest = {
  ...inPlace,
  rename: { pattern: '(.+)', replacement: 'tandem-rehearsal-1-$1' },
  copy: true,
};

/** A world with one COMPLETED backup of two indices, and a worker. */
const setUp = async () => {
  let time = Date.parse('2026-01-01T00:00:00Z');
  let optimizeAt: string | undefined;
  const now = () => new Date(time);
  const history = inMemoryHistory({ now });
  const calls: { readonly method: string; readonly at: number }[] = [];
  const late: { readonly method: string; skip: number; readonly task: () => Promise<void> }[] = [];
  const before = async ({ method }: { readonly method: string }) => {
    calls.push({ method, at: time });
    const [next] = late;
    if (next?.method !== method) return;
    next.skip -= 1;
    if (next.skip >= 0) return;
    late.length = 0;
    await next.task();
  };
  const engine = inMemoryEngine({ now, before });
  engine.createRepository(REPOSITORY);
  engine.createIndex(POSITIONS, 3, { aliases: ['optimize-import-index'] });
  engine.createIndex(ALERTS, 5, { aliases: ['optimize-alert'] });
  await history.accept({
    backupId: 'b',
    optimizeVersion: '3.9.0',
    profile: 'optimize',
    indexPrefix: 'optimize',
    origin: 'requested',
    location: { clusterUuid: 'in-memory-cluster', repository: REPOSITORY, repositoryUuid: undefined },
    parts: planParts(optimize, 'optimize', 'b', '3.9.0', [POSITIONS, ALERTS]),
    operationId: CREATE,
    requestId: 'request-1',
    actor: { kind: 'anonymous', address: '127.0.0.1' },
    events: [{ kind: 'backup.requested', actor, source: 'api' }],
  });
  const optimizeAnswersAt = async () => optimizeAt;
  const gather = gatherPlan({ engine, history, configuredVersion: '3.9.0', optimizeAnswersAt });
  const jobs = {
    engine,
    history,
    gather,
    optimizeAnswersAt,
    polling: { firstMs: 100, mostMs: 1_000 },
    actor,
    tandemVersion: '0.0.0',
    vanishedMs: 100,
    quietMs: QUIET_MS,
    log: silent,
  };
  const tick = runTick({
    ledger: history,
    queue: { enqueue: async () => undefined },
    announce: () => undefined,
    handlers: jobHandlers(jobs),
    givenUp: givenUpHandlers(jobs),
    claim: { worker: 'one', leaseMs: 10_000, createsPerRepository: 1, queuedRetryMs: 30_000 },
    policy: { transient: limits, operator: limits },
    actor,
    log: silent,
    clock: { now: () => time, every: () => () => undefined },
    jitter: () => 0.5,
  });
  const pass = (ms: number) => {
    time += ms;
  };
  /** Ticks as the queue would; `between` happens after each tick, snapshots and restores end by themselves unless it says no. */
  const toTheEnd = async (operationId: string, between: (ticks: number) => boolean | undefined = () => undefined) => {
    for (let ticks = 1; ticks < 80; ticks += 1) {
      const outcome: JobOutcome = await tick({ operationId, revision: 1 });
      if (outcome.next === 'again') pass(outcome.inMs);
      else if ((await history.findOperation(operationId))?.endedAt !== undefined) return;
      else pass(500);
      if (between(ticks) !== false) engine.finishAll();
    }
    throw new Error('the operation did not end');
  };
  const backup = async () => {
    const found = await history.findBackup('b', undefined);
    if (found === undefined) throw new Error('the backup is gone');
    return found;
  };
  const plan = async (request: RestoreRequest) => planRestore(request, await gather(await backup(), request), digestOf);
  const begin = async (request: RestoreRequest, more: Partial<RestoreTask> = {}) => {
    const planned = await plan(request);
    const parts = planned.parts.map((part) => ({
      ...part,
      indices: planned.restores.filter((index) => index.part === part.number).map(({ index, as }) => ({ index, as })),
    }));
    const task: RestoreTask = {
      ...request,
      inPlace: request.rename === undefined,
      clusterUuid: planned.clusterUuid,
      parts,
      deletes: planned.deletes,
      planHash: planned.planHash,
      hashVersion: 2,
      rollBack: true,
      restoreTemplates: false,
      safetyBackupId: undefined,
      bytes: undefined,
      ...more,
    };
    const { key } = await backup();
    const requested = await history.requestRestore({
      operationId: RESTORE,
      kind: request.copy ? 'rehearse' : 'restore',
      backupKey: key,
      clusterUuid: planned.clusterUuid,
      requestId: undefined,
      actor,
      detail: newRestoreDetail(task),
      events: [{ kind: request.copy ? 'rehearsal.requested' : 'restore.requested', actor, source: 'api' }],
    });
    expect(requested).toMatchObject({ accepted: true });
    return planned;
  };
  const restore = async () => {
    const record = await history.findRestore(RESTORE);
    if (record === undefined) throw new Error('the restore is gone');
    return { ...record, ...readRestoreDetail(record.detail) };
  };
  const indices = async (prefix: string) => (await engine.listIndices(prefix)).map(({ name }) => name);
  const forget = () => {
    for (const name of [POSITIONS, ALERTS]) engine.deleteIndex(name);
  };
  const answersAt = (url: string | undefined) => {
    optimizeAt = url;
  };
  await toTheEnd(CREATE);
  /** When that was called the first time. */
  const calledAt = (method: string): number => calls.find((call) => call.method === method)?.at ?? Number.NaN;
  /** Runs right before that call, after so many others of the kind. */
  const beforeCall = (method: string, skip: number, task: () => Promise<void>) =>
    void late.push({ method, skip, task });
  return {
    history,
    engine,
    gather,
    toTheEnd,
    backup,
    plan,
    begin,
    restore,
    indices,
    forget,
    answersAt,
    calledAt,
    beforeCall,
  };
};

describe('a restore in place', () => {
  it('brings every index back with its documents and aliases, and proves it', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    const before = await engine.describeIndices([POSITIONS, ALERTS]);
    forget();
    await begin(inPlace);
    await toTheEnd(RESTORE);
    const { state, report } = await restore();
    expect({ state, ...report }).toMatchObject({ state: 'SUCCEEDED', indices: 2, documents: 8, differing: 0 });
    expect(await indices('optimize')).toEqual([ALERTS, POSITIONS]);
    const after = await engine.describeIndices([POSITIONS, ALERTS]);
    expect(after.map(({ uuid: _, ...facts }) => facts)).toEqual(before.map(({ uuid: _, ...facts }) => facts));
  });

  it('names every blocker at once, and every index that is in the way', async () => {
    const { engine, plan, answersAt } = await setUp();
    answersAt('http://127.0.0.1:8090');
    engine.createIndex('optimize-hidden_v1', 1, { hidden: true });
    engine.createIndex('optimize-closed_v1', 1, { closed: true });
    const { blockers } = await plan({ ...inPlace, acceptVersion: '1.0.0' });
    expect(blockers.map(({ code }) => code)).toEqual(['INDICES_PRESENT', 'OPTIMIZE_RUNNING']);
    expect(blockers[0]?.found).toEqual([ALERTS, 'optimize-closed_v1 (closed)', 'optimize-hidden_v1', POSITIONS]);
  });

  it('that was accepted before hashes had versions runs under the hash of version 1', async () => {
    const { forget, begin, backup, gather, toTheEnd, restore } = await setUp();
    forget();
    const { planHash } = planRestore(inPlace, await gather(await backup(), inPlace), digestOf, 1);
    await begin(inPlace, { planHash, hashVersion: undefined });
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('ends with PLAN_CHANGED when the world moved before it began, and touches nothing', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    forget();
    await begin(inPlace);
    engine.createIndex('optimize-stranger_v1', 1);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'PLAN_CHANGED' } });
    expect(await indices('optimize')).toEqual(['optimize-stranger_v1']);
    expect(engine.calls.filter(({ method }) => method === 'startRestore')).toEqual([]);
  });

  it('takes back what it restored when an index appears under a name of part 2, and leaves that one alone', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    forget();
    await begin(inPlace);
    await toTheEnd(RESTORE, () => {
      const part1IsThere = engine.restoring().includes(POSITIONS);
      if (part1IsThere) engine.createIndex(ALERTS, 77);
      return undefined;
    });
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_BLOCKED' } });
    expect(await indices('optimize')).toEqual([ALERTS]);
  });

  it.each(['before', 'after'] as const)('goes on when the answer of a call is lost %s it took effect', async (when) => {
    const { engine, forget, begin, toTheEnd, restore } = await setUp();
    forget();
    await begin(inPlace);
    engine.failNext('startRestore', fail('ENGINE_UNREACHABLE', 'away', { call: 'startRestore' }), when);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
  });

  it('adopts what a call that seemed lost restores between the look and the next call', async () => {
    const { engine, forget, begin, toTheEnd, restore, beforeCall } = await setUp();
    forget();
    await begin(inPlace);
    engine.failNext('startRestore', fail('ENGINE_TIMEOUT', 'slow', { call: 'startRestore' }));
    let sent = 0;
    await toTheEnd(RESTORE, (ticks) => {
      sent = engine.calls.filter(({ method }) => method === 'startRestore').length;
      // the first try looked once; the second looks when it begins, and right before it sends
      if (ticks === 2) {
        beforeCall('indexRecoveries', 1, () =>
          engine.startRestore({
            ...{ repository: REPOSITORY, snapshot: PART_2.replace('part_2', 'part_1'), indices: [POSITIONS] },
            ...{ rename: undefined, as: 'saved' },
          }),
        );
      }
      return undefined;
    });
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
    expect(sent).toBe(3);
  });

  it('sends a part again that the engine lost by a restart', async () => {
    const { engine, forget, begin, toTheEnd, restore } = await setUp();
    forget();
    await begin(inPlace);
    let restarted = false;
    await toTheEnd(RESTORE, () => {
      if (restarted || !engine.restoring().includes(ALERTS)) return undefined;
      restarted = true;
      engine.restart();
      return false;
    });
    expect(restarted).toBe(true);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
    expect(engine.calls.filter(({ method }) => method === 'startRestore')).toHaveLength(3);
  });

  it.each(['before', 'after'] as const)(
    'also where the answer of that removal is lost %s it took effect',
    async (when) => {
      const { engine, forget, begin, toTheEnd, restore, calledAt } = await setUp();
      forget();
      await begin(inPlace);
      let restarted = false;
      await toTheEnd(RESTORE, () => {
        if (restarted || !engine.restoring().includes(ALERTS)) return undefined;
        restarted = true;
        engine.failNext('deleteIndices', fail('ENGINE_TIMEOUT', 'slow', { call: 'deleteIndices' }), when);
        engine.restart();
        return false;
      });
      expect(restarted).toBe(true);
      expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
      expect(calledAt('startRestore')).toBeLessThan(calledAt('deleteIndices'));
    },
  );

  it('counts what it sent again, not how often the engine refused the removal before it', async () => {
    const { engine, forget, begin, toTheEnd, restore } = await setUp();
    forget();
    await begin(inPlace);
    let restarts = 0;
    await toTheEnd(RESTORE, () => {
      if (restarts === 2 || !engine.restoring().includes(ALERTS)) return undefined;
      restarts += 1;
      for (let times = 0; times < 4; times += 1) {
        engine.failNext('deleteIndices', fail('ENGINE_BUSY', 'just started', { call: 'deleteIndices' }));
      }
      engine.restart();
      return false;
    });
    expect(restarts).toBe(2);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', memory: { resent: 2 } });
  });

  it.each([true, false])('with shards that cannot be restored ends FAILED; rollBack %s', async (rollBack) => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    engine.rotSnapshot(REPOSITORY, PART_2, ALERTS);
    forget();
    await begin(inPlace, { rollBack });
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_SHARDS_FAILED' } });
    expect(await indices('optimize')).toEqual(rollBack ? [] : [ALERTS, POSITIONS]);
  });

  it('is not RESTORED when documents differ from the manifest', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    engine.alterSnapshot(REPOSITORY, PART_2, ALERTS, 4);
    forget();
    await begin(inPlace);
    await toTheEnd(RESTORE);
    const { state, failure, report } = await restore();
    expect({ state, code: failure?.code, report }).toMatchObject({ state: 'FAILED', code: 'RESTORE_DIFFERS' });
    expect(report?.differences).toEqual([{ index: ALERTS, what: 'documents', expected: '5', found: '4' }]);
    expect(await indices('optimize')).toEqual([]);
  });

  it('stops when a person asks, and takes back what it restored', async () => {
    const { history, engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    forget();
    await begin(inPlace);
    const asked = { actor, reason: 'wrong one', requestId: undefined };
    await toTheEnd(RESTORE, () => {
      if (engine.restoring().length > 0) void history.stopRestore(RESTORE, asked);
      return undefined;
    });
    expect(await restore()).toMatchObject({ state: 'CANCELLED', failure: { code: 'RESTORE_STOPPED' } });
    expect(await indices('optimize')).toEqual([]);
  });

  it('takes back what it restored when its tries are spent', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    forget();
    await begin(inPlace);
    let failing = false;
    await toTheEnd(RESTORE, () => {
      if (failing || !engine.restoring().includes(ALERTS)) return undefined;
      failing = true;
      for (let times = 0; times < 5; times += 1) {
        engine.failNext('indexRecoveries', fail('ENGINE_UNREACHABLE', 'away', { call: 'indexRecoveries' }));
      }
      return undefined;
    });
    expect(failing).toBe(true);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'ENGINE_UNREACHABLE' } });
    expect(await indices('optimize')).toEqual([]);
  });

  it('can be retried after it FAILED, and begins anew', async () => {
    const { history, engine, forget, begin, toTheEnd, restore } = await setUp();
    forget();
    await begin(inPlace);
    engine.failNext('startRestore', fail('RESTORE_REFUSED', 'no', { call: 'startRestore' }));
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_REFUSED' } });
    const retried = await history.retryOperation(RESTORE, { actor, reason: 'again', requestId: undefined });
    expect(retried.done).toBe(true);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('is not stopped again by who stopped the run before, and can be stopped by somebody else', async () => {
    const { history, engine, forget, begin, toTheEnd, restore } = await setUp();
    forget();
    await begin(inPlace);
    engine.failNext('startRestore', fail('RESTORE_REFUSED', 'no', { call: 'startRestore' }));
    const asked = { actor, reason: 'wrong one', requestId: undefined };
    await toTheEnd(RESTORE, () => {
      if (engine.calls.some(({ method }) => method === 'startRestore')) void history.stopRestore(RESTORE, asked);
      return undefined;
    });
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_REFUSED' } });
    await history.retryOperation(RESTORE, { ...asked, reason: 'again' });
    let isRunning = false;
    await toTheEnd(RESTORE, () => {
      if (isRunning || engine.restoring().length === 0) return undefined;
      isRunning = true;
      void history.stopRestore(RESTORE, { ...asked, reason: 'wrong again' });
      return undefined;
    });
    expect(isRunning).toBe(true);
    expect(await restore()).toMatchObject({ state: 'CANCELLED', stop: { reason: 'wrong again' } });
  });
});

describe('a restore that deletes what is there', () => {
  const deleting = { ...inPlace, deleteExisting: true };

  it('deletes exactly what was planned, and restores', async () => {
    const { engine, begin, toTheEnd, restore, indices } = await setUp();
    engine.write(ALERTS, 9);
    engine.createIndex('optimize-later_v1', 1);
    engine.createIndex('foreign', 1);
    const { deletes } = await begin(deleting);
    expect(deletes.map(({ index }) => index)).toEqual([ALERTS, POSITIONS, 'optimize-later_v1'].sort());
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
    expect(await indices('optimize')).toEqual([ALERTS, POSITIONS]);
    expect(await engine.describeIndices(['foreign'])).toHaveLength(1);
  });

  it('restores at once where the deletion was answered', async () => {
    const { begin, toTheEnd, restore, calledAt } = await setUp();
    await begin(deleting);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED' });
    expect(calledAt('startRestore') - calledAt('deleteIndices')).toBeLessThan(QUIET_MS);
  });

  it.each(['before', 'after'] as const)(
    'restores only when a deletion whose answer was lost %s it took effect cannot come late any more',
    async (when) => {
      const { engine, begin, toTheEnd, restore, calledAt } = await setUp();
      await begin(deleting);
      engine.failNext('deleteIndices', fail('ENGINE_UNREACHABLE', 'away', { call: 'deleteIndices' }), when);
      await toTheEnd(RESTORE);
      expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
      expect(calledAt('startRestore') - calledAt('deleteIndices')).toBeGreaterThanOrEqual(QUIET_MS);
    },
  );

  it('that is stopped after a deletion without an answer ends only when that cannot come late any more', async () => {
    const { history, engine, begin, toTheEnd, restore, calledAt } = await setUp();
    await begin(deleting);
    engine.failNext('deleteIndices', fail('ENGINE_UNREACHABLE', 'away', { call: 'deleteIndices' }), 'after');
    await toTheEnd(RESTORE, () => {
      const wasSent = engine.calls.some(({ method }) => method === 'deleteIndices');
      if (wasSent) void history.stopRestore(RESTORE, { actor, reason: 'enough', requestId: undefined });
      return undefined;
    });
    const { state, endedAt } = await restore();
    expect(state).toBe('CANCELLED');
    expect((endedAt?.getTime() ?? 0) - calledAt('deleteIndices')).toBeGreaterThanOrEqual(QUIET_MS);
  });

  it('deletes nothing when Optimize answers by then', async () => {
    const { engine, begin, toTheEnd, restore, answersAt } = await setUp();
    await begin(deleting);
    await toTheEnd(RESTORE, (ticks) => {
      if (ticks === 1) answersAt('http://127.0.0.1:8090');
      return undefined;
    });
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_BLOCKED' } });
    expect(engine.calls.filter(({ method }) => method === 'deleteIndices')).toEqual([]);
  });

  it('deletes nothing when its safety backup never came', async () => {
    const { engine, begin, toTheEnd, restore } = await setUp();
    await begin(deleting, { safetyBackupId: 'before-restore' });
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_UNSAFE' } });
    expect(engine.calls.filter(({ method }) => method === 'deleteIndices')).toEqual([]);
  });

  it('leaves an index alone that was made again since the plan', async () => {
    const { engine, begin, toTheEnd, restore } = await setUp();
    await begin(deleting);
    await toTheEnd(RESTORE, (ticks) => {
      if (ticks === 1) engine.createIndex(ALERTS, 1);
      return undefined;
    });
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'PLAN_CHANGED' } });
    expect(engine.calls.filter(({ method }) => method === 'deleteIndices')).toEqual([]);
  });
});

describe('a rehearsal', () => {
  it('restores a copy beside the real indices, compares it, takes it back, and is the proof of the backup', async () => {
    const { begin, toTheEnd, restore, indices, backup } = await setUp();
    await begin(rehearsal);
    let copies: readonly string[] = [];
    await toTheEnd(RESTORE, () => {
      void indices('tandem-rehearsal-1').then((names) => {
        if (names.length > copies.length) copies = names;
      });
      return undefined;
    });
    expect(copies).toEqual([`tandem-rehearsal-1-${ALERTS}`, `tandem-rehearsal-1-${POSITIONS}`]);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED' });
    expect(await indices('tandem-rehearsal-1')).toEqual([]);
    expect(await indices('optimize')).toEqual([ALERTS, POSITIONS]);
    const { proof, doubt } = await backup();
    expect(proof).toMatchObject({ operationId: RESTORE, whole: true, indices: 2, documents: 8 });
    expect(doubt).toBeUndefined();
  });

  it('that finds a rotted snapshot makes the backup doubtful, and takes its copy back', async () => {
    const { engine, begin, toTheEnd, restore, indices, backup } = await setUp();
    engine.rotSnapshot(REPOSITORY, PART_2, ALERTS);
    await begin(rehearsal);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_SHARDS_FAILED' } });
    expect(await indices('tandem-rehearsal-1')).toEqual([]);
    expect((await backup()).doubt).toMatchObject({ operationId: RESTORE, reason: { code: 'RESTORE_SHARDS_FAILED' } });
  });
});
