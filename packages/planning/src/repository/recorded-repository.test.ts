import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { accepted, claimed, newCreate } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { expect, it } from 'vitest';
import { requireRecordedRepository } from './recorded-repository.ts';

const nameOf = (backupId: string) => `camunda_optimize_${backupId}_3.9.0_part_1_of_1`;

/** COMPLETED backups of one snapshot each, in the repository `backups`. */
const setUp = async (...backupIds: readonly string[]) => {
  const history = inMemoryHistory({ now: () => new Date(0) });
  const engine = inMemoryEngine();
  engine.createRepository('backups');
  const put = (backupId: string) => engine.putSnapshot('backups', { name: nameOf(backupId), indices: [] });
  const lose = (...lost: readonly string[]) => {
    for (const backupId of lost) engine.removeSnapshot('backups', nameOf(backupId));
  };
  const { clusterUuid } = await engine.info();
  const { settingsDigest } = await engine.readRepository('backups');
  const location = { clusterUuid, repository: 'backups', repositoryUuid: undefined, settingsDigest };
  for (const [at, backupId] of backupIds.entries()) {
    const parts = [{ number: 1, of: 1, snapshotName: nameOf(backupId), indices: ['optimize-a'] }];
    const id = await accepted(history, newCreate(at + 1, backupId, { parts, location }));
    const { revision } = await claimed(history, id);
    const { uuid } = put(backupId);
    await history.record(id, revision, {
      parts: [{ number: 1, state: 'SUCCESS', uuid }],
      outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' },
    });
  }
  const read = () => requireRecordedRepository({ engine, history }, 'backups');
  return { history, engine, location, put, lose, read };
};

it('resolves with the uuids of what the recorded repository holds', async () => {
  const { engine, lose, read } = await setUp('a', 'b');
  lose('b');
  expect(await read()).toEqual(new Set(engine.snapshots('backups').map(({ uuid }) => uuid)));
});

it('rejects a repository that holds none of several recorded backups', async () => {
  const { lose, read } = await setUp('a', 'b');
  lose('a', 'b');
  await expect(read()).rejects.toMatchObject({ code: 'REPOSITORY_CHANGED', data: { missing: 2 } });
});

it('takes one backup that is gone for gone', async () => {
  const { lose, read } = await setUp('a');
  lose('a');
  expect(await read()).toEqual(new Set());
});

it('accepts an empty repository where nothing is recorded', async () => {
  const { read } = await setUp();
  expect(await read()).toEqual(new Set());
});

it('resolves where an operator has accepted the repository as it is', async () => {
  const { history, location, lose, read } = await setUp('a', 'b');
  lose('a', 'b');
  const actor = { kind: 'anonymous', address: '127.0.0.1' } as const;
  const event = { kind: 'repository.changed', actor, source: 'worker' } as const;
  await history.noteChangedRepository({ location, missing: 2, settings: 'same' }, event);
  await expect(read()).rejects.toMatchObject({ code: 'REPOSITORY_CHANGED' });
  await history.acceptRepository(location, { actor, reason: 'emptied', requestId: undefined });
  expect(await read()).toEqual(new Set());
});

it('rejects other settings without the snapshots of the backup that is being deleted', async () => {
  const { engine, history, location, put } = await setUp();
  put('x');
  const parts = [{ number: 1, snapshotName: nameOf('gone'), uuid: 'u', state: 'SUCCESS' as const }];
  const missed = { location: { ...location, settingsDigest: 'digest-of-another' }, parts };
  const reading = requireRecordedRepository({ engine, history }, 'backups', missed as never);
  await expect(reading).rejects.toMatchObject({ code: 'REPOSITORY_CHANGED', data: { missing: 1 } });
});
