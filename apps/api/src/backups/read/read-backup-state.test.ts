import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { optimize } from '@tandem/shared/domain/profile.ts';
import { expect, it } from 'vitest';
import { requestBackup } from '../request/request-backup.ts';
import { engineFacts } from './engine-facts.ts';
import { readBackup } from './read-backup.ts';
import { readBackupState } from './read-backup-state.ts';

const OPERATION = '00000000-0000-4000-8000-000000000001';
const actor = { kind: 'anonymous', address: '127.0.0.1' } as const;
const context = {
  ...{ actor, requestId: 'r', role: 'admin' as const, idempotencyKey: undefined, lastEventId: undefined },
  signal: new AbortController().signal,
};
const asked = { actor, reason: 'lost', requestId: 'r' };

/** A COMPLETED backup `b` of two parts, seen at midnight; it is one second later. */
const setUp = async () => {
  let at = Date.parse('2026-01-01T00:00:00Z');
  const now = () => new Date(at);
  const history = inMemoryHistory({ now });
  const engine = inMemoryEngine({ now, endOf: () => ({ state: 'SUCCESS' }) });
  engine.createRepository('backups');
  for (const name of ['optimize-import-index_v3', 'optimize-alert_v4']) engine.createIndex(name);
  const facts = engineFacts(engine, 0, () => at);
  const settings = { repository: 'backups', optimizeVersion: '3.9.0', indexPrefix: 'optimize' };
  const shared = { profile: optimize, engine, facts, history };
  const nothing = (): void => undefined;
  const request = requestBackup({ ...shared, settings, newId: () => OPERATION, enqueue: nothing, announce: nothing });
  const { snapshots } = await request('b', context);
  const claim = await history.claim(OPERATION, {
    worker: 'w',
    leaseMs: 1_000,
    createsPerRepository: 1,
    queuedRetryMs: 1,
  });
  if (!claim.claimed) throw new Error(claim.why);
  const owner = { backupId: 'b', operationId: OPERATION, part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0' };
  for (const name of snapshots)
    await engine.startSnapshot({ repository: 'backups', name, indices: ['optimize-alert_v4'], owner });
  const { uuid: repositoryUuid } = await engine.readRepository('backups');
  await history.record(OPERATION, claim.operation.revision, {
    parts: engine.snapshots('backups').map(({ uuid }, part) => ({ number: part + 1, state: 'SUCCESS', uuid })),
    ...omitUndefined({ repositoryUuid }),
    outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' },
  });
  at += 1_000;
  const tasks: Promise<unknown>[] = [];
  const afterAnswer = (_what: string, task: () => Promise<unknown>) => void tasks.push(task());
  const reading = { ...shared, indexPrefix: 'optimize', repository: 'backups', now, afterAnswer };
  const state = async () => {
    const answer = await readBackupState(reading)('b', context);
    await Promise.all(tasks);
    return answer;
  };
  const read = async () => {
    const { state: is, asOf } = await readBackup(reading)('b', context);
    return [is, asOf];
  };
  const kinds = async () => (await history.eventsOf('b', 100)).map(({ kind }) => kind);
  const location = async () => {
    const record = await history.findBackup('b', undefined);
    if (record === undefined) throw new Error('no b');
    return record.location;
  };
  return { engine, history, snapshots, state, read, kinds, location };
};

const MIDNIGHT = '2026-01-01T00:00:00.000Z';

it('reports the state as of now where the backup is there', async () => {
  const { state, read } = await setUp();
  expect(await state()).toBe('COMPLETED');
  expect(await read()).toEqual(['COMPLETED', null]);
});

it.each(['are deleted', 'may lie in another place'])(
  'records nothing and reports the last known state where all parts %s, until a comparison confirms it',
  async (how) => {
    const { engine, snapshots, state, read, kinds } = await setUp();
    const before = await kinds();
    if (how === 'are deleted') for (const name of snapshots) engine.removeSnapshot('backups', name);
    else engine.moveRepository('backups', 'empty');
    expect(await state()).toBe('COMPLETED');
    expect(await read()).toEqual(['COMPLETED', MIDNIGHT]);
    expect(await kinds()).toEqual(before);
  },
);

it('records at once that a part of it is gone', async () => {
  const { engine, snapshots, state, kinds } = await setUp();
  engine.removeSnapshot('backups', snapshots[0] ?? '');
  expect(await state()).toBe('INCOMPLETE');
  expect(await kinds()).toContain('drift.vanished');
});

it('rejects while the repository does not match the recorded one, and reports the last known state under /api/v1', async () => {
  const { history, state, read, location } = await setUp();
  const where = await location();
  const event = { kind: 'repository.changed', actor, source: 'worker' } as const;
  await history.noteChangedRepository({ location: where, missing: 2, settings: 'changed' }, event);
  await expect(state()).rejects.toMatchObject({
    code: 'REPOSITORY_CHANGED',
    message: expect.stringMatching(
      /^The repository does not match the recorded one: .* Last seen COMPLETED at 2026-01-01T00:00:00.000Z\.$/,
    ),
  });
  expect(await read()).toEqual(['COMPLETED', MIDNIGHT]);
  await history.acceptRepository(where, asked);
  expect(await state()).toBe('COMPLETED');
});

it('answers all the same where the changed repository is not that of the backup', async () => {
  const { history, state, location } = await setUp();
  const event = { kind: 'repository.changed', actor, source: 'worker' } as const;
  const others = { ...(await location()), repository: 'others' };
  await history.noteChangedRepository({ location: others, missing: 2, settings: 'changed' }, event);
  expect(await state()).toBe('COMPLETED');
});

it('writes nothing down that it saw before the backup was COMPLETED: a slow look is made again', async () => {
  const { engine, history, state, kinds } = await setUp();
  const before = await kinds();
  const { findSnapshots } = engine;
  engine.findSnapshots = async (...given) => {
    engine.findSnapshots = findSnapshots;
    const [first, ...rest] = await findSnapshots(...given);
    return [...(first === undefined ? [] : [first]), ...rest.map((one) => ({ ...one, state: 'IN_PROGRESS' as const }))];
  };
  await state();
  expect(await history.findBackup('b', undefined)).toMatchObject({ state: 'COMPLETED' });
  expect(await kinds()).toEqual(before);
});
