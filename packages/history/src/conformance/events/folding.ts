import { disagreements, type FoldedBackup, foldBackup } from '@tandem/shared/domain/history/verify/fold-backup.ts';
import { expect, it } from 'vitest';
import type { OperationChange } from '../../ports/ledger.ts';
import type { BackupWithEvents, SealHistory } from '../../ports/seals.ts';
import {
  claimed,
  command,
  completed,
  deletion,
  failed,
  foundSet,
  keyOf,
  newCreate,
  operationId,
  refused,
  requested,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';
import { newRestore } from '../restores/examples.ts';

const folded = ({ events }: BackupWithEvents): FoldedBackup | undefined =>
  events.reduce<FoldedBackup | undefined>(foldBackup, undefined);

/** Every backup is what its events tell. */
const expectFoldsMatch = async (history: SealHistory): Promise<void> => {
  const all = await history.backupsWithEvents(undefined, 100);
  expect(all.length).toBeGreaterThan(0);
  for (const one of all) {
    const is = folded(one);
    expect(
      is && disagreements(one.backup, is, new Date('2100-01-01T00:00:00Z')),
      `${one.backup.backupId} ${one.backup.state}`,
    ).toEqual([]);
  }
};

const said = (
  kind: 'backup.completed' | 'backup.failed' | 'backup.deleted',
  state: string,
): OperationChange['events'] => [{ ...requested, kind, source: 'worker', after: { state } }];

export const folding = (makeHistory: MakeHistory): void => {
  it('tells a backup that is made and deleted', async () => {
    const { history } = await makeHistory();
    await history.accept(newCreate(1, 'nightly'));
    await expectFoldsMatch(history);
    const { revision } = await claimed(history, operationId(1));
    const end = { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' } as const;
    await history.record(operationId(1), revision, {
      events: said('backup.completed', 'COMPLETED') ?? [],
      outcome: end,
    });
    await expectFoldsMatch(history);
    await history.requestDeletion(await keyOf(history, 'nightly'), command, deletion(2));
    await expectFoldsMatch(history);
    const deleting = await claimed(history, operationId(2));
    await history.record(operationId(2), deleting.revision, {
      events: said('backup.deleted', 'INCOMPLETE') ?? [],
      outcome: { ...end, backup: 'INCOMPLETE', deleted: true },
    });
    await expectFoldsMatch(history);
    await history.accept(newCreate(3, 'nightly'));
    await expectFoldsMatch(history);
    expect(await history.incarnationsWithEvents('nightly')).toHaveLength(2);
  });

  it('tells a failure and its retry', async () => {
    const { history } = await makeHistory();
    await history.accept(newCreate(1, 'nightly'));
    const { revision } = await claimed(history, operationId(1));
    const outcome = { do: 'end', state: 'FAILED', backup: 'FAILED', failure: refused } as const;
    await history.record(operationId(1), revision, { events: said('backup.failed', 'FAILED') ?? [], outcome });
    await expectFoldsMatch(history);
    await history.retryOperation(operationId(1), command);
    await expectFoldsMatch(history);
  });

  it('tells a cancel, with and without a deletion', async () => {
    const { history } = await makeHistory();
    for (const nth of [1, 2]) await history.accept(newCreate(nth, `backup-${nth}`));
    await history.cancelOperation(operationId(1), command, undefined);
    await history.cancelOperation(operationId(2), command, deletion(3));
    await expectFoldsMatch(history);
    await history.cancelOperation(operationId(3), command, undefined);
    await expectFoldsMatch(history);
  });

  it('tells a set that was found, and what became of it', async () => {
    const { history } = await makeHistory();
    const { key } = await history.discover(foundSet('manual'));
    await expectFoldsMatch(history);
    await history.noteState(key, 'INCOMPLETE', {
      ...requested,
      kind: 'backup.state-changed',
      after: { state: 'INCOMPLETE' },
    });
    await history.noteState(key, 'INCOMPLETE', {
      ...requested,
      kind: 'backup.state-changed',
      after: { state: 'INCOMPLETE' },
    });
    await expectFoldsMatch(history);
  });

  it('is not undone by the end of an operation that does not decide the state', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    const key = await keyOf(history, 'nightly');
    await history.requestRestore(newRestore(2, key));
    const { revision } = await claimed(history, operationId(2));
    await history.noteState(key, 'INCOMPLETE', {
      ...requested,
      kind: 'backup.state-changed',
      after: { state: 'INCOMPLETE' },
    });
    await history.record(operationId(2), revision, { outcome: { do: 'end', state: 'SUCCEEDED' } });
    expect(await history.findBackup('nightly', undefined)).toMatchObject({ state: 'INCOMPLETE' });
  });

  it('tells labels, notes and holds', async () => {
    const { history } = await makeHistory();
    await completed(
      history,
      newCreate(1, 'nightly', {
        events: [requested, { ...requested, kind: 'backup.state-changed', after: { state: 'COMPLETED' } }],
      }),
    );
    const key = await keyOf(history, 'nightly');
    await history.annotate(key, command, { labels: { env: 'test', old: 'x' }, note: 'a note' });
    await history.annotate(key, command, {
      labels: { old: null },
      hold: { reason: 'law', until: new Date('2200-01-01T00:00:00Z') },
    });
    await expectFoldsMatch(history);
    await history.annotate(key, command, { hold: { reason: 'audit', until: undefined }, note: null });
    await expectFoldsMatch(history);
    await history.annotate(key, command, { hold: null });
    await expectFoldsMatch(history);
  });

  it('shows a change that no event reports', async () => {
    const { history } = await makeHistory();
    await failed(history, newCreate(1, 'nightly'));
    const [one] = await history.backupsWithEvents(undefined, 10);
    const is = one && folded(one);
    expect(is && disagreements(one.backup, is, new Date('2100-01-01T00:00:00Z'))).toEqual([
      { field: 'state', row: 'FAILED', folded: 'IN_PROGRESS' },
    ]);
  });
};
