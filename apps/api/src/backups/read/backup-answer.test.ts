import { Backup } from '@tandem/shared/contract/backups.ts';
import type { BackupRecord, FailedRehearsal, PartRecord, Proof } from '@tandem/shared/domain/backup/backup.ts';
import { addedFailedRehearsal } from '@tandem/shared/domain/restore/failed-rehearsal.ts';
import { expect, it } from 'vitest';
import { backupAnswer } from './backup-answer.ts';

const at = '2026-01-01T00:00:00.000Z';
const record: BackupRecord = {
  key: '1',
  backupId: 'b',
  optimizeVersion: '3.9.0',
  profile: 'optimize',
  indexPrefix: 'optimize',
  origin: 'requested',
  location: { clusterUuid: 'cluster', repository: 'backups', repositoryUuid: undefined },
  requestedAt: new Date(0),
  state: 'COMPLETED',
  stateSeenAt: new Date(0),
  endedAt: undefined,
  deletedAt: undefined,
  failure: undefined,
  proof: undefined,
  partialProof: undefined,
  failedRehearsal: undefined,
  labels: {},
  note: undefined,
  hold: undefined,
  safetyOf: undefined,
  versionAssumed: false,
  parts: [],
  create: undefined,
};

it('shows what of the prefix was not ours, and null where nobody wrote it down', () => {
  expect(Backup.parse(backupAnswer(record, 'COMPLETED', undefined)).ownership).toBeNull();
  const names = Array.from({ length: 50 }, (_, at) => `optimize-operate-${at}`);
  const otherComponent = { names, count: 53, digest: 'd' };
  const ownership = { forms: ['plain', 'optimize'], classes: { otherComponent } } as const;
  expect(Backup.parse(backupAnswer({ ...record, ownership }, 'COMPLETED', undefined)).ownership).toMatchObject({
    ...{ unknown: [], otherComponent: names, forms: ['plain', 'optimize'] },
    more: { otherComponent: 3, unknown: 0 },
  });
});
const part: PartRecord = {
  ...{ number: 1, of: 2, snapshotName: 'one', indices: [], state: 'SUCCESS', starts: 1, uuid: 'u', failures: [] },
  ...{ engineVersion: undefined, versionId: undefined, startedAt: undefined, endedAt: undefined, shards: undefined },
  ...{ bytes: undefined, manifest: undefined, drift: undefined },
};

it('tells the last rehearsal that proved the backup, and the last where it could not', () => {
  const none = backupAnswer(record, 'COMPLETED', undefined);
  expect(Backup.parse(none)).toMatchObject({
    ...{ lastFullProof: null, lastPartialProof: null, failedRehearsal: null },
  });
  const proof = {
    ...{ operationId: 'p', at, milliseconds: 5, whole: true, indices: 2, documents: 8, bytes: 100 },
    compared: ['documents'],
  };
  const failedRehearsal = {
    operationId: 'd',
    at,
    reason: { code: 'RESTORE_DIFFERS', message: 'It differs.', data: {} },
  };
  const both = backupAnswer({ ...record, proof, failedRehearsal }, 'COMPLETED', undefined);
  expect(Backup.parse(both)).toMatchObject({
    lastFullProof: {
      ...{ operationId: 'p', at, durationMs: 5, complete: true, indices: 2, totalIndices: null, documents: 8 },
      compared: { documents: { indices: null, unmeasured: null, different: null } },
      ...{ unmeasured: null, unmeasuredIndices: null },
    },
    failedRehearsal: { ...failedRehearsal, unreadable: null },
  });
});

it('shows a rehearsal that could not read files also after others failed: it is the one that blocks a restore', () => {
  const failedWith = (operationId: string, code: string, only: readonly string[]) => ({
    ...{ operationId, at, reason: { code, message: 'It failed.', data: {} } },
    only,
  });
  const unreadable = failedWith('u', 'RESTORE_SHARDS_FAILED', ['one']);
  const different = failedWith('d', 'RESTORE_DIFFERS', ['two']);
  const shownOf = (failedRehearsal: FailedRehearsal) =>
    Backup.parse(backupAnswer({ ...record, failedRehearsal }, 'COMPLETED', undefined)).failedRehearsal;
  expect(shownOf(unreadable)).toEqual({ ...unreadable, unreadable });
  expect(shownOf(addedFailedRehearsal(unreadable, different))).toEqual({ ...different, unreadable });
});

it('shows a partial proof in a field of its own, with what was not measured', () => {
  const partialProof: Proof = {
    ...{ operationId: 'p', at, milliseconds: 5, whole: false, indices: 2, ofIndices: 34, documents: 8, bytes: 100 },
    compared: ['mapping'],
    aspects: { documents: { compared: 0, unmeasured: 2, different: 0 } },
    unmeasured: [{ index: 'optimize-alert_v4', aspects: ['documents'], why: 'saved' }],
    unmeasuredIndices: 2,
  };
  const shown = backupAnswer({ ...record, partialProof }, 'COMPLETED', undefined);
  expect(Backup.parse(shown)).toMatchObject({
    lastFullProof: null,
    lastPartialProof: {
      ...{
        operationId: 'p',
        at,
        durationMs: 5,
        complete: false,
        indices: 2,
        totalIndices: 34,
        documents: 8,
        bytes: 100,
      },
      compared: { mapping: {}, documents: { indices: 0, unmeasured: 2, different: 0 } },
      unmeasured: [{ index: 'optimize-alert_v4', aspects: ['documents'], why: 'saved' }],
      unmeasuredIndices: 2,
    },
  });
});

it('has a manifest of a part only with both measurements', () => {
  const parts = [undefined, 'b'].map((after) => ({ ...part, manifest: { before: 'a', after } }));
  const shown = backupAnswer({ ...record, parts }, 'COMPLETED', undefined);
  expect(shown.parts.map(({ hasManifest }) => hasManifest)).toEqual([false, true]);
});

it.each([
  [undefined, null, null],
  [{ verified: true }, true, null],
  [{ verified: false, reason: 'Late.' }, false, { reason: 'Late.', nodesLeft: [] }],
  [{ verified: false, reason: 'Left.', nodesLeft: ['n2'] }, false, { reason: 'Left.', nodesLeft: ['n2'] }],
])('shows whether its repository was verified: %j', (repositoryCheck, repositoryVerified, repositoryUnverified) => {
  const shown = Backup.parse(backupAnswer({ ...record, repositoryCheck }, 'COMPLETED', undefined));
  expect(shown).toMatchObject({ repositoryVerified, repositoryUnverified });
});

it.each([
  ['INCOMPLETE', true],
  // every part was there when its create was cancelled
  ['COMPLETED', false],
] as const)('explains a cancelled backup that is %s: %s', (state, isExplained) => {
  const failure = { code: 'OPERATION_CANCELLED', message: 'Cancelled by 127.0.0.1 at …: not now.', data: {} };
  expect(backupAnswer({ ...record, failure }, state, undefined).failure).toEqual(isExplained ? failure : null);
});
