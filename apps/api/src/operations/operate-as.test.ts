import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import {
  claimed,
  command,
  completed,
  deletion,
  keyOf,
  newCreate,
  operationId,
} from '@tandem/history/conformance/examples.ts';
import { newRestore } from '@tandem/history/conformance/restores/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { ROLES, type Role } from '@tandem/shared/domain/identity/role.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testGate } from '../identity/gate.fixture.ts';
import { annotateBackup } from '../labels/annotate-backup.ts';
import { labelRoutes } from '../routes/labels.ts';
import { operationRoutes } from '../routes/operations.ts';
import { type RestoreRoutes, restoreRoutes } from '../routes/restores.ts';
import { listening } from '../server.fixture.ts';
import type { Operate } from './operate.ts';

/** One operation of each kind, on a backup of its own. */
const OPERATIONS = {
  create: operationId(1),
  rehearse: operationId(2),
  restore: operationId(3),
  delete: operationId(4),
};
type Kind = keyof typeof OPERATIONS;

const newHistory = () => inMemoryHistory({ now: () => new Date('2026-01-01T00:00:00Z') });
let history = newHistory();
/** The routes keep one history; each test has its own behind it. */
const current = new Proxy({} as typeof history, { get: (_, name) => history[name as keyof typeof history] });
let made = 900;
const deps: Operate = {
  ...{ history: current, engine: inMemoryEngine(), newId: () => operationId(++made) },
  ...{ enqueue: () => undefined, announce: () => undefined },
};

let api: Awaited<ReturnType<typeof listening>>;
beforeAll(async () => {
  const findRecord = async (backupId: string) => {
    const record = await history.findBackup(backupId, undefined);
    if (record === undefined) throw new Error(`There is no backup ${backupId}.`);
    return { record };
  };
  const annotate = annotateBackup({ history: current, findRecord: findRecord as never, announce: () => undefined });
  const routes = [
    ...operationRoutes(deps),
    ...restoreRoutes(deps as RestoreRoutes),
    ...labelRoutes({ annotateBackup: annotate }),
  ];
  api = await listening(routes, { gate: testGate() });
});
afterAll(() => api.close());

beforeEach(async () => {
  history = newHistory();
  for (const [nth, backupId] of [
    [12, 'rehearsed'],
    [13, 'restored'],
    [14, 'deleted'],
  ] as const)
    await completed(history, newCreate(nth, backupId));
  // after those that are claimed: one create runs per repository
  await history.accept(newCreate(1, 'created'));
  await history.requestRestore(newRestore(2, await keyOf(history, 'rehearsed'), { kind: 'rehearse' }));
  await history.requestRestore(newRestore(3, await keyOf(history, 'restored')));
  await history.requestDeletion(await keyOf(history, 'deleted'), command, deletion(4));
});

const send = async (role: Role, method: string, path: string, body: object) => {
  const response = await fetch(`http://127.0.0.1:${api.port}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${role}` },
    body: JSON.stringify({ reason: 'a test', ...body }),
  });
  const json = (await response.json()) as Record<string, unknown>;
  return { status: response.status, code: json.code, json };
};

const act = (role: Role, id: string, action: string, body: object = {}) =>
  send(role, 'POST', `/operations/${id}/${action}`, body);

/** The weakest role that is not refused. */
const weakest = async (ask: (role: Role) => Promise<{ readonly code: unknown }>): Promise<Role | undefined> => {
  for (const role of ROLES) if ((await ask(role)).code !== 'FORBIDDEN') return role;
  return undefined;
};

describe('what a caller may do with an operation', () => {
  it.each([
    ['create', 'operator'],
    ['rehearse', 'operator'],
    ['restore', 'restorer'],
    ['delete', 'restorer'],
  ] as const)('a %s is retried, released and cancelled by %s', async (kind: Kind, role) => {
    const id = OPERATIONS[kind];
    expect(await weakest((as) => act(as, id, 'retry'))).toBe(role);
    expect(await weakest((as) => act(as, id, 'release'))).toBe(role);
    expect(await weakest((as) => act(as, id, 'cancel'))).toBe(role);
    // that role's request went through
    expect((await act('admin', id, 'cancel')).code).toBe(
      kind === 'create' || kind === 'delete' ? 'OPERATION_ENDED' : undefined,
    );
  });

  it('a cancel that deletes the snapshots of a backup needs restorer', async () => {
    const refused = await act('operator', OPERATIONS.create, 'cancel', { deleteSnapshots: true });
    expect(refused).toMatchObject({ status: 403, json: { needed: 'restorer', role: 'operator' } });
    expect(await history.findOperation(OPERATIONS.create)).toMatchObject({ state: 'QUEUED' });
    expect((await act('restorer', OPERATIONS.create, 'cancel', { deleteSnapshots: true })).status).toBe(202);
  });

  it.each([
    ['rehearse', 'operator'],
    ['restore', 'restorer'],
  ] as const)('a %s is stopped by %s at the path of restores, too', async (kind, role) => {
    expect(await weakest((as) => send(as, 'POST', `/restores/${OPERATIONS[kind]}/cancel`, {}))).toBe(role);
  });

  it('nobody learns of an operation by a refusal what its reading does not show', async () => {
    expect(await act('operator', operationId(77), 'retry')).toMatchObject({ status: 404, code: 'OPERATION_NOT_FOUND' });
    expect(await act('viewer', operationId(77), 'retry')).toMatchObject({ status: 403 });
  });
});

describe('many operations at once', () => {
  const filter = { kind: ['create', 'delete'] };
  const suspend = () => {
    const why = { code: 'HISTORY_ROLLED_BACK', message: 'Rolled back.', data: {} };
    return history.suspendOperations({ scope: 'all' }, { ...command, source: 'worker', why }, 100);
  };

  it('are previewed by a viewer, and released only where the role suffices', async () => {
    await suspend();
    const { json } = await send('viewer', 'POST', '/operations/release', { filter });
    expect(json).toMatchObject({ count: 2 });
    const run = { filter, token: json.token };
    expect(await send('viewer', 'POST', '/operations/release', run)).toMatchObject({ status: 403 });
    expect((await send('operator', 'POST', '/operations/release', run)).json).toEqual({
      items: [
        { operationId: OPERATIONS.delete, result: 'FORBIDDEN' },
        { operationId: OPERATIONS.create, result: 'QUEUED' },
      ],
    });
    expect(await history.findOperation(OPERATIONS.delete)).toMatchObject({ state: 'SUSPENDED' });
    expect((await send('restorer', 'POST', '/operations/release', run)).json).toMatchObject({
      items: expect.arrayContaining([{ operationId: OPERATIONS.delete, result: 'QUEUED' }]),
    });
  });

  it('are retried only where the role suffices', async () => {
    for (const id of [OPERATIONS.rehearse, OPERATIONS.delete]) {
      const { revision } = await claimed(history, id);
      await history.record(id, revision, { outcome: { do: 'end', state: 'FAILED', backup: 'COMPLETED' } });
    }
    const run = { filter: { kind: ['rehearse', 'delete'] } };
    const { json } = await send('viewer', 'POST', '/operations/retry', run);
    const retry = (role: Role) => send(role, 'POST', '/operations/retry', { ...run, token: json.token });
    expect(await retry('viewer')).toMatchObject({ status: 403 });
    expect((await retry('operator')).json).toEqual({
      items: [
        { operationId: OPERATIONS.delete, result: 'FORBIDDEN' },
        { operationId: OPERATIONS.rehearse, result: 'QUEUED' },
      ],
    });
    expect(await history.findOperation(OPERATIONS.delete)).toMatchObject({ state: 'FAILED' });
  });
});

describe('a hold', () => {
  const patch = (role: Role, body: object) => send(role, 'PATCH', '/backups/restored', body);
  const hold = (until: string | null) => ({ hold: { reason: 'audit', until } });

  it('is set by an operator, and released by a restorer', async () => {
    expect(await weakest((as) => patch(as, hold('2026-02-01T00:00:00Z')))).toBe('operator');
    expect(await weakest((as) => patch(as, { hold: null }))).toBe('restorer');
    expect(await history.findBackup('restored', undefined)).toMatchObject({ hold: undefined });
  });

  it('is not ended earlier by an operator either, but prolonged', async () => {
    await patch('operator', hold('2026-02-01T00:00:00Z'));
    expect(await patch('operator', hold('2026-01-01T00:00:01Z'))).toMatchObject({
      status: 403,
      json: { detail: expect.stringMatching(/^Ending a hold earlier needs the role restorer/) },
    });
    expect((await patch('operator', hold(null))).status).toBe(200);
    expect((await patch('restorer', hold('2026-01-01T00:00:01Z'))).status).toBe(200);
  });
});
