import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { create, expectProblem, type Page, read, send } from './harness/requests/v1.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld();
const get = (path: string) => send(world.api, 'GET', path);
let cursor = '';

beforeAll(async () => {
  for (const id of ['one', 'two']) {
    await create(world.api, id);
    await world.api.untilState(id, 'COMPLETED');
  }
  cursor = (await read<Page>(world.api, '/operations?limit=1')).nextCursor ?? '';
});

const forged = (after: string, of: string) => Buffer.from(JSON.stringify({ after, of })).toString('base64url');
const digest = () => String(JSON.parse(Buffer.from(cursor, 'base64url').toString()).of);

describe('a list', () => {
  it.each([
    'limit=0',
    'limit=1001',
    'limit=-1',
    'limit=1.5',
    'limit=x',
    'limit=',
    'limit=1&limit=2',
    'limit[gt]=1',
    'state=DONE',
    'state=',
    'state=FAILED,',
    'kind=copy',
    'failureClass=fatal',
    'backupId=*',
    'backupId=',
    'unknown=1',
    '__proto__=1',
  ])('is refused for ?%s', async (query) => {
    expectProblem(await get(`/operations?${query}`), 400, 'REQUEST_INVALID');
  });

  it('is refused with a cursor that it never answered, or of another filter', async () => {
    expect(cursor).not.toBe('');
    const bad = [
      'x',
      forged('1', 'x'.repeat(16)),
      forged('9'.repeat(19), digest()),
      forged('1;drop', digest()),
      `${cursor}x`.slice(3),
    ];
    for (const each of bad) expectProblem(await get(`/operations?cursor=${each}`), 400, 'CURSOR_INVALID');
    expectProblem(await get(`/operations?state=FAILED&cursor=${cursor}`), 400, 'CURSOR_INVALID');
    expectProblem(await get(`/backups/one/events?cursor=${cursor}`), 400, 'CURSOR_INVALID');
    expect((await get(`/operations?limit=7&cursor=${cursor}`)).status).toBe(200);
  });
});

it.each(['abc', '', '-1s', '1h', '301s', '6m', '1s1', '1e3ms', '1s&wait=2s'])('refuses ?wait=%s', async (wait) => {
  expect(expectProblem(await get(`/backups/one?wait=${wait}`), 400, 'REQUEST_INVALID')).toContain('wait');
});

it.each([
  [{ backupId: 'x', force: true }, /"force"/],
  [{ backupId: 'UPPER' }, /backupId/],
  [{ backupId: 7 }, /backupId/],
  [{ backupId: 'x', reason: '' }, /reason/],
  [{ backupId: 'x', reason: 'r'.repeat(1001) }, /reason/],
  [{ backupId: 'x', reason: 'a\u0000b' }, /reason/],
  [['x'], /object/],
  ['{"backupId":', /JSON/],
])('refuses to back up for the body %j', async (body, words) => {
  expect(expectProblem(await send(world.api, 'POST', '/backups', body), 400, 'REQUEST_INVALID')).toMatch(words);
});

it('refuses other content types, and bodies that are too large', async () => {
  const typed = (type: string) => send(world.api, 'POST', '/backups', '{}', { 'content-type': type });
  expectProblem(await typed('text/plain'), 415, 'MEDIA_TYPE_UNSUPPORTED');
  expectProblem(await typed('application/x-www-form-urlencoded'), 415, 'MEDIA_TYPE_UNSUPPORTED');
  expectProblem(await send(world.api, 'POST', '/backups', { reason: 'r'.repeat(20_000) }), 413, 'BODY_TOO_LARGE');
  const deletion = await send(world.api, 'DELETE', '/backups/one', '{}', { 'content-type': 'text/plain' });
  expectProblem(deletion, 415, 'MEDIA_TYPE_UNSUPPORTED');
});

it('answers 404 for paths and things that are not there', async () => {
  for (const path of ['', '/nothing', '/backups/one/nothing', '/operations/x/y/z']) {
    expectProblem(await get(path), 404, 'ROUTE_NOT_FOUND');
  }
  expectProblem(await world.api.call('/api'), 404, 'ROUTE_NOT_FOUND');
  expectProblem(await get('/backups/never'), 404, 'BACKUP_NOT_FOUND');
  expectProblem(await get('/backups/never/events'), 404, 'BACKUP_NOT_FOUND');
  expectProblem(await send(world.api, 'DELETE', '/backups/never', { reason: 'test' }), 404, 'BACKUP_NOT_FOUND');
  expectProblem(await get(`/operations/${randomUUID()}`), 404, 'OPERATION_NOT_FOUND');
});

it('answers 400 for ids that are none', async () => {
  for (const path of ['/backups/*', '/backups/A', '/backups/%2e%2e%2f', '/operations/x', '/backups/*/events']) {
    expectProblem(await get(path), 400, 'REQUEST_INVALID');
  }
  expectProblem(await get('/backups/%zz'), 400, 'REQUEST_INVALID');
  expectProblem(await send(world.api, 'DELETE', '/backups/*', { reason: 'test' }), 400, 'REQUEST_INVALID');
});

it.each([
  ['PUT', '/backups', 'POST, GET'],
  ['POST', '/events', 'GET'],
  ['PUT', '/backups/one', 'GET, DELETE, PATCH'],
  ['DELETE', '/operations', 'GET'],
  ['GET', `/operations/${randomUUID()}/cancel`, 'POST'],
  ['GET', '/operations/retry', 'POST'],
  ['DELETE', '/operations/retry', 'POST'],
])('answers 405 to %s %s', async (method, path, allowed) => {
  const answer = await send(world.api, method, path);
  expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
  expect(answer.headers.get('allow')).toBe(allowed);
});
