import type { BackupDetails, BackupSummary } from '@tandem/shared/contract/audit.ts';
import type { Operation, OperationWithAttempts } from '@tandem/shared/contract/operations.ts';
import type { StoredPlan } from '@tandem/shared/contract/restore-plans.ts';
import type { Restore, RestorePlan, RestoreWithProgress } from '@tandem/shared/contract/restores.ts';
import {
  caller as actor,
  backupId,
  firstSnapshot,
  hold,
  operationId,
  requestId,
  restoreId,
  secondSnapshot,
  snapshotNames,
} from '@tandem/shared/domain/example-story.ts';
import { asStored } from '@tandem/shared/domain/history/stored-names.ts';
import { unclaimedReason } from '@tandem/shared/domain/operation/suspension.ts';
import { defaultProfile } from '@tandem/shared/domain/profile.ts';

export { backupId, hold, operationId, requestId, restoreId, snapshotNames };

const location = {
  clusterUuid: 'wYb1pBq3T0uB9Z3pQd0vXg',
  repository: 'backups',
  repositoryUuid: 'Qm2Yp8b7R3a5K1c9S4d6Tg',
};

export const backupSummary: BackupSummary = {
  backupId,
  state: 'COMPLETED',
  stateSeenAt: '2026-11-22T01:04:12.000Z',
  origin: 'requested',
  optimizeVersion: '3.9.0',
  component: defaultProfile.name,
  ...location,
  requestedAt: '2026-11-22T01:00:00.000Z',
  actor,
  endedAt: '2026-11-22T01:04:12.000Z',
  durationMs: 252_000,
  bytes: 812_344_120,
  deletedAt: null,
  failure: null,
  safetyOf: null,
  versionAssumed: false,
  repositoryVerified: true,
  lastProvenAt: '2026-11-22T09:12:30.000Z',
  labels: { env: 'production' },
  note: null,
  hold: null,
  parts: [
    {
      number: 1,
      of: 2,
      snapshotName: firstSnapshot,
      state: 'SUCCESS',
      uuid: 'k3JpY0mZQ4a8S7d1Lr5uXw',
      bytes: 2_112_344,
    },
    {
      number: 2,
      of: 2,
      snapshotName: secondSnapshot,
      state: 'SUCCESS',
      uuid: 'c8TqW2nVR6b0D9f3Mh7yZa',
      bytes: 810_231_776,
    },
  ],
};

export const exportedBackup = { key: '7', ...asStored('exportedBackup', backupSummary) };

const shards = { total: 24, successful: 24, failed: 0 };
const engineVersion = '7.17.0';

const restore: Restore = {
  operationId: restoreId,
  kind: 'rehearse',
  state: 'SUCCEEDED',
  backupId,
  optimizeVersion: '3.9.0',
  repository: location.repository,
  step: 'done',
  requestedAt: '2026-11-22T09:08:02.000Z',
  endedAt: '2026-11-22T09:12:30.000Z',
  actor,
  requestId,
  reason: 'monthly proof',
  target: { renamePattern: '^(.+)$', renameReplacement: 'tandem-rehearsal-6f2d1f4e-$1' },
  indices: 61,
  chosenIndices: null,
  acceptInconsistent: false,
  skippedParts: [],
  deleteExisting: false,
  deletes: 0,
  deleteUnknown: [],
  keepUnknown: [],
  acceptVersion: null,
  acceptFailedRehearsal: false,
  acceptUnknownVersions: false,
  dropAllocation: true,
  rollback: true,
  restoreTemplates: false,
  safetyBackupId: null,
  planHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  stopReason: null,
  attemptCount: 1,
  failure: null,
  lastError: null,
  nextAttemptAt: null,
  suspension: null,
  report: { indices: 61, documents: 1_284_311, differing: 0 },
};

export { restore };

const attempt: OperationWithAttempts['attempts'][number] = {
  number: 1,
  part: 1,
  trigger: 'request',
  actor: { kind: 'system', name: 'worker' },
  failureClass: null,
  reason: null,
  startedAt: '2026-11-22T01:00:00.120Z',
  endedAt: '2026-11-22T01:01:40.000Z',
  nextAttemptAt: null,
};

const ownership: RestorePlan['ownership'] = {
  ...{ ambiguous: [], unknown: [], otherComponent: [], otherInstallation: ['optimize-staging-metadata_v3'] },
  ...{ rehearsalCopy: [], outside: [], forms: ['plain'] },
};

export const backupDetails: BackupDetails = {
  asOf: null,
  backupId,
  state: 'COMPLETED',
  stateSeenAt: '2026-11-22T01:04:12.000Z',
  origin: 'requested',
  optimizeVersion: '3.9.0',
  component: defaultProfile.name,
  ...location,
  requestedAt: '2026-11-22T01:00:00.000Z',
  endedAt: '2026-11-22T01:04:12.000Z',
  deletedAt: null,
  failure: null,
  safetyOf: null,
  versionAssumed: false,
  ownership: {
    ...ownership,
    more: {
      ...{ ambiguous: 0, unknown: 0, otherComponent: 0, otherInstallation: 0 },
      ...{ rehearsalCopy: 0, outside: 0 },
    },
  },
  repositoryVerified: true,
  repositoryUnverified: null,
  bytes: 812_344_120,
  parts: backupSummary.parts.map((part, at) => ({
    ...part,
    indices: at === 0 ? ['optimize-position-based-import-index_v3'] : ['optimize-process-instance-invoice_v8'],
    startCount: 1,
    engineVersion,
    startedAt: '2026-11-22T01:00:00.300Z',
    endedAt: '2026-11-22T01:01:39.900Z',
    durationMs: 99_600,
    shards,
    failures: [],
    hasManifest: true,
    drift: null,
  })),
  create: { operationId, state: 'SUCCEEDED' },
  deletion: null,
  lastError: null,
  nextAttemptAt: null,
  progress: null,
  lastFullProof: {
    operationId: restoreId,
    at: '2026-11-22T09:12:30.000Z',
    durationMs: 268_000,
    complete: true,
    indices: 61,
    totalIndices: 61,
    documents: 1_284_311,
    bytes: 812_344_120,
    compared: {
      exists: { indices: 61, unmeasured: 0, different: 0 },
      primariesStarted: { indices: 61, unmeasured: 0, different: 0 },
      documents: { indices: 61, unmeasured: 0, different: 0 },
      mapping: { indices: 61, unmeasured: 0, different: 0 },
      settings: { indices: 61, unmeasured: 0, different: 0 },
    },
    unmeasured: [],
    unmeasuredIndices: 0,
  },
  lastPartialProof: null,
  failedRehearsal: null,
  labels: { env: 'production' },
  note: null,
  hold: null,
  attempts: [{ ...attempt, operationId, kind: 'create' }],
  restores: [],
  rehearsals: [restore],
  otherIncarnations: [],
};

export const operation: Operation = {
  operationId,
  kind: 'create',
  state: 'SUCCEEDED',
  backupId,
  optimizeVersion: '3.9.0',
  repository: location.repository,
  requestedAt: '2026-11-22T01:00:00.000Z',
  requestId,
  actor,
  nextTickAt: null,
  endedAt: '2026-11-22T01:04:12.000Z',
  attemptCount: 2,
  failureClass: null,
  failure: null,
  lastError: null,
  nextAttemptAt: null,
  suspension: null,
};

/** As shown in the preview of a release. */
export const suspendedSummary = {
  ...{ operationId, kind: 'create' as const, backupId, requestedAt: '2026-11-22T01:00:00.000Z' },
  suspension: { ...unclaimedReason(43_200_000), at: '2026-11-22T13:00:02.000Z' },
};

/** Just accepted. */
export const queued = (kind: Operation['kind']): Operation => ({
  ...operation,
  kind,
  state: 'QUEUED',
  nextTickAt: '2026-11-22T01:00:00.000Z',
  endedAt: null,
  attemptCount: 0,
});

export const operationWithAttempts: OperationWithAttempts = {
  ...operation,
  waiting: null,
  attempts: [attempt],
};

export const restoreWithProgress: RestoreWithProgress = {
  ...restore,
  progress: null,
  waiting: null,
  attempts: [attempt],
};

export const plan: RestorePlan = {
  backupId,
  optimizeVersion: '3.9.0',
  clusterUuid: location.clusterUuid,
  repository: location.repository,
  blockers: [],
  warnings: [],
  parts: backupSummary.parts.map(({ number, snapshotName, uuid }) => ({
    ...{ number, snapshotName, uuid },
    skipped: false,
  })),
  restores: [
    {
      part: 2,
      index: 'optimize-process-instance-invoice_v8',
      as: 'optimize-process-instance-invoice_v8',
      documents: 120_400,
      bytes: 88_120_344,
    },
  ],
  deletes: [],
  notRestored: [],
  aliasesLeftOff: [],
  ownership,
  documents: 120_400,
  bytes: 88_120_344,
  estimatedDurationMs: 40_000,
  templates: {
    ...{ missing: [], changed: [] },
    leftOut: [{ template: 'indexTemplates/optimize-staging-custom', why: 'otherInstallation' }],
  },
  planHash: restore.planHash,
};

export const storedPlan: StoredPlan = {
  ...plan,
  keep: [{ index: 'optimize-staging-alert_v4', class: 'otherInstallation' }],
  counts: { delete: 0, restore: 1, keep: 1, notRestored: 0 },
  truncated: [],
  request: {
    backupId,
    ...{ deleteExisting: false, deleteUnknown: [], keepUnknown: [] },
    ...{ acceptDiskShort: false, acceptFailedRehearsal: false, acceptInconsistent: false, dropAllocation: false },
    acceptUnknownVersions: false,
  },
  url: `/api/v1/restores/plans/${plan.planHash}`,
  plannedAt: '2026-11-22T09:10:00.000Z',
  expiresAt: '2026-11-29T09:10:00.000Z',
};

export const event = {
  id: '184',
  at: '2026-11-22T01:04:12.000Z',
  backupId,
  kind: 'backup.completed' as const,
  actor: { kind: 'system', name: 'worker' },
  source: 'worker' as const,
  reason: null,
  requestId,
  before: { state: 'IN_PROGRESS' },
  after: { state: 'COMPLETED' },
};

export const cursor = 'eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9';
