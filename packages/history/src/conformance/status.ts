import type { Proof } from '@tandem/shared/domain/backup/backup.ts';
import { expect, it } from 'vitest';
import {
  claimed,
  command,
  completed,
  deleted,
  deletion,
  failed,
  foundSet,
  keyOf,
  newCreate,
  operationId,
} from './examples.ts';
import type { MakeHistory } from './history-under-test.ts';
import { backedUp, newRestore, restored, restoring } from './restores/examples.ts';

const found = (backupId: string, day: number, state: 'COMPLETED' | 'FAILED' = 'COMPLETED') => {
  const endedAt = new Date(Date.UTC(2026, 0, day));
  const set = foundSet(backupId, { requestedAt: endedAt, state });
  return { ...set, parts: set.parts.map((part) => ({ ...part, endedAt })) };
};

export const protecting = (makeHistory: MakeHistory): void => {
  it('are empty in an empty history', async () => {
    const { history } = await makeHistory();
    expect(await history.statusFigures(3)).toEqual({
      ...{ completed: [], proven: undefined, failed: undefined, lastRestore: undefined, parts: undefined },
    });
  });

  it('list what is COMPLETED, the one that ended last first, without deleted and safety backups', async () => {
    const { history } = await makeHistory();
    await history.discover(found('second', 2));
    await history.discover(found('third', 3));
    await history.discover(found('first', 1));
    await history.discover(found('failed', 4, 'FAILED'));
    await history.discover({ ...found('safety', 5), safetyOf: operationId(9) });
    await completed(history, newCreate(1, 'gone'));
    await history.requestDeletion(await keyOf(history, 'gone'), command, deletion(2));
    await deleted(history, operationId(2));
    const { completed: listed } = await history.statusFigures(2);
    const ageMs = expect.any(Number);
    expect(listed).toEqual([
      { backupId: 'third', optimizeVersion: '8.7.0', endedAt: new Date('2026-01-03T00:00:00Z'), ageMs },
      { backupId: 'second', optimizeVersion: '8.7.0', endedAt: new Date('2026-01-02T00:00:00Z'), ageMs },
    ]);
    const [third, second] = listed.map((one) => one.ageMs);
    expect((second ?? 0) - (third ?? 0)).toBe(86_400_000);
  });

  it('count what FAILED since the last COMPLETED, and name the last one', async () => {
    const { history } = await makeHistory();
    await failed(history, newCreate(1, 'one'));
    await failed(history, newCreate(2, 'two'));
    expect((await history.statusFigures(1)).failed).toEqual({ backupId: 'two', count: 2 });
    await completed(history, newCreate(3, 'three'));
    expect((await history.statusFigures(1)).failed).toBeUndefined();
    await failed(history, newCreate(4, 'four'));
    expect((await history.statusFigures(1)).failed).toEqual({ backupId: 'four', count: 1 });
  });

  it('name the backup with a full proof that was requested last', async () => {
    const { history } = await makeHistory();
    const now = Date.parse((await history.readLine([])).now);
    const at = new Date(now - 500_000).toISOString();
    const proof: Proof = {
      ...{ operationId: operationId(2), at, milliseconds: 1, whole: true },
      ...{ indices: 1, documents: 1, bytes: 1, compared: ['mappings'] },
    };
    const id = await restoring(history, newRestore(2, await backedUp(history, 1), { kind: 'rehearse' }));
    const { revision } = await claimed(history, id);
    const outcome = { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' } as const;
    await history.record(id, revision, { evidence: { proof }, outcome });
    await backedUp(history, 3);
    const { proven: named } = await history.statusFigures(1);
    expect(named).toEqual({ backupId: 'backup-1', provenAt: new Date(at), ageMs: expect.any(Number) });
    expect(Math.abs((named?.ageMs ?? 0) - 500_000)).toBeLessThan(60_000);
  });

  it('name the last restore that ended, and no rehearsal', async () => {
    const { history } = await makeHistory();
    const key = await backedUp(history, 1);
    const lastRestore = async () => (await history.statusFigures(1)).lastRestore;
    await restored(history, await restoring(history, newRestore(2, key, { kind: 'rehearse' })));
    expect(await lastRestore()).toBeUndefined();
    await restored(history, await restoring(history, newRestore(3, key)), { state: 'FAILED' });
    await restoring(history, newRestore(4, key));
    const { failure, ...last } = (await lastRestore()) ?? {};
    expect(last).toEqual({ operationId: operationId(3), backupId: 'backup-1', state: 'FAILED' });
    expect(failure).toBeUndefined();
    await restored(history, operationId(4));
    expect(await lastRestore()).toMatchObject({ operationId: operationId(4), state: 'SUCCEEDED' });
  });
};
