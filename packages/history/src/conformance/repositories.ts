import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { RepositoryChange } from '@tandem/shared/domain/repository/repository-identity.ts';
import { expect, it } from 'vitest';
import {
  accepted,
  claimed,
  command,
  deleted,
  deletion,
  foundSet,
  here,
  hold,
  keyOf,
  newCreate,
  operationId,
  succeeded,
} from './examples.ts';
import type { MakeHistory } from './history-under-test.ts';

const eventOf = (kind: NewEvent['kind']): NewEvent => ({
  ...{ kind, actor: { kind: 'system', name: 'reconcile' }, source: 'worker', after: { kind } },
});
const changed = eventOf('repository.changed');
const returned = eventOf('repository.returned');
const moved: Location = { ...here, settingsDigest: 'digest-b' };
const found: RepositoryChange = { location: moved, missing: 3, settings: 'changed' };

export const changingRepositories = (makeHistory: MakeHistory): void => {
  const setUp = async () => {
    const { history } = await makeHistory();
    const kinds = async () =>
      (
        await history.searchEvents(
          { kinds: ['repository.changed', 'repository.accepted', 'repository.returned'] },
          undefined,
          20,
        )
      )
        .map(({ kind }) => kind)
        .toReversed();
    return { history, kinds };
  };

  it('counts the backups that live in each repository, and knows the newest', async () => {
    const { history } = await setUp();
    expect(await history.backupsByRepository()).toEqual([]);
    await accepted(history, newCreate(1, 'first', { location: moved }));
    await accepted(history, newCreate(2, 'second', { location: { ...here, settingsDigest: 'digest-c' } }));
    await history.discover(foundSet('elsewhere', { location: { ...here, repository: 'other' } }));
    const { clusterUuid } = here;
    const other = { clusterUuid, repository: 'other', backups: 1, newest: { backupId: 'elsewhere' } };
    const both = { clusterUuid, repository: here.repository, backups: 2 };
    const found = await history.backupsByRepository();
    expect(found).toMatchObject(
      [{ ...both, newest: { backupId: 'second', settingsDigest: 'digest-c' } }, other].toSorted((one, another) =>
        one.repository < another.repository ? -1 : 1,
      ),
    );
    await history.requestDeletion(await keyOf(history, 'second'), command, deletion(9));
    await deleted(history, operationId(9));
    const left = (await history.backupsByRepository()).find(({ repository }) => repository === here.repository);
    expect(left).toMatchObject({ backups: 1, newest: { backupId: 'first', settingsDigest: 'digest-b' } });
  });

  it('lists the settings under which the backups of a repository were recorded, without those of deleted ones', async () => {
    const { history } = await setUp();
    const listed = async () => (await history.settingsRecorded(here)).toSorted();
    expect(await listed()).toEqual([]);
    await accepted(history, newCreate(1, 'first', { location: moved }));
    await accepted(history, newCreate(2, 'second', { location: moved }));
    await history.discover(foundSet('elsewhere', { location: { ...moved, repository: 'other' } }));
    await history.discover(foundSet('another', { location: { ...moved, clusterUuid: 'other' } }));
    expect(await listed()).toEqual(['digest-b']);
    await accepted(history, newCreate(3, 'third', { location: { ...here, settingsDigest: 'digest-c' } }));
    expect(await listed()).toEqual(['digest-b', 'digest-c']);
    await history.requestDeletion(await keyOf(history, 'third'), command, deletion(9));
    await deleted(history, operationId(9));
    expect(await listed()).toEqual(['digest-b']);
    await history.discover(foundSet('unknown', { location: { ...here, settingsDigest: undefined } }));
    expect(await listed()).toEqual(['digest-b', null]);
  });

  it('keeps the last verification of each repository, each with an event', async () => {
    const { history, kinds } = await setUp();
    const result = { verified: false, nodes: [], failedNodes: ['node-2'], reason: 'It cannot.' };
    const good = { verified: true, nodes: ['node-1'], failedNodes: [], reason: undefined };
    const verified = eventOf('repository.verified');
    await history.noteVerification(here, result, verified);
    await history.noteVerification({ ...here, repository: 'another' }, good, verified);
    expect(await history.verifications()).toMatchObject([
      { repository: 'another' },
      { repository: here.repository, result },
    ]);
    const at = await history.noteVerification(here, good, verified);
    const found = (await history.verifications()).find(({ repository }) => repository === here.repository);
    expect(found).toMatchObject({ clusterUuid: here.clusterUuid, at, result: { verified: true, nodes: ['node-1'] } });
    expect((await kinds()).length).toBe(0);
    expect(await history.searchEvents({ kinds: ['repository.verified'] }, undefined, 10)).toHaveLength(3);
  });

  it('keeps the digest of the settings with a backup, and learns one that was not known', async () => {
    const { history } = await setUp();
    await accepted(history, newCreate(1, 'known', { location: moved }));
    expect((await history.findBackup('known', here))?.location).toEqual(moved);
    await history.discover(foundSet('set', { location: moved }));
    expect((await history.findBackup('set', here))?.location).toEqual(moved);
    await accepted(history, newCreate(2, 'earlier'));
    await accepted(history, newCreate(3, 'other'));
    expect((await history.findBackup('earlier', here))?.location.settingsDigest).toBeUndefined();
    await history.learnSettings([await keyOf(history, 'earlier'), await keyOf(history, 'known')], 'digest-c');
    const { backups } = await history.livingBackups(undefined, 10);
    expect(backups.map(({ backupId, location }) => [backupId, location.settingsDigest])).toEqual([
      ...[
        ['earlier', 'digest-c'],
        ['known', 'digest-c'],
        ['other', undefined],
        ['set', 'digest-b'],
      ],
    ]);
  });

  it('records a changed repository once, however many note it, and refuses creates into it', async () => {
    const { history, kinds } = await setUp();
    expect(await history.changedRepositories()).toEqual([]);
    const noted = await Promise.all([1, 2, 3, 4].map(() => history.noteChangedRepository(found, changed)));
    expect(noted.filter((written) => written)).toHaveLength(1);
    const [row, ...others] = await history.changedRepositories();
    expect(others).toEqual([]);
    expect(row).toEqual({ ...found, noticedAt: expect.any(Date), acceptedAt: undefined });
    expect(await history.accept(newCreate(1, 'new'))).toEqual({ accepted: false, changed: row });
    expect(await history.findBackup('new', here)).toBeUndefined();
    await accepted(history, newCreate(2, 'new', { location: { ...here, repository: 'others', repositoryUuid: 'b' } }));
    expect((await history.figures()).changedRepositories).toBe(1);
    expect(await kinds()).toEqual(['repository.changed']);
  });

  it('replaces what is recorded when the name leads to a third location, so that an operator accepts that one', async () => {
    const { history, kinds } = await setUp();
    await history.noteChangedRepository(found, changed);
    const third = { location: { ...moved, settingsDigest: 'digest-c' }, missing: 3, settings: 'changed' as const };
    expect(await history.noteChangedRepository(third, changed)).toBe(true);
    expect(await history.noteChangedRepository(third, changed)).toBe(false);
    expect(await history.acceptRepository(here, command)).toBe(true);
    expect(await history.changedRepositories()).toMatchObject([{ ...third, acceptedAt: expect.any(Date) }]);
    expect(await kinds()).toEqual(['repository.changed', 'repository.changed', 'repository.accepted']);
  });

  it('takes backups again once an operator has accepted it, until it is another one again', async () => {
    const { history, kinds } = await setUp();
    expect(await history.acceptRepository(here, command)).toBe(false);
    await history.noteChangedRepository(found, changed);
    expect(await history.acceptRepository({ ...here, clusterUuid: 'cluster-b' }, command)).toBe(false);
    expect(await Promise.all([1, 2, 3].map(() => history.acceptRepository(here, command)))).toContain(true);
    expect(await history.acceptRepository(here, command)).toBe(false);
    expect(await history.changedRepositories()).toMatchObject([{ ...found, acceptedAt: expect.any(Date) }]);
    expect((await history.figures()).changedRepositories).toBe(0);
    await accepted(history, newCreate(1, 'new'));
    expect(await history.noteChangedRepository(found, changed)).toBe(false);
    const again = { location: { ...moved, settingsDigest: 'digest-c' }, missing: 2, settings: 'same' as const };
    expect(await history.noteChangedRepository(again, changed)).toBe(true);
    expect(await history.changedRepositories()).toMatchObject([{ ...again, acceptedAt: undefined }]);
    const [event] = await history.searchEvents({ kinds: ['repository.accepted'] }, undefined, 2);
    expect(event).toMatchObject({ actor: command.actor, reason: command.reason, source: 'api', after: found });
    expect(await kinds()).toEqual(['repository.changed', 'repository.accepted', 'repository.changed']);
  });

  it('settles one that looks as recorded again, with an event unless it was accepted', async () => {
    const { history, kinds } = await setUp();
    expect(await history.settleRepository(here, returned)).toBe(false);
    await history.noteChangedRepository(found, changed);
    expect(await history.settleRepository(here, returned)).toBe(true);
    expect(await history.changedRepositories()).toEqual([]);
    await history.noteChangedRepository(found, changed);
    await history.acceptRepository(here, command);
    expect(await history.settleRepository(here, returned)).toBe(true);
    expect(await history.changedRepositories()).toEqual([]);
    expect(await kinds()).toEqual([
      ...['repository.changed', 'repository.returned', 'repository.changed', 'repository.accepted'],
    ]);
  });

  it('reports which backups a deletion was about to remove a snapshot of, also after it ended', async () => {
    const { history } = await setUp();
    for (const [nth, id] of ['gone', 'waits', 'stays'].entries()) {
      await accepted(history, newCreate(nth, id));
      const { revision } = await claimed(history, operationId(nth), {
        worker: 'w',
        leaseMs: 1_000,
        createsPerRepository: 9,
        queuedRetryMs: 1,
      });
      await history.record(operationId(nth), revision, succeeded);
    }
    for (const [nth, id] of ['gone', 'waits'].entries())
      await history.requestDeletion(await keyOf(history, id), command, deletion(nth + 10));
    const { revision } = await claimed(history, operationId(10));
    await history.record(operationId(10), revision, { ...hold, detail: { removing: { part: 1, uuid: 'u' } } });
    const deleting = async () =>
      (await history.livingBackups(undefined, 10)).backups.map(({ backupId, deleting: is }) => [backupId, is]);
    const expected = [
      ['gone', true],
      ['stays', false],
      ['waits', false],
    ];
    expect(await deleting()).toEqual(expected);
    await history.record(operationId(10), revision, { outcome: { do: 'end', state: 'FAILED' } });
    expect(await deleting()).toEqual(expected);
  });
};
