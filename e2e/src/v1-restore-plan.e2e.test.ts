import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { HttpAnswer } from './harness/requests/api.ts';
import { create, expectProblem, type Page, read, send } from './harness/requests/v1.ts';
import { importIndices, otherIndices } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

type Blocker = {
  readonly code: string;
  readonly message: string;
  readonly found: readonly string[];
  readonly remedy: string;
};
type Plan = {
  readonly blockers: readonly Blocker[];
  readonly warnings: readonly { readonly code: string }[];
  readonly restores: readonly { readonly part: number; readonly index: string; readonly as: string }[];
  readonly deletes: readonly { readonly index: string; readonly uuid: string }[];
  readonly documents: number | null;
  readonly bytes: number | null;
  readonly planHash: string;
};

const world = useWorld();
const indices = () => [...importIndices(world.prefix), ...otherIndices(world.prefix)].sort();
const post = (path: string, body: unknown): Promise<HttpAnswer> => send(world.api, 'POST', path, body);
const planned = async (body: object): Promise<Plan> => {
  const answer = await post('/restores/plan', { backupId: 'one', ...body });
  expect(answer.status, answer.text).toBe(200);
  return answer.json as unknown as Plan;
};
const codes = ({ blockers }: Plan) => blockers.map(({ code }) => code);
const beside = { target: { renamePattern: '(.+)', renameReplacement: 'beside-$1' } };

beforeAll(async () => {
  await create(world.api, 'one');
  await world.api.untilState('one', 'COMPLETED');
});

describe('a request that is not valid names its field', () => {
  const good = { backupId: 'one' };
  const cases: readonly [string, unknown, RegExp][] = [
    ['no body', '[]', /JSON object/],
    ['no id', {}, /^backupId is missing/],
    [
      'an id that is no text',
      { backupId: 1 },
      /^backupId must be a string, for example "nightly-2026-11-22", found a number/,
    ],
    ['an id with a space', { backupId: 'o ne' }, /^backupId may hold only/],
    ['an unknown field', { ...good, force: true }, /"force"/],
    ['a target that is a text', { ...good, target: 'x' }, /^target must be an object with renamePattern/],
    ['half a target', { ...good, target: { renamePattern: 'a' } }, /^target\.renameReplacement must be a text/],
    ['a third field', { ...good, target: { ...beside.target, x: 1 } }, /^target must not contain "x"/],
    [
      'a lookahead',
      { ...good, target: { ...beside.target, renamePattern: '(?=a)' } },
      /^target\.renamePattern "\(\?=a\)"/,
    ],
    [
      'no such group',
      { ...good, target: { ...beside.target, renameReplacement: '$2' } },
      /^target\.renameReplacement "\$2"/,
    ],
    ['a flag that is a text', { ...good, deleteExisting: 'yes' }, /^deleteExisting must be true or false/],
    ['a version with a slash', { ...good, acceptVersion: '3/9' }, /^acceptVersion must be a version/],
  ];

  it.each(cases)('%s', async (_what, body, detail) => {
    expect(expectProblem(await post('/restores/plan', body), 400, 'REQUEST_INVALID')).toMatch(detail);
  });

  it('in the restore itself too', async () => {
    const whole = { ...good, planHash: 'a'.repeat(64), reason: 'r' };
    const broken: readonly [object, RegExp][] = [
      [{ ...whole, planHash: undefined }, /^planHash must be a text/],
      [{ ...whole, planHash: 'A'.repeat(64) }, /^planHash must be the planHash of a plan/],
      [{ ...whole, reason: undefined }, /^reason must be a text/],
      [{ ...whole, reason: '  ' }, /^reason must say why/],
      [{ ...whole, rollback: 1 }, /^rollback must be true or false/],
      [{ ...whole, restoreTemplates: null }, /^restoreTemplates must be true or false/],
      [{ ...whole, safetyBackup: 'no' }, /^safetyBackup must be true or false/],
      [{ ...whole, confirm: 7 }, /^confirm must be a text/],
    ];
    for (const [body, detail] of broken) {
      expect(expectProblem(await post('/restores', body), 400, 'REQUEST_INVALID')).toMatch(detail);
    }
  });

  it('in a rehearsal too', async () => {
    for (const wish of ['some', 0, -1, 1.5, [], [1], { all: true }]) {
      const answer = await post('/backups/one/rehearse', { indices: wish });
      expect(expectProblem(answer, 400, 'REQUEST_INVALID'), JSON.stringify(wish)).toMatch(/^indices must be "all"/);
    }
    const strange = await post('/backups/one/rehearse', { indices: ['strange'] });
    expect(expectProblem(strange, 400, 'REQUEST_INVALID')).toMatch(/strange/);
  });
});

describe('a plan', () => {
  it('of an id that nobody knows is not found', async () => {
    expectProblem(await post('/restores/plan', { backupId: 'unknown' }), 404, 'BACKUP_NOT_FOUND');
    expectProblem(await post('/backups/unknown/rehearse', {}), 404, 'BACKUP_NOT_FOUND');
    expectProblem(await send(world.api, 'GET', '/backups/unknown/runbook'), 404, 'BACKUP_NOT_FOUND');
  });

  it('in place names every index that is in the way: open, closed and hidden', async () => {
    const [closed, hidden] = [`${world.prefix}-alert_v4`, `${world.prefix}-settings_v2`];
    await world.engine.createIndex(closed);
    await world.engine.call('POST', `${closed}/_close?wait_for_active_shards=0`);
    await world.engine.createIndex(hidden, { settings: { 'index.hidden': true } });

    const { blockers, restores, deletes } = await planned({});

    const [blocker] = blockers;
    expect(blockers).toHaveLength(1);
    expect(blocker).toMatchObject({ code: 'INDICES_PRESENT', remedy: expect.stringContaining('deleteExisting') });
    expect(blocker?.found).toEqual([...indices(), `${closed} (closed)`, hidden].sort());
    expect(restores.map(({ index, as }) => [index, as])).toEqual(
      [...importIndices(world.prefix), ...otherIndices(world.prefix)].map((index) => [index, index]),
    );
    expect(restores.map(({ part }) => part)).toEqual([1, 1, 1, 2, 2, 2]);
    expect(deletes).toEqual([]);
    for (const index of [closed, hidden]) await world.engine.call('DELETE', index);
  });

  it('that deletes what is there tells what by uuid, and that it is backed up first', async () => {
    const plan = await planned({ deleteExisting: true });
    expect(codes(plan)).toEqual([]);
    expect(plan.deletes.map(({ index }) => index)).toEqual(indices());
    const settings = await world.engine.call<Record<string, { settings: { index: { uuid: string } } }>>(
      'GET',
      `${world.prefix}-*/_settings`,
    );
    expect(plan.deletes.map(({ uuid }) => uuid)).toEqual(indices().map((name) => settings[name]?.settings.index.uuid));
    expect(plan.warnings.map(({ code }) => code)).toContain('INDICES_DELETED');
  });

  it('is made also over an index that has lost its primary, once it is accepted that it cannot be saved', async () => {
    const lost = `${world.prefix}-alert_v4`;
    await world.engine.createIndex(lost, { settings: { 'index.routing.allocation.require._name': 'no-such-node' } });
    try {
      const refused = await planned({ deleteExisting: true });
      expect(refused.blockers).toMatchObject([{ code: 'INDICES_UNSAVABLE', found: [lost] }]);
      const plan = await planned({ deleteExisting: true, acceptUnsaved: [lost] });
      expect([codes(plan), plan.deletes.map(({ index }) => index)]).toEqual([[], [...indices(), lost].sort()]);
    } finally {
      await world.engine.call('DELETE', lost);
    }
  });

  it('tells documents, bytes and the names beside the real ones', async () => {
    const plan = await planned(beside);
    expect(codes(plan)).toEqual([]);
    expect(plan).toMatchObject({ documents: 6, bytes: expect.any(Number), warnings: [] });
    expect(plan.restores.map(({ index, as }) => [index, as])).toEqual(
      plan.restores.map(({ index }) => [index, `beside-${index}`]),
    );
  });

  it('refuses names that fall together, that engines refuse, or that are taken', async () => {
    const all = await planned({ target: { renamePattern: '^(.+)$', renameReplacement: 'same' } });
    expect(codes(all)).toEqual(['TARGET_INVALID']);
    expect(all.blockers[0]?.found).toEqual(expect.arrayContaining(indices().map((index) => `${index} -> same`)));
    const bad = await planned({ target: { renamePattern: '^(.+)$', renameReplacement: '-$1' } });
    expect(codes(bad)).toEqual(['TARGET_INVALID']);
    const none = await planned({ target: { renamePattern: '^(.+)$', renameReplacement: '' } });
    expect(codes(none)).toEqual(['TARGET_INVALID']);
    const taken = `beside-${indices()[0]}`;
    await world.engine.createIndex(taken);
    const plan = await planned(beside);
    expect(plan.blockers).toMatchObject([{ code: 'INDICES_PRESENT', found: [taken] }]);
    await world.engine.call('DELETE', taken);
  });

  it('has one hash for one question, and another for every other', async () => {
    const questions = [
      {},
      { deleteExisting: true },
      beside,
      { ...beside, deleteExisting: true },
      { acceptVersion: '1' },
    ];
    const hashes = await Promise.all(questions.map(async (body) => (await planned(body)).planHash));
    const again = await Promise.all(questions.map(async (body) => (await planned(body)).planHash));
    expect(again).toEqual(hashes);
    expect(new Set(hashes).size).toBe(questions.length);
    expect(hashes).toEqual(hashes.map(() => expect.stringMatching(/^[0-9a-f]{64}$/)));
  });

  it('changes nothing', async () => {
    const before = [await world.sql('select count(*) from event'), await world.sql('select count(*) from operation')];
    await planned({ deleteExisting: true });
    await planned(beside);
    expect((await post('/restores/plan', { backupId: 'one', target: 1 })).status).toBe(400);
    // answered after it; a refusal that was written would be there by then
    await send(world.api, 'GET', '/restores');
    expect([await world.sql('select count(*) from event'), await world.sql('select count(*) from operation')]).toEqual(
      before,
    );
  });

  it('of another version is blocked until that version is accepted', async () => {
    const other = await world.startApi({ CAMUNDA_OPTIMIZE_VERSION: '3.10.0' });
    const ask = async (body: object) =>
      (await send(other, 'POST', '/restores/plan', { backupId: 'one', ...beside, ...body })).json as unknown as Plan;
    const plan = await ask({});
    expect(plan.blockers).toMatchObject([{ code: 'VERSION_DIFFERS', found: ['3.9.0', '3.10.0'] }]);
    expect(codes(await ask({ acceptVersion: '3.9.0' }))).toEqual([]);
    await other.kill();
  });

  it('in place waits for an Optimize that answers at its URL', async () => {
    const other = await world.startApi({ CAMUNDA_OPTIMIZE_URL: world.api.address });
    const body = { backupId: 'one', deleteExisting: true };
    const answer = await send(other, 'POST', '/restores/plan', body);
    expect(codes(answer.json as unknown as Plan), answer.text).toEqual(['OPTIMIZE_RUNNING']);
    await other.kill();
  });

  it('of a set that another tool made is made too, and names the part that is missing', async () => {
    const name = (part: number) => `camunda_optimize_foreign_3.9.0_part_${part}_of_2`;
    await world.engine.takeSnapshot(world.repository, name(1), { indices: importIndices(world.prefix).join(',') });
    const half = await planned({ backupId: 'foreign', ...beside });
    expect(half.blockers).toMatchObject([{ code: 'PART_MISSING', found: [name(2)] }]);
    await world.engine.takeSnapshot(world.repository, name(2), { indices: otherIndices(world.prefix).join(',') });
    const whole = await planned({ backupId: 'foreign', ...beside });
    expect([codes(whole), whole.restores.length, whole.documents]).toEqual([[], 6, null]);
    expect(whole.warnings.map(({ code }) => code)).toEqual(['NO_MANIFEST', 'ALLOCATION_UNKNOWN', 'SHARDS_UNKNOWN']);
  });

  it('of a deleted backup says so', async () => {
    await create(world.api, 'gone');
    await world.api.untilState('gone', 'COMPLETED');
    expect((await send(world.api, 'DELETE', '/backups/gone', { reason: 'test', confirm: 'gone' })).status).toBe(202);
    await world.untilEvent('gone', 'backup.deleted');
    const plan = await planned({ backupId: 'gone', ...beside });
    expect(codes(plan)).toContain('BACKUP_DELETED');
    expectProblem(await send(world.api, 'GET', '/backups/gone/runbook'), 409, 'BACKUP_DELETED');
    expectProblem(await post('/backups/gone/rehearse', {}), 409, 'RESTORE_BLOCKED');
  });
});

describe('a restore', () => {
  const asked = (plan: Plan, more: object = {}) => ({
    backupId: 'one',
    planHash: plan.planHash,
    reason: 'test',
    ...more,
  });

  it('that is blocked says by what, all of it', async () => {
    const plan = await planned({});
    const answer = await post('/restores', asked(plan));
    expect(expectProblem(answer, 409, 'RESTORE_BLOCKED')).toMatch(/INDICES_PRESENT/);
    expect(answer.json?.blockers).toEqual(plan.blockers);
  });

  it('of another plan than the one now tells what moved', async () => {
    const plan = await planned(beside);
    const taken = `beside-${indices()[2]}`;
    await world.engine.createIndex(taken);
    const answer = await post('/restores', asked(plan, beside));
    expectProblem(answer, 409, 'PLAN_CHANGED');
    expect(answer.json?.difference).toEqual([`new: blocker INDICES_PRESENT: ${taken}`]);
    expect(answer.json?.blockers).toMatchObject([{ code: 'INDICES_PRESENT', found: [taken] }]);
    expect(answer.json?.planHash).toBe((await planned(beside)).planHash);
    await world.engine.call('DELETE', taken);

    const others = await post('/restores', asked(plan, { ...beside, acceptVersion: '3.9.0' }));
    expectProblem(others, 409, 'PLAN_CHANGED');
    expect(others.json?.difference).toEqual(['acceptVersion: planned null, sent "3.9.0"']);
    expect(others.json?.detail).toMatch(/^acceptVersion: planned null, sent "3\.9\.0"\n/);
    const unknown = await post('/restores', { ...asked(plan, beside), planHash: '0'.repeat(64) });
    expectProblem(unknown, 409, 'PLAN_CHANGED');
    expect(unknown.json?.difference).toEqual(['now: 6 indices to restore, 0 to delete']);
  });

  it('that deletes has to be confirmed with the id', async () => {
    const plan = await planned({ deleteExisting: true });
    for (const confirm of [{}, { confirm: 'other' }]) {
      const answer = await post('/restores', asked(plan, { deleteExisting: true, ...confirm }));
      expect(expectProblem(answer, 400, 'RESTORE_NOT_CONFIRMED')).toMatch(/^confirm must be.*"confirm": "one"/);
    }
  });

  it('that deletes without a safety backup must name every index', async () => {
    const taken = `beside-${indices()[2]}`;
    await world.engine.createIndex(taken);
    await world.engine.call('GET', `_cluster/health/${taken}?wait_for_status=yellow&timeout=30s`);
    const unnamed = await planned({ ...beside, deleteExisting: true });
    expect(unnamed.blockers).toMatchObject([{ code: 'UNKNOWN_INDICES', found: [taken] }]);
    const wish = { ...beside, deleteExisting: true, deleteUnknown: [taken] };
    const plan = await planned(wish);
    expect(plan.deletes.map(({ index }) => index)).toEqual([taken]);
    const answer = await post('/restores', asked(plan, { ...wish, confirm: 'one', safetyBackup: false }));
    expect(expectProblem(answer, 409, 'RESTORE_UNSAFE')).toMatch(new RegExp(`"acceptUnsaved": \\["${taken}"\\]`));
    await world.engine.call('DELETE', taken);
  });
});

describe('what is not there', () => {
  it('is not found, and lists are empty', async () => {
    expectProblem(await send(world.api, 'GET', `/restores/${randomUUID()}`), 404, 'OPERATION_NOT_FOUND');
    expectProblem(await send(world.api, 'GET', '/restores/x'), 400, 'REQUEST_INVALID');
    const stop = (id: string, body: object) => post(`/restores/${id}/cancel`, body);
    expectProblem(await stop(randomUUID(), { reason: 'r' }), 404, 'OPERATION_NOT_FOUND');
    expectProblem(await stop(randomUUID(), {}), 400, 'REQUEST_INVALID');
    const { items } = await read<Page>(world.api, '/operations?backupId=one');
    const createId = String(items[0]?.operationId);
    expectProblem(await send(world.api, 'GET', `/restores/${createId}`), 404, 'OPERATION_NOT_FOUND');
    expectProblem(await stop(createId, { reason: 'r' }), 404, 'OPERATION_NOT_FOUND');
    for (const query of [
      '',
      '?state=SUCCEEDED,FAILED',
      '?kind=rehearse',
      '?state=SUCCEEDED&kind=restore',
      '?backupId=one',
    ]) {
      expect(await read<Page>(world.api, `/restores${query}`), query).toEqual({ items: [], nextCursor: null });
    }
    for (const query of ['?state=DONE', '?kind=create', '?limit=0', '?x=1']) {
      expectProblem(await send(world.api, 'GET', `/restores${query}`), 400, 'REQUEST_INVALID');
    }
    expectProblem(await send(world.api, 'GET', '/restores?cursor=x'), 400, 'CURSOR_INVALID');
    expectProblem(await send(world.api, 'GET', '/restores/plan'), 405, 'METHOD_NOT_ALLOWED');
  });
});
