import type { OperationEnd } from '@tandem/shared/domain/operation/operation.ts';
import { expect, it } from 'vitest';
import type { History } from '../../ports/history.ts';
import type { RestoreKind } from '../../ports/restores.ts';
import { accepted, claimed, newCreate, operationId } from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';
import { backedUp, restored as ended, newRestore, restoring } from './examples.ts';

type Past = { readonly kind?: RestoreKind; readonly state?: OperationEnd; readonly report?: object };

/** The nth backup with a restore that has ended. */
const past = async (history: History, nth: number, { kind = 'restore', ...end }: Past = {}): Promise<string> => {
  const id = await restoring(history, newRestore(nth + 100, await backedUp(history, nth), { kind }));
  await ended(history, id, end);
  return id;
};

export const restored = (makeHistory: MakeHistory): void => {
  it('shows a restore with its task and its memory', async () => {
    const { history } = await makeHistory();
    const id = await restoring(history, newRestore(2, await backedUp(history, 1)));
    const { revision } = await claimed(history, id);
    await history.record(id, revision, { detail: { step: 'closing', left: null }, outcome: { do: 'hold' } });
    const operation = await history.findOperation(id);
    expect(await history.findRestore(id)).toEqual({
      ...operation,
      detail: { inPlace: true, safetyBackup: false, step: 'closing', left: null },
    });
    expect(operation).toMatchObject({
      kind: 'restore',
      state: 'RUNNING',
      backupId: 'backup-1',
      requestId: 'request-2',
    });
  });

  it('finds no restore under the id of anything else', async () => {
    const { history } = await makeHistory();
    await accepted(history, newCreate(1, 'nightly'));
    for (const id of [operationId(1), operationId(9), 'x']) expect(await history.findRestore(id)).toBeUndefined();
  });

  it('lists restores and rehearsals only, newest first, page by page', async () => {
    const { history } = await makeHistory();
    const ids = [await past(history, 1), await past(history, 2, { kind: 'rehearse', state: 'FAILED' })];
    ids.unshift(await restoring(history, newRestore(103, await backedUp(history, 3))));
    await accepted(history, newCreate(5, 'elsewhere', { location: { ...elsewhere } }));
    const [open, first, second] = ids;
    const listed = async (...command: Parameters<typeof history.listRestores>) =>
      (await history.listRestores(...command)).map((restore) => restore.operationId);
    expect(await listed({}, undefined, 10)).toEqual([open, second, first]);
    expect(await listed({ kinds: ['rehearse'] }, undefined, 10)).toEqual([second]);
    expect(await listed({ states: ['SUCCEEDED', 'QUEUED'] }, undefined, 10)).toEqual([open, first]);
    expect(await listed({ backupId: 'backup-1' }, undefined, 10)).toEqual([first]);
    expect(await listed({ backupId: 'backup-9' }, undefined, 10)).toEqual([]);
    expect(await listed({ kinds: [] }, undefined, 10)).toEqual([]);
    const [page] = await history.listRestores({}, undefined, 1);
    expect(page).toMatchObject({ operationId: open, detail: { inPlace: true } });
    expect(await listed({}, page?.position, 1)).toEqual([second]);
  });

  it('tells the reports of those that succeeded, last first', async () => {
    const { history, advance } = await makeHistory();
    expect(await history.pastReports(10)).toEqual([]);
    const slow = await restoring(history, newRestore(100, await backedUp(history, 50), { clusterUuid: 'cluster-b' }));
    for (const [nth, end] of ENDS.entries()) {
      await past(history, nth + 1, end);
      await advance(1_000);
    }
    await ended(history, slow, { report: { bytes: 9 } });
    expect(await history.pastReports(10)).toEqual([{ bytes: 9 }, { bytes: 2 }, { bytes: 1 }]);
    expect(await history.pastReports(2)).toEqual([{ bytes: 9 }, { bytes: 2 }]);
  });

  it('names rehearsals that ended lately, last first', async () => {
    const { history, advance } = await makeHistory();
    const old = await past(history, 1, { kind: 'rehearse' });
    await advance(60_000);
    const failed = await past(history, 2, { kind: 'rehearse', state: 'FAILED' });
    await advance(1_000);
    const stopped = await past(history, 3, { kind: 'rehearse', state: 'CANCELLED' });
    await past(history, 4);
    await restoring(history, newRestore(200, await backedUp(history, 5), { kind: 'rehearse' }));
    const late = [
      { operationId: stopped, backupId: 'backup-3', state: 'CANCELLED' },
      { operationId: failed, backupId: 'backup-2', state: 'FAILED' },
    ];
    expect(await history.endedRehearsals(30_000, 10)).toEqual(late);
    expect(await history.endedRehearsals(30_000, 1)).toEqual(late.slice(0, 1));
    expect(await history.endedRehearsals(120_000, 10)).toEqual([
      ...late,
      { operationId: old, backupId: 'backup-1', state: 'SUCCEEDED' },
    ]);
  });
};

const elsewhere = { clusterUuid: 'cluster-b', repository: 'others', repositoryUuid: 'repository-b' };

const ENDS: readonly Past[] = [
  { report: { bytes: 1 } },
  { report: { bytes: 7 }, state: 'FAILED' },
  {},
  { report: { bytes: 2 }, kind: 'rehearse' },
];
