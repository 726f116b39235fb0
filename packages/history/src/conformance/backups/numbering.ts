import { expect, it } from 'vitest';
import {
  accepted,
  command,
  completed,
  deleted,
  deletion,
  failed,
  foundSet,
  here,
  keyOf,
  newCreate,
  operationId,
  refused,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';

const elsewhere = { clusterUuid: 'cluster-a', repository: 'old', repositoryUuid: 'repository-old' };

export const numbering = (makeHistory: MakeHistory): void => {
  it('lists ids that are numbers in digits alone, newest first', async () => {
    const { history, advance } = await makeHistory();
    expect(await history.numberedBackups(10)).toEqual([]);
    const ids = [
      '7',
      '20261130',
      '1234567890123456',
      '07',
      '0',
      '-1',
      '1.0',
      '1e3',
      '1a',
      'nightly',
      '12345678901234567',
    ];
    for (const [at, id] of ids.entries()) {
      await completed(history, newCreate(at + 1, id));
      await advance(1_000);
    }
    const found = await history.numberedBackups(10);
    expect(found.map(({ backupId }) => backupId)).toEqual(['1234567890123456', '20261130', '7']);
    expect((await history.numberedBackups(2)).map(({ backupId }) => backupId)).toEqual([
      '1234567890123456',
      '20261130',
    ]);
  });

  it('shows of each what its state and its snapshots are folded from', async () => {
    const { history, advance } = await makeHistory();
    const oldestIndex = { index: 'optimize-alert_v4', createdVersion: 7_172_999 };
    const set = foundSet('1');
    await history.discover({ ...set, parts: set.parts.map((part) => ({ ...part, oldestIndex })) });
    await advance(1_000);
    await failed(history, newCreate(1, '2'));
    const [made, found] = await history.numberedBackups(10);
    const facts = { state: 'SUCCESS', versionId: 8_537_000, startedAt: new Date('2026-01-01T10:00:00Z'), failures: [] };
    const shards = { total: 3, successful: 3, failed: 0 };
    expect(found).toEqual({
      ...{ key: expect.any(String), backupId: '1', location: here, state: 'COMPLETED' },
      ...{ requestedAt: new Date('2026-01-01T10:00:00Z'), failure: undefined, create: undefined, deletion: undefined },
      parts: [1, 2].map((number) => ({
        ...{
          number,
          snapshotName: `1-${number}`,
          uuid: `uuid-${number}`,
          ...facts,
          shards,
          oldestIndex,
          drift: undefined,
        },
      })),
    });
    expect(made).toMatchObject({
      ...{ backupId: '2', state: 'FAILED', failure: refused, create: { operationId: operationId(1), state: 'FAILED' } },
      parts: [{ state: 'PLANNED', uuid: undefined, startedAt: undefined, shards: undefined }, {}],
    });
  });

  it('shows an open deletion, and leaves out what is deleted', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, '1'));
    await accepted(history, newCreate(2, '2'));
    await history.cancelOperation(operationId(2), command, deletion(3, { keepBackup: true, onlyUnfinished: true }));
    await history.requestDeletion(await keyOf(history, '1'), command, deletion(4));
    const deletions = async () => (await history.numberedBackups(10)).map((one) => [one.backupId, one.deletion]);
    const open = { state: 'QUEUED', onlyUnfinished: false, keepsBackup: false };
    expect(await deletions()).toEqual([
      ['2', { ...open, operationId: operationId(3), onlyUnfinished: true, keepsBackup: true }],
      ['1', { ...open, operationId: operationId(4) }],
    ]);
    await deleted(history, operationId(4));
    expect((await deletions()).map(([id]) => id)).toEqual(['2']);
  });

  it('shows every incarnation of an id', async () => {
    const { history, advance } = await makeHistory();
    await completed(history, newCreate(1, '5', { location: elsewhere }));
    await advance(1_000);
    await completed(history, newCreate(2, '5'));
    const found = await history.numberedBackups(10);
    expect(found.map(({ location }) => location.repository)).toEqual(['backups', 'old']);
  });
};
