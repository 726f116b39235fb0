import type { FailedRehearsal, Proof } from '@tandem/shared/domain/backup/backup.ts';
import { expect, it } from 'vitest';
import type { PartChange } from '../../ports/backups.ts';
import type { History } from '../../ports/history.ts';
import type { Evidence, OperationChange } from '../../ports/ledger.ts';
import { accepted, claimed, here, newCreate, operationId, refused, someone } from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';
import { backedUp, newRestore, restoring } from './examples.ts';

const digest = (letter: string): string => letter.repeat(64);
const [A, B, C] = [digest('a'), digest('b'), digest('c')];

const proof: Proof = {
  ...{ operationId: operationId(2), at: '2026-03-01T12:00:00.000Z', milliseconds: 4_000, whole: true },
  ...{ indices: 3, documents: 1_000_000, bytes: 5_000_000_000, compared: ['documents of each index', 'mappings'] },
};
const failedRehearsal: FailedRehearsal = {
  operationId: operationId(3),
  at: '2026-03-02T12:00:00.000Z',
  reason: refused,
};

/** Rehearses the first backup, records what it found, and ends. */
const rehearsed = async (
  history: History,
  nth: number,
  evidence: Evidence,
  end: Partial<Extract<OperationChange['outcome'], { do: 'end' }>> = {},
): Promise<void> => {
  const { key } = (await history.findBackup('backup-1', here)) ?? { key: '' };
  const id = await restoring(history, newRestore(nth, key, { kind: 'rehearse' }));
  const { revision } = await claimed(history, id);
  const outcome = { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED', ...end } as const;
  await history.record(id, revision, { evidence, outcome });
};

const manifests: readonly (readonly [string, readonly Partial<PartChange>[], object | undefined])[] = [
  ['none was taken', [{ state: 'SUCCESS' }], undefined],
  ['before only', [{ manifest: { before: A } }], { before: A, after: undefined }],
  ['before, then after', [{ manifest: { before: A } }, { manifest: { after: B } }], { before: A, after: B }],
  ['both at once', [{ manifest: { before: A, after: B } }], { before: A, after: B }],
  ['another after', [{ manifest: { before: A, after: B } }, { manifest: { after: C } }], { before: A, after: C }],
  [
    'a new before forgets the after',
    [{ manifest: { before: A, after: B } }, { manifest: { before: C } }],
    { before: C, after: undefined },
  ],
  ['an after of nothing', [{ manifest: { after: B } }], undefined],
  [
    'a vanished snapshot and a new start',
    [{ manifest: { before: A, after: B } }, { uuid: null, state: 'VANISHED' }, { started: true, state: 'STARTING' }],
    { before: A, after: B },
  ],
];

const measured: readonly (readonly [string, readonly Partial<PartChange>[], number | undefined])[] = [
  ['never', [{ state: 'SUCCESS' }], undefined],
  ['once', [{ bytes: 5_000_000_000_000 }, { state: 'SUCCESS' }], 5_000_000_000_000],
  ['twice', [{ bytes: 5 }, { bytes: 0 }], 0],
  ['before it was started again', [{ bytes: 5 }, { started: true, state: 'STARTING' }], undefined],
];

export const proving = (makeHistory: MakeHistory): void => {
  it('keeps with the end of a create whether its repository was verified, until its next end', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const end = async (outcome: Partial<Extract<OperationChange['outcome'], { do: 'end' }>>) => {
      const { revision } = await claimed(history, id);
      await history.record(id, revision, { outcome: { do: 'end', state: 'FAILED', backup: 'FAILED', ...outcome } });
      return (await history.findBackup('nightly', here))?.repositoryCheck;
    };
    const command = { actor: { kind: 'system', name: 'test' }, reason: 'again', requestId: undefined } as const;
    const check = { verified: false, reason: 'Node n2 left.', nodesLeft: ['n2'] };
    expect((await history.findBackup('nightly', here))?.repositoryCheck).toBeUndefined();
    expect(await end({ failure: refused, repositoryCheck: check })).toEqual(check);
    await history.retryOperation(id, command);
    expect(await end({ failure: refused })).toBeUndefined();
    await history.retryOperation(id, command);
    const verified = { verified: true };
    expect(await end({ state: 'SUCCEEDED', backup: 'COMPLETED', repositoryCheck: verified })).toEqual(verified);
    await restoring(history, newRestore(2, (await history.findBackup('nightly', here))?.key ?? ''));
    const restore = await claimed(history, operationId(2));
    await history.record(operationId(2), restore.revision, { outcome: { do: 'end', state: 'SUCCEEDED' } });
    expect((await history.findBackup('nightly', here))?.repositoryCheck).toEqual(verified);
    expect(await history.incarnationsOf('nightly')).toMatchObject([{ repositoryVerified: true }]);
    expect(await history.incarnationsWithEvents('nightly')).toMatchObject([
      { backup: { repositoryVerified: true, repositoryCheck: verified } },
    ]);
  });

  it.each(manifests)('keeps what the indices of a part were: %s', async (_, changes, manifest) => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    for (const change of changes) {
      await history.record(id, revision, { parts: [{ number: 1, ...change }], outcome: { do: 'hold' } });
    }
    const { parts = [] } = (await history.findBackup('nightly', here)) ?? {};
    expect(parts.map((part) => part.manifest)).toEqual([manifest, undefined]);
  });

  it.each(manifests)('keeps the same where all changes come at once: %s', async (_, changes, manifest) => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    const parts = changes.map((change) => ({ number: 1, ...change }));
    await history.record(id, revision, { parts, outcome: { do: 'wait', inMs: 0 } });
    expect((await claimed(history, id)).backup.parts[0]?.manifest).toEqual(manifest);
  });

  it.each(measured)('keeps what a part holds: measured %s', async (_, changes, bytes) => {
    for (const atOnce of [true, false]) {
      const { history } = await makeHistory();
      const id = await accepted(history, newCreate(1, 'nightly'));
      const { revision } = await claimed(history, id);
      const parts = changes.map((change) => ({ number: 1, ...change }));
      for (const changed of atOnce ? [parts] : parts.map((part) => [part])) {
        await history.record(id, revision, { parts: changed, outcome: { do: 'hold' } });
      }
      const kept = (await history.findBackup('nightly', here))?.parts.map((part) => part.bytes);
      expect(kept, `at once: ${atOnce}`).toEqual([bytes, undefined]);
      expect((await history.incarnationsOf('nightly'))[0]?.parts.map((part) => part.bytes)).toEqual(kept);
    }
  });

  it('keeps the proof of a rehearsal, and a failed rehearsal beside it until the next proof', async () => {
    const { history } = await makeHistory();
    await backedUp(history, 1);
    await rehearsed(history, 2, { proof });
    expect(await history.findBackup('backup-1', here)).toMatchObject({ proof, failedRehearsal: undefined });
    await rehearsed(history, 3, { failedRehearsal }, { state: 'FAILED', failure: refused });
    expect(await history.findBackup('backup-1', here)).toMatchObject({ proof, failedRehearsal, failure: undefined });
    await rehearsed(history, 4, {});
    expect(await history.findBackup('backup-1', here)).toMatchObject({ proof, failedRehearsal });
    const later = { ...proof, operationId: operationId(5) };
    await rehearsed(history, 5, { proof: later });
    const backup = await history.findBackup('backup-1', here);
    expect({ proof: backup?.proof, failedRehearsal: backup?.failedRehearsal }).toEqual({
      proof: later,
      failedRehearsal: undefined,
    });
  });

  it('keeps what a rehearsal found while it goes on, and its end leaves that', async () => {
    const { history } = await makeHistory();
    const { key } = await backedUp(history, 1).then(
      async () => (await history.findBackup('backup-1', here)) ?? { key: '' },
    );
    const id = await restoring(history, newRestore(2, key, { kind: 'rehearse' }));
    const found = async () => {
      const backup = await history.findBackup('backup-1', here);
      return [backup?.proof, backup?.failedRehearsal];
    };
    const compared = await claimed(history, id);
    await history.record(id, compared.revision, { evidence: { failedRehearsal }, outcome: { do: 'wait', inMs: 0 } });
    expect(await found()).toEqual([undefined, failedRehearsal]);
    const again = await claimed(history, id);
    expect(again.backup.failedRehearsal).toEqual(failedRehearsal);
    await history.record(id, again.revision, { evidence: { proof }, outcome: { do: 'wait', inMs: 0 } });
    expect(await found()).toEqual([proof, undefined]);
    const { revision, backup } = await claimed(history, id);
    expect(backup.proof).toEqual(proof);
    await history.record(id, revision, { outcome: { do: 'end', state: 'FAILED', failure: refused } });
    expect(await found()).toEqual([proof, undefined]);
  });

  it('has the age of the newest full proof of what is not deleted', async () => {
    const { history } = await makeHistory();
    await backedUp(history, 1);
    const { now } = await history.farLeases(1);
    const provenAgo = (seconds: number) => ({ ...proof, at: new Date(now.getTime() - seconds * 1_000).toISOString() });
    await rehearsed(history, 2, { proof: provenAgo(500) });
    await rehearsed(history, 3, { partialProof: provenAgo(0) });
    expect(Math.round(((await history.figures()).lastFullProofAgeSeconds ?? 0) / 10)).toBe(50);
    const deletion = { operationId: operationId(4), keepBackup: false, onlyUnfinished: false, deleteDiscovered: false };
    const { key } = (await history.findBackup('backup-1', here)) ?? { key: '' };
    await history.requestDeletion(key, { actor: someone, reason: 'old', requestId: undefined }, deletion);
    const { revision } = await claimed(history, operationId(4));
    await history.record(operationId(4), revision, { outcome: { do: 'end', state: 'SUCCEEDED', deleted: true } });
    expect((await history.figures()).lastFullProofAgeSeconds).toBeUndefined();
  });

  it('keeps a partial proof beside the full one, and a failed rehearsal unless it is ended', async () => {
    const { history } = await makeHistory();
    await backedUp(history, 1);
    await rehearsed(history, 2, { proof });
    await rehearsed(history, 3, { failedRehearsal }, { state: 'FAILED', failure: refused });
    const partialProof = { ...proof, operationId: operationId(4), whole: false };
    await rehearsed(history, 4, { partialProof });
    expect(await history.findBackup('backup-1', here)).toMatchObject({ proof, partialProof, failedRehearsal });
    await rehearsed(history, 5, {
      partialProof: { ...partialProof, operationId: operationId(5) },
      endsFailedRehearsal: true,
    });
    expect(await history.findBackup('backup-1', here)).toMatchObject({
      ...{ proof, partialProof: { operationId: operationId(5) }, failedRehearsal: undefined },
    });
  });
};
