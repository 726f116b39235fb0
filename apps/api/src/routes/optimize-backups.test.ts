import { command, foundSet, keyOf, operationId } from '@tandem/history/conformance/examples.ts';
import type { SnapshotOwner } from '@tandem/shared/domain/backup/snapshot.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answered, nameOf, REPOSITORY, startEndpoints } from './optimize-backups.fixture.ts';

type Endpoints = Awaited<ReturnType<typeof startEndpoints>>;
let at: Endpoints;
beforeEach(async () => {
  at = await startEndpoints();
});
afterEach(() => at.close());

const JSON_TYPE = 'application/json; charset=utf-8';

/** The error body, and nothing else. Returns the detailed message. */
const expectError = ({ status, type, json }: Answered, wanted: number, errorCode: string): string => {
  expect({ status, type }).toEqual({ status: wanted, type: JSON_TYPE });
  expect(json).toEqual({ errorCode, errorMessage: expect.any(String), detailedMessage: expect.any(String) });
  return String((json as { readonly detailedMessage: string }).detailedMessage);
};

const completed = (id: number) => ({
  ...{ backupId: id, failureReason: null, state: 'COMPLETED' },
  details: [1, 2].map((part) => ({
    snapshotName: nameOf(String(id), part),
    state: 'SUCCESS',
    startTime: expect.stringMatching(/^2026-01-01T00:00:0\d\.978\+0000$/),
    failures: [],
  })),
});

describe('POST /actuator/backups', () => {
  it.each(['123', '"123"', '9007199254740991', '1'])('schedules the backup of id %s', async (id) => {
    const number = id.replaceAll('"', '');
    expect(await at.call('POST', '/backups', `{"backupId": ${id}}`)).toEqual({
      status: 202,
      type: JSON_TYPE,
      json: {
        message: `Backup creation for ID ${number} has been scheduled. Use the GET API to monitor completion of backup process`,
      },
    });
    expect((await at.get(number)).json).toEqual({
      ...{ backupId: Number(number), failureReason: null, state: 'IN_PROGRESS', details: [] },
    });
    expect(await at.call('GET', `/backup/${number}`)).toMatchObject({ status: 200, json: { state: 'IN_PROGRESS' } });
  });

  it.each([
    ...['0', '-1', '-0', '+1', '1.0', '1.5', '1e3', '1E3', '9007199254740992', '9007199254740993', '1e400'],
    ...['9007199254740991.4', '99999999999999999999', '00', '007', '"007"', '""', '" 1"', '"abc"', '"1e3"', '"１"'],
    ...['null', 'true', '[]', '[1]', '{}', '{"a":1}'],
  ])('refuses the id %s', async (id) => {
    const message = expectError(await at.call('POST', '/backups', `{"backupId":${id}}`), 400, 'badRequestError');
    expect(message).toMatch(/^(backupId must be a whole number from 1 to 9007199254740991|The body must be)/);
    expect(await at.list()).toEqual([]);
  });

  it.each([
    ['{}', /backupId is missing: give a whole number/],
    ['{"backupId":1,"force":true}', /"force"/],
    ['[1]', /The body must be a JSON object/],
    ['{"backupId":', /JSON/],
  ])('refuses the body %s', async (body, words) => {
    expect(expectError(await at.call('POST', '/backups', body), 400, 'badRequestError')).toMatch(words);
  });

  it('names the value as it was sent, and records the refusal under it', async () => {
    const message = expectError(await at.call('POST', '/backups', '{"backupId":1e3}'), 400, 'badRequestError');
    expect(message).toContain('found "1e3"');
    expect(at.refused.map(({ code }) => code)).toEqual(['REQUEST_INVALID']);
  });

  it('refuses an id twice, and names the snapshots', async () => {
    await at.call('POST', '/backups', '{"backupId":7}');
    for (const path of ['/backups', '/backup']) {
      const message = expectError(await at.call('POST', path, '{"backupId":7}'), 409, 'conflict');
      expect(message).toContain(nameOf('7', 1));
    }
  });

  it('refuses an id of which the repository has snapshots', async () => {
    at.engine.putSnapshot(REPOSITORY, { name: nameOf('7', 1, '8.2.0'), indices: [] });
    const message = expectError(await at.call('POST', '/backups', '{"backupId":7}'), 409, 'conflict');
    expect(message).toContain(nameOf('7', 1, '8.2.0'));
  });

  it.each([
    [{ 'content-type': 'text/plain' }, 415],
    [{ 'content-type': 'application/vnd.spring-boot.actuator.v3+json' }, 202],
    [{ 'content-type': 'application/vnd.spring-boot.actuator.v2+json;charset=UTF-8' }, 202],
  ])('as %o is answered with %i', async (headers, status) => {
    expect((await at.call('POST', '/backups', '{"backupId":7}', headers)).status).toBe(status);
  });
});

describe('POST /actuator/backup', () => {
  it('takes a number as its digits, as Optimize 3.9 does', async () => {
    const { status, json } = await at.call('POST', '/backup', '{"backupId": 9007199254740993}');
    const names = [1, 2].map((part) => nameOf('9007199254740993', part));
    expect([status, json]).toEqual([200, { scheduledSnapshots: names }]);
    expectError(await at.call('POST', '/backup', '{"backupId": -1}'), 400, 'badRequestError');
  });
});

describe('GET /actuator/backups/{backupId}', () => {
  it('shows a backup that was made through the other endpoint', async () => {
    await at.newBackup('123');
    expect(await at.get(123)).toEqual({ status: 200, type: JSON_TYPE, json: completed(123) });
  });

  it.each(['0', '-1', '007', '1.0', '1e3', 'nightly', '%20', '9007199254740993', '12a', '%2A', '1,2'])(
    'refuses %s, which is no id',
    async (id) => {
      await at.newBackup('nightly');
      for (const method of ['GET', 'DELETE']) {
        const message = expectError(await at.call(method, `/backups/${id}`), 400, 'badRequestError');
        expect(message).toContain('backupId must be a whole number from 1 to 9007199254740991');
      }
    },
  );

  it('returns 404 for an id that no backup has, also where another begins with it', async () => {
    await at.newBackup('12');
    const message = expectError(await at.get(1), 404, 'notFoundError');
    expect(message).toMatch(/^No backup has the id 1\./);
  });

  it('shows what failed, and why', async () => {
    await at.call('POST', '/backups', '{"backupId":7}');
    const claim = { worker: 'w', leaseMs: 1_000, createsPerRepository: 1, queuedRetryMs: 1 };
    await at.history.claim(operationId(1), claim);
    const failure = { code: 'ENGINE_REFUSED', message: 'The engine said no.', data: {} };
    await at.history.record(operationId(1), 2, { outcome: { do: 'end', state: 'FAILED', backup: 'FAILED', failure } });
    const expected = { backupId: 7, failureReason: 'The engine said no.', state: 'FAILED', details: [] };
    expect((await at.get(7)).json).toEqual(expected);
    expect(await at.list()).toEqual([expected]);
  });

  it('shows why a backup is suspended', async () => {
    await at.call('POST', '/backups', '{"backupId":7}');
    const why = { code: 'HISTORY_ROLLED_BACK', message: 'Rolled back.', data: {} };
    await at.history.suspendOperations({ scope: 'all' }, { actor: command.actor, source: 'worker', why }, 10);
    expect((await at.get(7)).json).toMatchObject({ state: 'FAILED', failureReason: 'Rolled back.' });
  });

  it('shows a PARTIAL set with its shards, also of another tool', async () => {
    const failures = [{ index: 'optimize-alert_v4', shard: 0, reason: 'no space left' }];
    const shards = { total: 2, successful: 1, failed: 1 };
    const partial = { name: nameOf('7', 1), state: 'PARTIAL', failures, shards } as const;
    at.engine.putSnapshot(REPOSITORY, { ...partial, indices: ['optimize-alert_v4'] });
    const expected = {
      ...{ backupId: 7, state: 'FAILED' },
      failureReason: `Snapshot ${nameOf('7', 1)} ended PARTIAL, 1 of 2 shards failed: optimize-alert_v4[0]: no space left`,
      details: [{ snapshotName: nameOf('7', 1), state: 'PARTIAL', failures: ['optimize-alert_v4[0]: no space left'] }],
    };
    expect(await at.list()).toMatchObject([expected]);
    expect((await at.get(7)).json).toMatchObject(expected);
  });

  it('shows the snapshots that are left', async () => {
    await at.newBackup('7');
    at.engine.removeSnapshot(REPOSITORY, nameOf('7', 2));
    const left = { state: 'INCOMPLETE', failureReason: null, details: [{ snapshotName: nameOf('7', 1) }] };
    expect((await at.get(7)).json).toMatchObject(left);
    expect(await at.list()).toMatchObject([left]);
  });
});

describe('GET /actuator/backups', () => {
  it('is an empty array where there is none', async () => {
    await at.newBackup('nightly');
    expect(await at.call('GET', '/backups')).toEqual({ status: 200, type: JSON_TYPE, json: [] });
  });

  it('lists the ids that are numbers, newest first, with one call to the engine', async () => {
    for (const id of ['5', 'nightly', '007', '123', '9007199254740993']) await at.newBackup(id);
    await at.call('POST', '/backups', '{"backupId":6}');
    await at.list();
    const before = at.engine.calls.length;
    const open = { backupId: 6, failureReason: null, state: 'IN_PROGRESS', details: [] };
    expect(await at.list()).toEqual([open, completed(123), completed(5)]);
    expect(at.engine.calls.slice(before).map(({ method }) => method)).toEqual(['listSnapshots']);
  });

  it('reads what runs, since neither the history nor the catalogue has its start', async () => {
    await at.call('POST', '/backups', '{"backupId":6}');
    const owner = { backupId: '6', operationId: operationId(1), part: 1, of: 2, optimizeVersion: '8.7.0', tandem: '0' };
    const name = nameOf('6', 1);
    await at.engine.startSnapshot({ repository: REPOSITORY, name, indices: ['optimize-alert_v4'], owner });
    const details = [
      { snapshotName: name, state: 'IN_PROGRESS', startTime: '2026-01-01T00:00:00.978+0000', failures: [] },
    ];
    expect(await at.list()).toEqual([{ backupId: 6, failureReason: null, state: 'IN_PROGRESS', details }]);
  });

  it('records sets that others made, once, and leaves those of other installations', async () => {
    for (const part of [1, 2]) {
      at.engine.putSnapshot(REPOSITORY, { name: nameOf('7', part), indices: ['optimize-alert_v4'] });
      at.engine.putSnapshot(REPOSITORY, { name: nameOf('8', part), indices: ['optimize-staging-import-index_v3'] });
      at.engine.putSnapshot(REPOSITORY, { name: nameOf('old', part), indices: ['optimize-alert_v4'] });
    }
    const before = at.engine.calls.length;
    for (let times = 0; times < 3; times += 1) expect((await at.list()).map(({ backupId }) => backupId)).toEqual([7]);
    expect(await at.history.findBackup('7', undefined)).toMatchObject({ origin: 'discovered', state: 'COMPLETED' });
    const reads = at.engine.calls.slice(before).filter(({ method }) => method === 'findSnapshots');
    expect(reads).toHaveLength(1);
  });

  it('shows one incarnation of an id: that in the configured repository', async () => {
    const location = { clusterUuid: 'in-memory-cluster', repository: 'old', repositoryUuid: 'old-uuid' };
    await at.newBackup('5');
    at.pass(60_000);
    await at.history.discover(foundSet('5', { location, requestedAt: new Date('2026-02-01T00:00:00Z') }));
    await at.history.discover(foundSet('6', { location, requestedAt: new Date('2025-02-01T00:00:00Z') }));
    expect(await at.list()).toMatchObject([
      { backupId: 5, details: [{ snapshotName: nameOf('5', 1) }, {}] },
      { backupId: 6, state: 'COMPLETED', details: [{ snapshotName: '6-1', state: 'SUCCESS' }, {}] },
    ]);
  });
});

describe('DELETE /actuator/backups/{backupId}', () => {
  it('deletes the newest backup without more ado, and GET returns 404 at once', async () => {
    await at.newBackup('7');
    await at.newBackup('6');
    expect(await at.call('DELETE', '/backups/7')).toEqual({ status: 204, type: null, json: undefined });
    const message = expectError(await at.get(7), 404, 'notFoundError');
    expect(message).toMatch(/^Backup 7 is being deleted: GET \/api\/v1\/operations\/[-\da-f]+\. /);
    expect((await at.list()).map(({ backupId }) => backupId)).toEqual([6]);
    expect((await at.call('DELETE', '/backups/7')).status).toBe(204);
    const conflict = expectError(await at.call('POST', '/backups', '{"backupId":7}'), 409, 'conflict');
    expect(conflict).toMatch(/It is being deleted: wait until GET \/api\/v1\/operations\/\S+ is SUCCEEDED, or choose/);
    const requested = (await at.history.eventsOf('7', 100)).find(({ kind }) => kind === 'backup.delete-requested');
    expect(requested).toMatchObject({ source: 'api', reason: 'DELETE /actuator/backups' });
  });

  it('ends a backup that is being taken', async () => {
    await at.call('POST', '/backups', '{"backupId":7}');
    expect((await at.call('DELETE', '/backups/7')).status).toBe(204);
    expect(await at.history.findOperation(operationId(1))).toMatchObject({ state: 'CANCELLED' });
    expect((await at.get(7)).status).toBe(404);
  });

  it('takes an id that no backup has, with a body or without', async () => {
    expect((await at.call('DELETE', '/backups/99')).status).toBe(204);
    expect((await at.call('DELETE', '/backups/99', '{}')).status).toBe(204);
    expectError(await at.call('DELETE', '/backups/99', '{"force":true}'), 400, 'badRequestError');
    expect(await at.history.eventsOf('99', 10)).toEqual([]);
  });

  it('refuses a held backup, and says how to release it', async () => {
    await at.newBackup('7');
    await at.history.annotate(await keyOf(at.history, '7'), command, { hold: { reason: 'audit', until: undefined } });
    const message = expectError(await at.call('DELETE', '/backups/7'), 409, 'conflict');
    expect(message).toContain('PATCH /api/v1/backups/7 {"hold": null, "reason": "why"}');
    expect((await at.get(7)).status).toBe(200);
  });

  const putSet = (indices: readonly string[], owner?: SnapshotOwner) => {
    for (const part of [1, 2]) {
      const ownerOfPart = owner && { ...owner, part };
      at.engine.putSnapshot(REPOSITORY, { name: nameOf('7', part), indices, ...omitUndefined({ owner: ownerOfPart }) });
    }
  };

  it.each([['optimize-alert_v4'], ['optimize-alert_v4', 'optimize-brand-new_v1']])(
    'deletes a set that the Optimize of this installation made, %s',
    async (...indices) => {
      putSet(indices);
      expect((await at.list()).map(({ backupId }) => backupId)).toEqual([7]);
      expect((await at.call('DELETE', '/backups/7')).status).toBe(204);
      expect(await at.list()).toEqual([]);
      expect((await at.call('DELETE', '/backups/7')).status).toBe(204);
      const requested = (await at.history.eventsOf('7', 100)).find(({ kind }) => kind === 'backup.delete-requested');
      expect(requested).toMatchObject({ reason: 'DELETE /actuator/backups', after: { deleteDiscovered: true } });
    },
  );

  it('refuses a set of Optimize that is held', async () => {
    putSet(['optimize-alert_v4']);
    await at.list();
    await at.history.annotate(await keyOf(at.history, '7'), command, { hold: { reason: 'audit', until: undefined } });
    expect(expectError(await at.call('DELETE', '/backups/7'), 409, 'conflict')).toContain('"hold": null');
  });

  const owner = { backupId: '7', operationId: operationId(9), part: 1, of: 2, optimizeVersion: '8.7.0', tandem: '0' };
  it.each<[string, readonly string[], SnapshotOwner | undefined]>([
    ['holds nothing', [], undefined],
    ['holds only what the catalogue lacks', ['optimize-brand-new_v1'], undefined],
    ['holds indices of others as well', ['optimize-alert_v4', 'acme-alert_v4'], undefined],
    ['another Tandem made', ['optimize-alert_v4'], owner],
  ])('refuses a set that %s, and says how to delete it', async (_, indices, madeBy) => {
    putSet(indices, madeBy);
    const message = expectError(await at.call('DELETE', '/backups/7'), 409, 'conflict');
    expect(message).toContain('do not show that the Optimize of this installation made it');
    expect(message).toContain('send DELETE /api/v1/backups/7 {"reason": "why", "deleteDiscovered": true}');
    expect(await at.history.listOperations({}, undefined, 10)).toEqual([]);
  });

  it('leaves a set of another installation alone, which GET does not show', async () => {
    putSet(['optimize-staging-import-index_v3']);
    expect((await at.call('DELETE', '/backups/7')).status).toBe(204);
    expect(await at.history.listOperations({}, undefined, 10)).toEqual([]);
  });

  it('shows a backup again whose deletion was cancelled', async () => {
    await at.newBackup('7');
    await at.call('DELETE', '/backups/7');
    const { deletion } = (await at.history.findBackup('7', undefined)) ?? {};
    await at.history.cancelOperation(deletion?.operationId ?? '', command, undefined);
    expect((await at.get(7)).json).toEqual(completed(7));
  });
});

const calls: [method: string, path: string, body: string | undefined][] = [
  ['POST', '/backups', '{"backupId":7}'],
  ['GET', '/backups', undefined],
  ['GET', '/backups/7', undefined],
  ['DELETE', '/backups/7', undefined],
];

describe('where something is missing', () => {
  it.each(calls)('%s %s: no repository is configured', async (method, path, body) => {
    const unconfigured = await startEndpoints(null);
    const message = expectError(await unconfigured.call(method, path, body), 400, 'serverError');
    expect(message).toContain('CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME');
    unconfigured.close();
  });

  it.each(calls)('%s %s: the engine does not know the repository', async (method, path, body) => {
    at.engine.removeRepository(REPOSITORY);
    expectError(await at.call(method, path, body), 500, 'serverError');
  });

  it.each(calls)('%s %s: the engine cannot be reached', async (method, path, body) => {
    await at.newBackup('7');
    await at.engine.close();
    at.pass(60_000);
    expectError(await at.call(method, path, body), 502, 'elasticsearchConnectionError');
    expectError(await at.call('POST', '/backup', '{"backupId":"8"}'), 500, 'serverError');
  });

  it.each([
    ['ENGINE_TIMEOUT', 502, 'elasticsearchConnectionError'],
    ['ENGINE_BUSY', 502, 'elasticsearchConnectionError'],
    ['ENGINE_FORBIDDEN', 500, 'serverError'],
    ['REPOSITORY_UNAVAILABLE', 500, 'serverError'],
  ] as const)('GET /backups: %s is %i', async (code, status, errorCode) => {
    at.engine.failNext('listSnapshots', fail(code, 'It did not work.'));
    expectError(await at.call('GET', '/backups'), status, errorCode);
  });
});

it.each([
  [undefined, JSON_TYPE],
  ['*/*', JSON_TYPE],
  ['application/json', JSON_TYPE],
  ['text/html', JSON_TYPE],
  ['application/vnd.spring-boot.actuator.v3+json', 'application/vnd.spring-boot.actuator.v3+json'],
  ['application/vnd.spring-boot.actuator.v2+json, */*;q=0.1', 'application/vnd.spring-boot.actuator.v2+json'],
])('answers a client that accepts %s in %s', async (accept, type) => {
  await at.newBackup('7');
  const headers = accept === undefined ? {} : { accept };
  for (const path of ['/backups', '/backups/7']) {
    expect(await at.call('GET', path, undefined, headers)).toMatchObject({ status: 200, type });
  }
  expect((await at.call('GET', '/backups/8', undefined, headers)).type).toBe(JSON_TYPE);
});

it.each([
  ['HEAD', '/backups', 200],
  ['HEAD', '/backups/7', 404],
  ['GET', '/backups/', 200],
  ['PUT', '/backups', 405],
  ['DELETE', '/backups', 405],
  ['POST', '/backups/7', 405],
])('%s %s -> %i', async (method, path, status) => {
  expect((await at.call(method, path)).status).toBe(status);
});
