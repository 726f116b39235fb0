import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import { optimize } from '@tandem/shared/domain/profile.ts';
import { expect, it } from 'vitest';
import { errorAnswer } from '../../http/error-answer.ts';
import { engineFacts } from '../read/engine-facts.ts';
import { requestBackup } from './request-backup.ts';

const idOf = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
const actor = { kind: 'anonymous', address: '127.0.0.1' } as const;
const asked = { actor, requestId: 'request' };
const context = {
  ...asked,
  role: 'admin' as const,
  idempotencyKey: undefined,
  lastEventId: undefined,
  signal: new AbortController().signal,
};
const nothing = (): void => undefined;

const setUp = () => {
  const now = () => new Date('2026-01-01T00:00:00Z');
  const history = inMemoryHistory({ now });
  const engine = inMemoryEngine({ now });
  engine.createRepository('backups');
  for (const name of ['optimize-import-index_v3', 'optimize-alert_v4']) engine.createIndex(name);
  let made = 0;
  const newId = () => {
    made += 1;
    return idOf(made);
  };
  const settings = { repository: 'backups', optimizeVersion: '3.9.0', indexPrefix: 'optimize' };
  const facts = engineFacts(engine, 1_000, () => 0);
  const request = requestBackup({
    profile: optimize,
    settings,
    engine,
    facts,
    history,
    newId,
    enqueue: nothing,
    announce: nothing,
  });
  return { history, engine, request };
};

/** All shards failed: they recover. */
const recovering = fail('ENGINE_BUSY', 'no shard available', { call: 'listIndices', status: 503 });

it.each([
  ['all', [], undefined],
  ['some', ['optimize-alert_v4'], undefined],
  ['none', ['optimize-import-index_v3', 'optimize-alert_v4'], undefined],
  ['all, while shards recover,', [], recovering],
])(
  'refuses a backup while a restore writes to the indices of Optimize, of which %s are there, and says which',
  async (_, missing, failure) => {
    const { history, engine, request } = setUp();
    await request('old', context);
    const claim = await history.claim(idOf(1), {
      worker: 'w',
      leaseMs: 1_000,
      createsPerRepository: 1,
      queuedRetryMs: 1_000,
    });
    if (!claim.claimed) throw new Error(claim.why);
    const { backup, revision } = claim.operation;
    await history.record(idOf(1), revision, { outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' } });
    const { clusterUuid } = backup.location;
    const detail = { inPlace: true, task: { inPlace: true, clusterUuid } };
    const restore = { operationId: idOf(99), kind: 'restore', backupKey: backup.key, detail } as const;
    await history.requestRestore({ ...restore, ...asked, clusterUuid, events: [] });
    for (const index of missing) engine.deleteIndex(index);
    if (failure !== undefined) engine.failNext('listIndices', failure, 'before');
    await expect(request('new', context)).rejects.toMatchObject({
      code: 'RESTORE_RUNNING',
      data: { operationId: idOf(99), restoredBackupId: 'old' },
      message: expect.stringMatching(/wait for its end, or stop it/),
    });
    expect(await history.findBackup('new', undefined)).toBeUndefined();
  },
);

it.each(['/actuator/backups', '/api/v1/backups'])('answers 409 to that at %s', (path) => {
  expect(errorAnswer(fail('RESTORE_RUNNING', 'x'), { path, requestId: 'request' })).toMatchObject({ status: 409 });
});

it('records with the backup, and in its event, what of the prefix is unknown or left out', async () => {
  const { history, engine, request } = setUp();
  const [unknown, staging] = ['optimize-new-thing_v1', 'optimize-staging-metadata_v3'];
  for (const name of [unknown, staging, 'optimize-operate-list_']) engine.createIndex(name);
  await request('b', context);
  const record = await history.findBackup('b', undefined);
  expect(record?.ownership).toEqual({
    forms: ['plain'],
    classes: {
      unknown: { names: [unknown] },
      otherComponent: { names: ['optimize-operate-list_'] },
      otherInstallation: { names: [staging] },
    },
  });
  expect(record?.parts[1]?.indices).toEqual(['optimize-alert_v4', unknown]);
  const [event] = await history.eventsOf('b', 10);
  expect(event).toMatchObject({
    kind: 'backup.requested',
    after: { ownership: { unknown: [unknown], otherInstallation: [staging], ambiguous: [], more: { unknown: 0 } } },
  });
});

it('refuses a backup into a repository that does not match the recorded one, until an operator accepts it', async () => {
  const { history, engine, request } = setUp();
  const { uuid: repositoryUuid, settingsDigest } = await engine.readRepository('backups');
  const { clusterUuid } = await engine.info();
  const location = { clusterUuid, repository: 'backups', repositoryUuid, settingsDigest };
  const event = { kind: 'repository.changed', actor, source: 'worker' } as const;
  await history.noteChangedRepository({ location, missing: 2, settings: 'same' }, event);
  const refused = await request('new', context).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'REPOSITORY_CHANGED', data: { repository: 'backups', missing: 2 } });
  expect(errorAnswer(refused as Failure, { path: '/api/v1/backups', requestId: 'r' }).status).toBe(409);
  expect(errorAnswer(refused as Failure, { path: '/actuator/backup', requestId: 'r' }).status).toBe(500);
  expect(await history.findBackup('new', undefined)).toBeUndefined();
  expect(engine.calls.filter(({ method }) => method === 'startSnapshot')).toEqual([]);
  await history.acceptRepository(location, { actor, reason: 'it was emptied', requestId: 'r' });
  await request('new', context);
  expect(await history.findBackup('new', undefined)).toMatchObject({
    location: { repositoryUuid: undefined, settingsDigest },
  });
});

it('tells of a cancelled backup under the same id who cancelled it, when, why and what to do', async () => {
  const { history, request } = setUp();
  await request('nightly', context);
  await history.cancelOperation(idOf(1), { ...asked, reason: 'not now' }, undefined);
  const { failure } = (await history.findBackup('nightly', undefined)) ?? {};
  await expect(request('nightly', context)).rejects.toMatchObject({
    code: 'BACKUP_EXISTS',
    message: expect.stringMatching(
      /is INCOMPLETE: .*\. Cancelled by 127\.0\.0\.1 at 2026-01-01T00:00:00\.000Z: not now\. Take a backup under another id, or delete this one/,
    ),
  });
  expect(failure?.message).toMatch(/^Cancelled by/);
});
