import { beforeAll, describe, expect, it } from 'vitest';
import { backup, create, expectProblem, read, send, untilOperation } from './harness/requests/v1.ts';
import { importIndices, otherIndices } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ environment: { LEASE_DURATION: '1s' } });

const patch = (id: string, body: unknown, headers: Record<string, string> = {}) =>
  send(world.api, 'PATCH', `/backups/${id}`, body, headers);
const remove = (id: string, body: object = {}) =>
  send(world.api, 'DELETE', `/backups/${id}`, { reason: 'test', confirm: id, ...body });
const patched = async (id: string, body: unknown) => {
  const { status, json, text } = await patch(id, body);
  expect(status, text).toBe(200);
  return json;
};
const completed = async (id: string): Promise<void> => {
  await create(world.api, id);
  await world.api.untilState(id, 'COMPLETED');
};
const ids = async (query: string) =>
  (await read<{ items: { backupId: string }[] }>(world.api, `/backups?${query}`)).items.map(({ backupId }) => backupId);
const range = () => {
  const [from, to] = [-3_600_000, 3_600_000].map((ms) => new Date(Date.now() + ms).toISOString());
  return `requestedFrom=${from}&requestedTo=${to}`;
};

beforeAll(() => completed('one'));

describe('labels and a note', () => {
  it('are added, changed and taken away, shown, searched by, and told as events', async () => {
    expect(await backup(world.api, 'one')).toMatchObject({ labels: {}, note: null, hold: null });
    expect(await patched('one', { labels: { env: 'test', ticket: 'T-1' }, note: 'first' })).toEqual({
      ...{ backupId: 'one', labels: { env: 'test', ticket: 'T-1' }, note: 'first', hold: null },
    });
    const headers = { 'x-request-id': 'labels-2' };
    const answer = await patch(
      'one',
      { labels: { env: 'prod:eu', ticket: null }, note: null, reason: 'moved' },
      headers,
    );
    expect(answer.json).toMatchObject({ labels: { env: 'prod:eu' }, note: null });
    expect(await backup(world.api, 'one')).toMatchObject({ labels: { env: 'prod:eu' }, note: null });
    expect(await ids(`label=env:prod:eu&${range()}`)).toEqual(['one']);
    expect(await ids(`label=env:test&${range()}`)).toEqual([]);
    const told = (await world.events('one')).filter(({ kind }) => kind === 'backup.labelled');
    expect(told).toHaveLength(2);
    expect(told[1]).toMatchObject({
      ...{ request_id: 'labels-2', reason: 'moved', source: 'api', actor: { kind: 'anonymous' } },
      before: { labels: { env: 'test', ticket: 'T-1' }, note: 'first' },
      after: { labels: { env: 'prod:eu' }, note: null },
    });
  });

  it('are written beside a set that another tool made, and one that was deleted', async () => {
    const { engine, repository, prefix } = world;
    const name = (part: number) => `camunda_optimize_found_3.9.0_part_${part}_of_2`;
    await engine.takeSnapshot(repository, name(1), { indices: importIndices(prefix) });
    await engine.takeSnapshot(repository, name(2), { indices: otherIndices(prefix) });
    await patched('found', { labels: { by: 'hand' } });
    expect(await backup(world.api, 'found')).toMatchObject({ origin: 'discovered', labels: { by: 'hand' } });
    const deletion = await remove('found', { deleteDiscovered: true });
    await untilOperation(world, String(deletion.json?.operationId), 'SUCCEEDED');
    await patched('found', { note: 'not ours' });
    expect(await backup(world.api, 'found')).toMatchObject({ note: 'not ours', deletedAt: expect.any(String) });
    const hold = { reason: 'too late', until: null };
    expectProblem(await patch('found', { hold }), 409, 'BACKUP_DELETED');
  });

  const text = (length: number) => 'x'.repeat(length);
  const many = Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`k${at}`, 'v']));
  it.each<[string, unknown, RegExp]>([
    ['nothing to do', {}, /^labels is missing, and so are note and hold: send one of them/],
    ['an unknown field', { label: {} }, /must not contain "label"/],
    ['labels that are a list', { labels: ['a'] }, /^labels must be an object of texts, such as/],
    ['a key with a space', { labels: { 'a b': 'x' } }, /^labels may have keys of 1 to 63 of .*found "a b"/],
    ['a value that is a number', { labels: { a: 1 } }, /^labels\.a must be a text, or null/],
    ['an empty value', { labels: { a: '' } }, /^labels\.a must not be empty: send null/],
    ['a long value', { labels: { a: text(201) } }, /^labels\.a must be at most 200 characters/],
    ['a control character', { labels: { a: 'x\ny' } }, /^labels\.a must not contain control characters/],
    ['too many labels', { labels: many }, /^The backup would have 2[12] labels; the maximum is 20/],
    ['a long note', { note: text(4_001) }, /^note must be at most 4000 characters long/],
    ['a hold without an end', { hold: { reason: 'audit' } }, /^hold\.until must be a time with its zone .* or null/],
    ['a hold without a reason', { hold: { until: null } }, /^hold\.reason must be a text that says why/],
    ['a day that is none', { hold: { reason: 'x', until: '2027-02-30T00:00:00Z' } }, /^hold\.until must be a time/],
    ['no zone', { hold: { reason: 'x', until: '2027-02-01T00:00:00' } }, /^hold\.until must be a time/],
    [
      'the past',
      { hold: { reason: 'x', until: '2001-01-01T00:00:00Z' } },
      /^hold\.until must be in the future, found 2001/,
    ],
  ])('refuses %s', async (_, body, message) => {
    expect(expectProblem(await patch('one', body), 400, 'REQUEST_INVALID')).toMatch(message);
  });

  it('refuses another content type, a search for no label, and an id that there is not', async () => {
    expectProblem(await patch('one', 'x', { 'content-type': 'text/plain' }), 415, 'MEDIA_TYPE_UNSUPPORTED');
    expectProblem(await patch('nobody', { note: 'x' }), 404, 'BACKUP_NOT_FOUND');
    const search = await send(world.api, 'GET', '/backups?label=env');
    expect(expectProblem(search, 400, 'REQUEST_INVALID')).toMatch(/^label must be a key, a colon and a value/);
    const recent = await read(world.api, '/backups?label=env:x');
    expect(recent).toMatchObject({ items: [], range: { defaulted: true }, historyFrom: expect.any(String) });
  });
});

describe('a hold', () => {
  const until = '2100-01-01T00:00:00.000Z';

  it('keeps a backup from being deleted, and says who, why and until when', async () => {
    await completed('held');
    const answer = await patched('held', { hold: { reason: 'audit of 2026', until: '2100-01-01T01:00:00+01:00' } });
    expect(answer?.hold).toMatchObject({ reason: 'audit of 2026', until, actor: { kind: 'anonymous' } });
    expect(await backup(world.api, 'held')).toMatchObject({ hold: answer?.hold });
    expect(await ids('held=true')).toEqual(['held']);
    expect(await ids(`held=false&${range()}`)).not.toContain('held');

    const refused = await remove('held');

    const detail = expectProblem(refused, 409, 'BACKUP_HELD');
    expect(detail).toMatch(
      /^Backup held is held until 2100-01-01T00:00:00.000Z by .*: "audit of 2026"\. Release it with/,
    );
    expect(refused.json?.hold).toEqual(answer?.hold);
    expect(await world.snapshotsOf('held')).toHaveLength(2);
    expect(await world.untilEvent('held', 'backup.refused')).toMatchObject({
      reason: `BACKUP_HELD: ${detail}`,
    });

    await patched('held', { hold: null, reason: 'the audit is over' });
    expect(await world.untilEvent('held', 'backup.released')).toMatchObject({ reason: 'the audit is over' });
    const deletion = await remove('held');
    await untilOperation(world, String(deletion.json?.operationId), 'SUCCEEDED');
    expect(await world.snapshotsOf('held')).toEqual([]);
  });

  it('runs out by itself', async () => {
    await completed('short');
    const soon = new Date(Date.now() + 60_000).toISOString();
    await patched('short', { hold: { reason: 'for a minute', until: soon } });
    expectProblem(await remove('short'), 409, 'BACKUP_HELD');
    await world.sql(`update backup set held_until = now() where backup_id = 'short'`);
    expect(await backup(world.api, 'short')).toMatchObject({ hold: null });
    expect((await remove('short')).status).toBe(202);
  });

  it('keeps a create from being cancelled with its snapshots, and lets it be cancelled without', async () => {
    await world.worker.kill();
    const operationId = await create(world.api, 'begun');
    await patched('begun', { hold: { reason: 'keep', until: null } });
    const cancel = (deleteSnapshots: boolean) =>
      send(world.api, 'POST', `/operations/${operationId}/cancel`, { reason: 'not now', deleteSnapshots });
    expectProblem(await cancel(true), 409, 'BACKUP_HELD');
    expect((await cancel(false)).status).toBe(202);
    Object.assign(world, { worker: await world.startWorker() });
  });

  it('is refused while a deletion is open, and keeps a failed deletion from a retry', async () => {
    await completed('late');
    await world.worker.kill();
    const operationId = String((await remove('late')).json?.operationId);
    const hold = { reason: 'keep', until: null };
    expect(expectProblem(await patch('late', { hold }), 409, 'BACKUP_BUSY')).toContain(operationId);
    await world.sql(
      `update operation set state = 'FAILED', ended_at = now(), worker = null, lease_until = null where id = $1`,
      operationId,
    );
    await patched('late', { hold });
    const retry = () => send(world.api, 'POST', `/operations/${operationId}/retry`, { reason: 'again' });
    expectProblem(await retry(), 409, 'BACKUP_HELD');
    const filter = { kind: ['delete'] };
    const bulk = (more: object) => send(world.api, 'POST', '/operations/retry', { filter, reason: 'again', ...more });
    const { json } = await bulk({});
    expect((await bulk({ token: json?.token })).json?.items).toEqual([{ operationId, result: 'BACKUP_HELD' }]);
    await patched('late', { hold: null, reason: 'over' });
    expect((await retry()).status).toBe(202);
    Object.assign(world, { worker: await world.startWorker() });
    await untilOperation(world, operationId, 'SUCCEEDED');
  });
});
