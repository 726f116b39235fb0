import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { here, newCreate } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import {
  PutRepository as PutAnswer,
  PutRepositoryRequest,
  SnapshotRepositoryList,
} from '@tandem/shared/contract/repositories.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import { listRepositories } from './list-repositories.ts';
import { putRepository } from './put-repository.ts';
import { verifyRepository } from './verify-repository.ts';

const actor = { kind: 'anonymous', address: '127.0.0.1' } as const;
const context = {
  ...{ actor, requestId: 'r', role: 'admin' as const, idempotencyKey: undefined, lastEventId: undefined },
  signal: new AbortController().signal,
};
const CLUSTER = 'in-memory-cluster';
const KINDS = [
  ...([
    'repository.registering',
    'repository.registered',
    'repository.register-failed',
    'repository.verified',
  ] as const),
];

const setUp = () => {
  let time = Date.parse('2026-01-01T00:00:00Z');
  const history = inMemoryHistory({
    now: () => {
      time += 10;
      return new Date(time);
    },
  });
  const engine = inMemoryEngine();
  const changed: string[] = [];
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  const deps = { engine, history, newId, now: () => 0, onChanged: (name: string) => void changed.push(name) };
  const put = async (settings: object, more: object = {}) => {
    const body = { name: 'backups', type: 'fs', settings, reason: 'the new mount', ...more };
    return PutAnswer.parse(await putRepository(deps, PutRepositoryRequest.parse(body), context));
  };
  const list = async (configured?: string) =>
    SnapshotRepositoryList.parse(await listRepositories({ engine, history, configured }));
  const record = (nth: number, settingsDigest: string | undefined) =>
    history.accept(newCreate(nth, `backup-${nth}`, { location: { ...here, clusterUuid: CLUSTER, settingsDigest } }));
  const writes = () => engine.calls.filter(({ method }) => method === 'putRepository').length;
  const events = async () => (await history.searchEvents({ kinds: KINDS }, undefined, 100)).toReversed();
  const kinds = async () => (await events()).map(({ kind }) => kind.replace('repository.', ''));
  return { history, engine, deps, put, list, record, writes, events, kinds, changed };
};

describe('registering a repository', () => {
  it('records the intent, registers, verifies, and records both', async () => {
    const { put, events, changed, list } = setUp();
    expect(await put({ location: '/a', compress: true, chunk_size: 5 })).toMatchObject({
      ...{ repository: 'backups', clusterUuid: CLUSTER, change: 'settings', backups: 0 },
      verification: { verified: true, failedNodes: [], reason: null },
    });
    const [registering, registered, verified] = await events();
    const requested = { type: 'fs', settings: { location: '/a', compress: 'true', chunk_size: '5' } };
    expect(registering).toMatchObject({
      ...{ kind: 'repository.registering', actor, reason: 'the new mount', requestId: 'r', source: 'api' },
      after: { repository: 'backups', clusterUuid: CLUSTER, ...requested },
    });
    expect(registered).toMatchObject({ kind: 'repository.registered', after: requested });
    expect(verified).toMatchObject({ kind: 'repository.verified', after: { repository: 'backups', verified: true } });
    expect(changed).toEqual(['backups']);
    const [item] = (await list('backups')).items;
    expect(item).toMatchObject({
      ...{
        repository: 'backups',
        isConfigured: true,
        isRegistered: true,
        settings: requested.settings,
        recorded: null,
      },
      lastVerification: { verified: true },
    });
  });

  it('sends nothing when it is registered like that', async () => {
    const { put, writes, kinds } = setUp();
    await put({ location: '/a', compress: true });
    const before = await kinds();
    expect(await put({ compress: 'true', location: '/a' })).toMatchObject({ change: 'nothing', verification: null });
    expect(writes()).toBe(1);
    expect(await kinds()).toEqual(before);
  });

  it('says which node cannot use it, though it is registered', async () => {
    const { put, engine } = setUp();
    await put({ location: '/a' });
    engine.hideRepository('backups', 'in-memory');
    const { verification } = await put({ location: '/a', compress: true });
    expect(verification).toMatchObject({ verified: false, failedNodes: ['in-memory'] });
  });

  it('does not verify where that is not requested', async () => {
    const { put, kinds } = setUp();
    expect((await put({ location: '/a' }, { verify: false })).verification).toBeNull();
    expect(await kinds()).toEqual(['registering', 'registered']);
  });

  it('records that the engine refused it, with its reason', async () => {
    const { put, events } = setUp();
    await expect(put({ bucket: 'b' }, { type: 's3' })).rejects.toMatchObject({
      ...{ code: 'REPOSITORY_REFUSED', message: expect.stringContaining('repository type s3 does not exist') },
    });
    const [, failed] = await events();
    expect(failed).toMatchObject({
      kind: 'repository.register-failed',
      after: { type: 's3', failure: expect.stringMatching(/^REPOSITORY_REFUSED: /) },
    });
  });

  const lost = (code: 'ENGINE_TIMEOUT' | 'ENGINE_UNREACHABLE' | 'ENGINE_FAILED') =>
    fail(code, 'No reply.', { call: 'putRepository' });

  it.each(['ENGINE_TIMEOUT', 'ENGINE_UNREACHABLE', 'ENGINE_FAILED'] as const)(
    'succeeds where the engine applied it and the response was lost: %s',
    async (code) => {
      const { put, engine, events, changed } = setUp();
      engine.failNext('putRepository', lost(code), 'after');
      expect(await put({ location: '/a' }, { verify: false })).toMatchObject({ change: 'settings', backups: 0 });
      expect(await events()).toMatchObject([
        { kind: 'repository.registering' },
        { kind: 'repository.registered', after: { failure: `${code}: No reply.`, outcome: 'read' } },
      ]);
      expect(changed).toEqual(['backups']);
    },
  );

  it('records that the outcome is unknown where the repository is not as requested yet', async () => {
    const { put, engine, events } = setUp();
    engine.failNext('putRepository', lost('ENGINE_TIMEOUT'), 'before');
    await expect(put({ location: '/a' })).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' });
    expect((await events())[1]).toMatchObject({
      ...{ kind: 'repository.register-failed', after: { failure: 'ENGINE_TIMEOUT: No reply.', outcome: 'unknown' } },
    });
  });

  it('records the success with the repeated request where the engine stayed away', async () => {
    const { put, engine, events, kinds, writes } = setUp();
    engine.failNext('putRepository', lost('ENGINE_UNREACHABLE'), 'after');
    const { listRepositories } = engine;
    let reads = 0;
    engine.listRepositories = async () => {
      reads += 1;
      if (reads === 2) throw lost('ENGINE_UNREACHABLE');
      return listRepositories();
    };
    const body = { location: '/a', compress: true };
    await expect(put(body)).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
    expect((await events())[1]).toMatchObject({ kind: 'repository.register-failed', after: { outcome: 'unknown' } });
    for (let times = 0; times < 2; times += 1) expect(await put(body)).toMatchObject({ change: 'nothing' });
    expect(await kinds()).toEqual(['registering', 'register-failed', 'registered']);
    expect((await events())[2]).toMatchObject({ after: { outcome: 'read', change: 'nothing' } });
    expect(writes()).toBe(1);
  });

  it('records nothing with a request for the settings that a failed one was to replace', async () => {
    const { put, engine, kinds } = setUp();
    await put({ location: '/a' }, { verify: false });
    engine.failNext('putRepository', lost('ENGINE_TIMEOUT'), 'before');
    await expect(put({ location: '/b' })).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' });
    const before = await kinds();
    expect(await put({ location: '/a' })).toMatchObject({ change: 'nothing' });
    expect(await kinds()).toEqual(before);
  });

  it('does nothing to the engine when the intent cannot be recorded', async () => {
    const { put, history, writes } = setUp();
    history.appendEvents = async () => {
      throw fail('HISTORY_UNREACHABLE', 'Away.');
    };
    await expect(put({ location: '/a' })).rejects.toMatchObject({ code: 'HISTORY_UNREACHABLE' });
    expect(writes()).toBe(0);
  });

  it('is refused while another request registers it, and possible again after that', async () => {
    const { put, engine } = setUp();
    const [first, second] = await Promise.allSettled([put({ location: '/a' }), put({ location: '/b' })]);
    expect([first.status, second.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    expect([first, second].find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'REPOSITORY_BUSY' },
    });
    expect((await engine.listRepositories())[0]?.settings.location).toBe(first.status === 'fulfilled' ? '/a' : '/b');
  });

  it('sends nothing when its lease may have run out', async () => {
    const { deps, writes } = setUp();
    let at = 0;
    const now = () => {
      at += 60_000;
      return at;
    };
    const slow = { ...deps, now };
    const body = PutRepositoryRequest.parse({ name: 'b', type: 'fs', settings: { location: '/a' }, reason: 'r' });
    await expect(putRepository(slow, body, context)).rejects.toMatchObject({ code: 'REPOSITORY_BUSY' });
    expect(writes()).toBe(0);
  });
});

describe('a repository with recorded backups', () => {
  const recordedAt = async (location: string) => {
    const world = setUp();
    await world.put({ location }, { verify: false });
    const [registered] = await world.engine.listRepositories();
    await world.record(1, registered?.settingsDigest);
    return world;
  };
  const ended = async ({ history }: ReturnType<typeof setUp>) => {
    const [operation] = await history.listOperations({}, undefined, 1);
    const command = { actor, reason: 'r', requestId: 'r' };
    await history.cancelOperation(operation?.operationId ?? '', command, undefined);
  };

  it('needs its name to lead to another location, and says how many backups live there', async () => {
    const world = await recordedAt('/a');
    await ended(world);
    const { put, writes, list } = world;
    for (const more of [{}, { confirm: 'another' }])
      await expect(put({ location: '/b' }, more)).rejects.toMatchObject({
        ...{ code: 'REPOSITORY_NOT_CONFIRMED', data: { backups: 1, newestBackupId: 'backup-1', field: 'confirm' } },
      });
    expect(writes()).toBe(1);
    expect((await list()).items[0]?.recorded).toMatchObject({ backups: 1, settings: 'same' });
    expect(await put({ location: '/b' }, { confirm: 'backups' })).toMatchObject({ change: 'location', backups: 1 });
    expect((await list()).items[0]?.recorded).toMatchObject({ backups: 1, settings: 'changed' });
    expect(await put({ location: '/a' })).toMatchObject({ change: 'settings' });
  });

  it('needs its name to lead back to an older location once a backup was taken in the new one, and no open operation', async () => {
    const world = await recordedAt('/a');
    await ended(world);
    const { put, engine, record, history } = world;
    const confirm = { confirm: 'backups', verify: false };
    await put({ location: '/b' }, confirm);
    const [registered] = await engine.listRepositories();
    await record(2, registered?.settingsDigest);
    await ended(world);
    expect(await put({ location: '/a' }, confirm)).toMatchObject({ change: 'location', backups: 2 });
    await expect(put({ location: '/b' })).rejects.toMatchObject({ code: 'REPOSITORY_NOT_CONFIRMED' });
    await record(3, registered?.settingsDigest);
    const [open] = await history.listOperations({}, undefined, 1);
    await expect(put({ location: '/b' }, confirm)).rejects.toMatchObject({
      ...{ code: 'REPOSITORY_IN_USE', data: { operations: [open?.operationId] } },
    });
  });

  it('leads nowhere else while a restore is to save into it what it deletes', async () => {
    const world = await recordedAt('/a');
    await ended(world);
    const { put, history } = world;
    const restore = { operationId: 'restore-1', kind: 'restore', repository: 'other' };
    history.listRestores = async () => [{ ...restore, detail: { task: { safetyRepository: 'backups' } } }] as never;
    await expect(put({ location: '/b' }, { confirm: 'backups' })).rejects.toMatchObject({
      ...{ code: 'REPOSITORY_IN_USE', data: { operations: ['restore-1'] } },
    });
  });

  it('can be tuned without it, also while operations use it', async () => {
    const { put } = await recordedAt('/a');
    expect(await put({ location: '/a', max_snapshot_bytes_per_sec: '40mb' })).toMatchObject({ change: 'settings' });
  });

  it('leads nowhere else while an operation is open', async () => {
    const { put, history } = await recordedAt('/a');
    const [operation] = await history.listOperations({}, undefined, 1);
    await expect(put({ location: '/b' }, { confirm: 'backups' })).rejects.toMatchObject({
      ...{ code: 'REPOSITORY_IN_USE', data: { operations: [operation?.operationId], count: 1 } },
    });
  });

  it('is listed as recorded while the engine is away', async () => {
    const { engine, list } = await recordedAt('/a');
    engine.failNext('info', fail('ENGINE_UNREACHABLE', 'Away.', { call: 'info' }));
    const { items, engineFailure } = await list('backups');
    expect(engineFailure).toMatchObject({ code: 'ENGINE_UNREACHABLE' });
    expect(items).toMatchObject([
      {
        ...{ repository: 'backups', clusterUuid: CLUSTER, isConfigured: true, isRegistered: null, type: null },
        recorded: { backups: 1, newestBackupId: 'backup-1', settings: 'unknown' },
      },
    ]);
  });
});

describe('a secret in the settings', () => {
  const SECRET = 'AKIA-very-secret';

  it('is refused by name, and its value is nowhere', async () => {
    const { put, writes, history } = setUp();
    for (const [type, settings] of [
      ['s3', { bucket: 'b', client: 'c', secret_key: SECRET }],
      ['s3', { bucket: 'b', secret_key: { nested: SECRET } }],
      ['azure', { container: 'c', sas_token: SECRET }],
      ['url', { url: `https://user:${SECRET}@host/r` }],
    ] as const) {
      const refused = await put(settings, { type }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'REPOSITORY_SECRET' });
      expect(JSON.stringify([refused, (refused as Error).message])).not.toContain(SECRET);
    }
    expect(writes()).toBe(0);
    expect(JSON.stringify(await history.searchEvents({}, undefined, 100))).not.toContain(SECRET);
    await expect(put({ bucket: 'b', secret_key: SECRET }, { type: 's3' })).rejects.toMatchObject({
      data: { found: ['secret_key'], keystore: ['s3.client.default.secret_key'] },
      message: expect.stringContaining('s3.client.default.secret_key'),
    });
  });

  it('is not echoed by other refusals either', async () => {
    const { put } = setUp();
    await expect(put({ location: { a: SECRET } })).rejects.toMatchObject({
      ...{ code: 'REQUEST_INVALID', data: { field: 'settings', found: ['location'] } },
      message: expect.not.stringContaining(SECRET),
    });
  });
});

describe('verifying a repository', () => {
  it('tells nodes that cannot use it from an engine that does not say', async () => {
    const { deps, engine, list } = setUp();
    engine.createRepository('backups');
    const verify = () => verifyRepository(deps, { name: 'backups' }, context);
    expect(await verify()).toMatchObject({ verified: true, failedNodes: [] });
    engine.failNext(
      'verifyRepository',
      fail('REPOSITORY_UNAVAILABLE', 'No.', { call: 'verifyRepository', nodes: ['n'] }),
    );
    expect(await verify()).toMatchObject({ verified: false, failedNodes: ['n'], reason: 'No.' });
    expect((await list()).items[0]?.lastVerification).toMatchObject({ verified: false, failedNodes: ['n'] });
    engine.failNext('verifyRepository', fail('ENGINE_FORBIDDEN', 'Not allowed.', { call: 'verifyRepository' }));
    expect(await verify()).toMatchObject({ verified: null, reason: 'Not allowed.' });
    await expect(verifyRepository(deps, { name: 'unknown' }, context)).rejects.toMatchObject({
      code: 'REPOSITORY_NOT_FOUND',
    });
  });
});
