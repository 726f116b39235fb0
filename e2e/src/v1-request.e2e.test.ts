import { expect, it } from 'vitest';
import { backup, create, expectProblem, send } from './harness/requests/v1.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld();
const post = (body: unknown, key?: string) =>
  send(world.api, 'POST', '/backups', body, key === undefined ? {} : { 'idempotency-key': key });
const backupsOf = (id: string) => world.sql('select key from backup where backup_id = $1', id);

it('accepts a backup with 202, says where to look, and keeps the reason in the history', async () => {
  const answer = await post({ backupId: 'asked', reason: 'before the upgrade' });

  expect(answer.status).toBe(202);
  expect(answer.json).toEqual({ backupId: 'asked', operationId: expect.any(String), state: 'QUEUED' });
  expect(answer.headers.get('location')).toBe('/api/v1/backups/asked');
  expect(await world.untilEvent('asked', 'backup.requested')).toMatchObject({
    reason: 'before the upgrade',
    source: 'api',
    request_id: answer.headers.get('x-request-id'),
  });
  await world.api.untilState('asked', 'COMPLETED');
  expect((await backup(world.api, 'asked')).create).toEqual({
    operationId: answer.json?.operationId,
    state: 'SUCCEEDED',
  });
});

it('makes an id where none is given: one that may be asked for, and sorts by time', async () => {
  const first = String((await post({})).json?.backupId);
  await world.until('the next second', Date.now, (now) => Math.floor(now / 1000) > Math.floor(secondsIn(first)));
  const second = String((await post({ reason: 'again' })).json?.backupId);

  expect([second, first].sort()).toEqual([first, second]);
  for (const id of [first, second]) {
    expect(id).toMatch(/^[a-z0-9][a-z0-9.-]*$/);
    await world.api.untilState(id, 'COMPLETED');
  }
});

const secondsIn = (id: string): number => {
  const [, ...digits] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(id) ?? [];
  const [year = 0, month = 0, ...rest] = digits.map(Number);
  return Date.UTC(year, month - 1, ...rest) / 1000;
};

it('replays the first answer for the same key and body, and makes one backup', async () => {
  const first = await post({ reason: 'with a key' }, 'key-1');
  const again = await post({ reason: 'with a key' }, 'key-1');

  expect(first.status).toBe(202);
  expect([again.status, again.json]).toEqual([202, first.json]);
  expect(again.headers.get('location')).toBe(first.headers.get('location'));
  expect(await backupsOf(String(first.json?.backupId))).toHaveLength(1);
  expectProblem(await post({ reason: 'another body' }, 'key-1'), 422, 'IDEMPOTENCY_KEY_REUSED');
});

it('lets one of ten requests with one key work; the others replay it, or are refused because it runs', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => post({ backupId: 'ten' }, 'key-10')));

  const accepted = answers.filter(({ status }) => status === 202);
  expect(accepted.length).toBeGreaterThan(0);
  expect(new Set(accepted.map(({ text }) => text)).size).toBe(1);
  for (const answer of answers.filter(({ status }) => status !== 202)) {
    expectProblem(answer, 409, 'IDEMPOTENCY_KEY_RUNNING');
  }
  expect(await backupsOf('ten')).toHaveLength(1);
});

it('gives the key of a failed request back', async () => {
  await create(world.api, 'taken');
  expectProblem(await post({ backupId: 'taken' }, 'key-2'), 409, 'BACKUP_EXISTS');

  expect((await post({ backupId: 'free' }, 'key-2')).status).toBe(202);
  expectProblem(await post({ backupId: 'taken' }, 'key-2'), 422, 'IDEMPOTENCY_KEY_REUSED');
});

it.each([
  ['', 'empty'],
  ['a b', 'a space'],
  ['x'.repeat(256), '256 characters'],
  ['gr\u00fcn', 'not ASCII'],
])('refuses the key %j (%s), and names the header', async (key) => {
  expect(expectProblem(await post({ backupId: 'bad-key' }, key), 400, 'REQUEST_INVALID')).toContain('Idempotency-Key');
  expect(await backupsOf('bad-key')).toEqual([]);
});
