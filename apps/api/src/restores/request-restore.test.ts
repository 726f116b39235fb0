import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { gatherPlan } from '@tandem/planning/plan/gather-plan.ts';
import type { OperationJob } from '@tandem/queue/port.ts';
import { PlanPage, PlanQuery, StoredPlan } from '@tandem/shared/contract/restore-plans.ts';
import { PlanRequest, RestoreRequest } from '@tandem/shared/contract/restores.ts';
import { optimize } from '@tandem/shared/domain/profile.ts';
import { readRestoreDetail } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { describe, expect, it } from 'vitest';
import { engineFacts } from '../backups/read/engine-facts.ts';
import { findRecord } from '../backups/read/find-record.ts';
import { makePlan } from './make-plan.ts';
import { readPlan, storePlan } from './read-plan.ts';
import { requestRestore } from './request-restore.ts';

const idOf = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
const POSITIONS = 'optimize-import-index_v3';
const ALERTS = 'optimize-alert_v4';
const SAFETY = `before-restore-${idOf(1)}`;
const part = (number: number) => `camunda_optimize_b_3.9.0_part_${number}_of_2`;
const asked = { actor: { kind: 'anonymous', address: '127.0.0.1' }, requestId: 'request' } as const;
const context = {
  ...asked,
  role: 'admin' as const,
  idempotencyKey: undefined,
  lastEventId: undefined,
  signal: new AbortController().signal,
};

/** A set of two indices that somebody else made, both of which are there. */
const setUp = () => {
  const now = () => new Date('2026-01-01T00:00:00Z');
  const history = inMemoryHistory({ now });
  const engine = inMemoryEngine({ now });
  engine.createRepository('backups');
  for (const name of [POSITIONS, ALERTS]) engine.createIndex(name, 3);
  engine.putSnapshot('backups', { name: part(1), indices: [POSITIONS] });
  engine.putSnapshot('backups', { name: part(2), indices: [ALERTS] });
  const jobs: OperationJob[] = [];
  let made = 0;
  const newId = () => {
    made += 1;
    return idOf(made);
  };
  const enqueue = (job: OperationJob) => void jobs.push(job);
  const shared = { engine, history, newId, enqueue, announce: () => undefined, profile: optimize };
  const place = { repository: 'backups', indexPrefix: 'optimize', facts: engineFacts(engine, 1_000, () => 0), now };
  const gather = gatherPlan({
    indexPrefix: 'optimize',
    ...{ engine, history, repository: undefined, configuredVersion: '3.9.0' },
    optimizeAnswersAt: async () => undefined,
  });
  const plan = makePlan({
    findRecord: findRecord({ ...shared, ...place, afterAnswer: () => undefined }),
    gather,
    history,
  });
  const request = requestRestore({ ...shared, makePlan: plan, repository: 'backups' });
  const review = (wish: object = {}) => plan(PlanRequest.parse({ backupId: 'b', ...wish }), context);
  const store = async (wish: object = {}) =>
    storePlan(history, PlanRequest.parse({ backupId: 'b', ...wish }), await review(wish));
  const look = async (wish: object = {}) => (await review(wish)).plan;
  const ask = async (wish: object, more: object = {}) => {
    const { planHash } = await look(wish);
    const body = { backupId: 'b', reason: 'drill', ...wish, planHash, ...more };
    return request(RestoreRequest.parse(body), context);
  };
  return { history, engine, jobs, review, store, look, ask, request };
};

const over = { deleteExisting: true };
const confirmed = { confirm: 'b' };
const beside = { target: { renamePattern: '(.+)', renameReplacement: 'x-$1' } };

const many = (count: number) =>
  Array.from({ length: count }, (_, at) => `optimize-alert_v${String(at + 1_000).padStart(5, '0')}`);
const queried = (query: object) => PlanQuery.parse({ ...query });

describe('a plan', () => {
  it('shows the first hundred of a thousand names that are in the way, and all of them page by page', async () => {
    const { engine, history, store } = setUp();
    for (const name of many(1_000)) engine.createIndex(name);
    const there = [...many(1_000), ALERTS, POSITIONS].sort();
    const answer = await store();
    expect(StoredPlan.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({
      blockers: [{ code: 'INDICES_PRESENT', found: there.slice(0, 100) }],
      parts: [{ snapshotName: part(1) }, { snapshotName: part(2) }],
      counts: { delete: 0, restore: 2, keep: 1_002, notRestored: 0 },
      truncated: [
        { list: 'blockers.0.found', count: 1_002 },
        { list: 'keep', count: 1_002 },
      ],
      request: { backupId: 'b', deleteExisting: false },
      url: `/api/v1/restores/plans/${answer.planHash}`,
    });
    expect(await readPlan(history, queried({ planHash: answer.planHash }))).toEqual(answer);
    const pages: unknown[] = [];
    let cursor: string | null | undefined;
    do {
      const of = { planHash: answer.planHash, list: 'keep', limit: '400', ...(cursor && { cursor }) };
      const page = PlanPage.parse(await readPlan(history, queried(of)));
      pages.push(page.items.map(({ index }) => index));
      cursor = page.nextCursor;
    } while (cursor);
    expect(pages).toEqual([there.slice(0, 400), there.slice(400, 800), there.slice(800)]);
  });

  it('is not found by another hash, and a cursor fits its list only', async () => {
    const { engine, history, store } = setUp();
    for (const name of many(2)) engine.createIndex(name);
    const { planHash } = await store();
    const read = (query: object) => readPlan(history, queried({ planHash, ...query }));
    await expect(read({ planHash: 'a'.repeat(64) })).rejects.toMatchObject({ code: 'PLAN_NOT_FOUND' });
    const page = PlanPage.parse(await read({ list: 'keep', limit: '1' }));
    const cursor = page.nextCursor ?? '';
    await expect(read({ cursor })).rejects.toMatchObject({ code: 'REQUEST_INVALID', data: { field: 'cursor' } });
    await expect(read({ list: 'delete', cursor })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    expect(PlanPage.parse(await read({ list: 'notRestored' }))).toMatchObject({
      count: 0,
      items: [],
      nextCursor: null,
    });
  });
});

describe('a restore that is accepted', () => {
  it('has its answer kept for its idempotency key together with it: a process may die right after', async () => {
    const { history, look, request } = setUp();
    await history.claimKey('key', 'digest', { keepMs: 60_000, abandonedMs: 60_000 });
    const { planHash } = await look(over);
    const body = RestoreRequest.parse({ backupId: 'b', reason: 'drill', ...over, planHash, ...confirmed });
    const { requestRestore: accept } = history;
    let kept: unknown;
    history.requestRestore = async (restore) => {
      const requested = await accept(restore);
      kept = await history.claimKey('key', 'digest', { keepMs: 60_000, abandonedMs: 60_000 });
      return requested;
    };
    const { operationId: id, ...same } = await request(body, context, 'key');
    // as the version before reads it
    expect(kept).toEqual({ claim: 'replay', answer: JSON.parse(JSON.stringify({ id, ...same })) });
  });

  it('is what was planned, and leaves its safety backup to the run', async () => {
    const { history, jobs, ask, look } = setUp();
    const { planHash, deletes, clusterUuid } = await look(over);

    const answer = await ask(over, { ...confirmed, restoreTemplates: true });

    expect(answer).toMatchObject({ operationId: idOf(1), state: 'QUEUED', safetyBackupId: SAFETY });
    const record = await history.findRestore(idOf(1));
    expect(readRestoreDetail(record?.detail ?? {})).toMatchObject({
      reason: 'drill',
      task: {
        ...{ inPlace: true, copy: false, rollback: true, restoreTemplates: true, safetyBackupId: SAFETY },
        safetyRepository: 'backups',
        ...{ planHash, deletes, clusterUuid },
        parts: [
          { number: 1, snapshot: part(1), indices: [{ index: POSITIONS, as: POSITIONS }] },
          { number: 2, snapshot: part(2), indices: [{ index: ALERTS, as: ALERTS }] },
        ],
      },
    });
    expect(await history.findBackup(SAFETY, undefined)).toBeUndefined();
    expect(jobs.map(({ operationId }) => operationId)).toEqual([idOf(1)]);
    const events = await history.eventsOf('b', 10);
    expect(events.at(-1)).toMatchObject({
      ...{ kind: 'restore.requested', reason: 'drill' },
      after: { planHash, deletes: 2, safetyBackupId: SAFETY, wayBack: true, acceptVersion: null, target: 'in place' },
    });
  });

  it.each([
    ['stored', true],
    ['not stored any more', false],
  ])('keeps its plan for good where that is %s', async (_, isStored) => {
    const { history, store, ask, look } = setUp();
    const { planHash } = isStored ? await store(over) : await look(over);
    await ask(over, confirmed);
    expect(await readPlan(history, queried({ planHash }))).toMatchObject({
      ...{ planHash, expiresAt: null, counts: { delete: 2, restore: 2 } },
      request: { backupId: 'b', deleteExisting: true, dropAllocation: false },
    });
    expect(await store(over)).not.toMatchObject({ planHash });
  });

  it('says that there is no way back where none was wanted', async () => {
    const { history, ask, jobs } = setUp();
    const wish = { ...over, acceptUnsaved: [POSITIONS, ALERTS] };
    const { safetyBackupId, warnings } = await ask(wish, { ...confirmed, safetyBackup: false });
    expect(safetyBackupId).toBeNull();
    expect(warnings.map(({ code }) => code)).toContain('NO_WAY_BACK');
    expect((await history.eventsOf('b', 10)).at(-1)).toMatchObject({ after: { wayBack: false, safetyBackupId: null } });
    expect(jobs).toHaveLength(1);
  });

  it('needs no safety backup where nothing is deleted', async () => {
    const { ask, jobs } = setUp();
    expect(await ask(beside)).toMatchObject({ safetyBackupId: null });
    expect(jobs).toHaveLength(1);
  });
});

describe('a restore that is refused', () => {
  it('without a safety backup must name every index that is deleted', async () => {
    const { history, ask } = setUp();
    const wish = { ...over, acceptUnsaved: [ALERTS] };
    await expect(ask(wish, { ...confirmed, safetyBackup: false })).rejects.toMatchObject({
      ...{ code: 'RESTORE_UNSAFE', data: { field: 'acceptUnsaved', indices: [POSITIONS] } },
      message: expect.stringContaining(`"acceptUnsaved": ["${POSITIONS}"]`),
    });
    expect(await history.listRestores({}, undefined, 1)).toEqual([]);
    const answer = await ask(wish, confirmed);
    expect(answer.safetyBackupId).toBe(`before-restore-${answer.operationId}`);
    expect(answer.warnings.find(({ code }) => code === 'INDICES_DELETED')?.message).toContain(
      `not saved, because acceptUnsaved names them: ${ALERTS}`,
    );
  });

  it('says what moved since a stored plan, else what is now', async () => {
    const { engine, store, ask } = setUp();
    const { planHash } = await store(beside);
    engine.createIndex(`x-${ALERTS}`);
    const old = { planHash };
    const difference = [`new: blocker INDICES_PRESENT: x-${ALERTS}`];
    await expect(ask(beside, old)).rejects.toMatchObject({ code: 'PLAN_CHANGED', data: { difference } });
    const now = ['now: 2 indices to restore, 0 to delete', `now: blocker INDICES_PRESENT: x-${ALERTS}`];
    const unknown = { planHash: 'a'.repeat(64) };
    await expect(ask(beside, unknown)).rejects.toMatchObject({ code: 'PLAN_CHANGED', data: { difference: now } });
  });

  it('begins with the options that were sent otherwise than planned', async () => {
    const { store, ask } = setUp();
    const { planHash } = await store(over);
    const old = { planHash };
    const difference = ['deleteExisting: planned true, sent false'];
    const refused = await ask({ ...over, deleteExisting: false }, old).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'PLAN_CHANGED', message: expect.stringMatching(`^${difference[0]}\nnew: `) });
  });

  it('names in its lists what is not there, or is not to be decided', async () => {
    const { engine, ask, review } = setUp();
    engine.createIndex('optimize-new_v1');
    const refused = (wish: object, found: readonly string[]) =>
      expect(review({ ...over, ...wish })).rejects.toMatchObject({ code: 'REQUEST_INVALID', data: { found } });
    await refused({ deleteUnknown: [ALERTS] }, [`${ALERTS} (known)`]);
    await refused({ keepUnknown: ['optimize-gone_v1'] }, ['optimize-gone_v1 (not there, or not in the way)']);
    await refused({ deleteUnknown: ['optimize-new_v1'], keepUnknown: ['optimize-new_v1'] }, [
      'optimize-new_v1 (in both lists)',
    ]);
    await expect(review({ deleteUnknown: ['optimize-new_v1'] })).rejects.toMatchObject({
      ...{ code: 'REQUEST_INVALID', data: { field: 'deleteUnknown' } },
    });
    for (const list of [['optimize-*'], ['a,b'], ['-a'], ['A'], [''], 'optimize-new_v1', [7]])
      expect(PlanRequest.safeParse({ backupId: 'b', deleteUnknown: list }).success).toBe(false);
    const named = { ...over, deleteUnknown: ['optimize-new_v1'] };
    const { plan } = await review(named);
    expect(plan.deletes.map(({ index }) => index)).toEqual([ALERTS, POSITIONS, 'optimize-new_v1'].sort());
    const asked = { ...confirmed, planHash: plan.planHash };
    await expect(ask({ ...over, keepUnknown: ['optimize-new_v1'] }, asked)).rejects.toMatchObject({
      code: 'PLAN_CHANGED',
    });
    expect(await ask(named, confirmed)).toMatchObject({ state: 'QUEUED' });
  });

  it('names the other one that was faster', async () => {
    const { history, ask } = setUp();
    const held = history.requestRestore;
    const answers = [
      { accepted: false, why: 'busy', operationId: idOf(7), kind: 'delete', backupId: 'b' },
      { accepted: false, why: 'restoring', operationId: idOf(8), kind: 'restore', backupId: 'other' },
      { accepted: false, why: 'deleted' },
      { accepted: false, why: 'unknown' },
    ] as const;
    const codes: unknown[] = [];
    for (const answer of answers) {
      Object.assign(history, { requestRestore: async () => answer });
      await ask(beside).catch(({ code, data }) => codes.push([code, data.operationId]));
    }
    Object.assign(history, { requestRestore: held });
    expect(codes).toEqual([
      ['BACKUP_BUSY', idOf(7)],
      ['RESTORE_RUNNING', idOf(8)],
      ['BACKUP_DELETED', undefined],
      ['BACKUP_NOT_FOUND', undefined],
    ]);
  });

  it('was not confirmed', async () => {
    const { ask } = setUp();
    await expect(ask(over)).rejects.toMatchObject({ code: 'RESTORE_NOT_CONFIRMED', data: { field: 'confirm' } });
  });
});

describe('a restore under other names', () => {
  it('saves what it deletes there too', async () => {
    const { engine, ask } = setUp();
    engine.createIndex(`x-${ALERTS}`);
    await expect(ask({ ...beside, ...over }, confirmed)).rejects.toMatchObject({
      code: 'RESTORE_BLOCKED',
      data: { blockers: [{ code: 'UNKNOWN_INDICES', found: [`x-${ALERTS}`] }] },
    });
    const named = { ...beside, ...over, deleteUnknown: [`x-${ALERTS}`] };
    expect(await ask(named, confirmed)).toMatchObject({ safetyBackupId: SAFETY });
  });
});
