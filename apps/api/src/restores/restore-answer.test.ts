import type { RestoreRecord } from '@tandem/history/ports/restores.ts';
import type { RestoreState } from '@tandem/shared/contract/choices.ts';
import { Restore } from '@tandem/shared/contract/restores.ts';
import { OPERATION_STATES } from '@tandem/shared/domain/operation/operation.ts';
import { NO_MEMORY, newRestoreDetail, type RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { describe, expect, it } from 'vitest';
import { operationStates, restoreAnswer, restoreState } from './restore-answer.ts';

const states: readonly RestoreState[] = [
  'QUEUED',
  'RUNNING',
  'RUNNING',
  'SUSPENDED',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
];

describe('states', () => {
  it('are those of the operation, in the words of a restore', () => {
    expect(OPERATION_STATES.map(restoreState)).toEqual(states);
  });

  it.each([
    [['RUNNING'], ['RUNNING', 'WAITING']],
    [
      ['SUCCEEDED', 'FAILED'],
      ['SUCCEEDED', 'FAILED'],
    ],
  ] as const)('%j are %j of operations', (wanted, found) => {
    expect(operationStates(wanted)).toEqual(found);
  });
});

const task: RestoreTask = {
  rename: { pattern: '(.+)', replacement: 'x-$1' },
  deleteExisting: true,
  acceptVersion: undefined,
  only: undefined,
  copy: false,
  acceptDiskShort: false,
  deleteUnknown: [],
  keepUnknown: [],
  notRestored: [],
  inPlace: false,
  clusterUuid: 'cluster',
  parts: [{ number: 1, snapshot: 's', uuid: 'u', indices: [{ index: 'a', as: 'x-a' }] }],
  deletes: [{ index: 'x-a', uuid: 'v' }],
  planHash: 'hash',
  rollback: true,
  restoreTemplates: false,
  safetyBackupId: 'before',
  bytes: undefined,
};
const record = (more: Partial<RestoreRecord> = {}): RestoreRecord => ({
  operationId: 'id',
  waitingFor: undefined,
  position: '1',
  kind: 'restore',
  state: 'RUNNING',
  revision: 1,
  backupKey: '1',
  backupId: 'b',
  optimizeVersion: '3.9.0',
  repository: 'r',
  requestedAt: new Date(0),
  requestId: undefined,
  actor: { kind: 'anonymous', address: '::1' },
  nextTickAt: undefined,
  endedAt: undefined,
  attempts: 0,
  errorClass: undefined,
  failure: undefined,
  detail: newRestoreDetail(task, 'why'),
  ...more,
});

describe('an answer', () => {
  it('tells what was asked for', () => {
    const answer = restoreAnswer(record());
    expect(Restore.parse(answer)).toMatchObject({
      target: { renamePattern: '(.+)', renameReplacement: 'x-$1' },
      ...{ indices: 1, deletes: 1, deleteExisting: true, safetyBackupId: 'before', reason: 'why', step: 'preflight' },
    });
    const inPlace = { ...task, rename: undefined, safetyBackupId: undefined };
    expect(restoreAnswer(record({ detail: newRestoreDetail(inPlace, undefined) }))).toMatchObject({
      ...{ target: null, safetyBackupId: null, reason: null, stopReason: null, report: null },
    });
  });

  it('tells where it is, and of one that failed where it stopped', () => {
    const memory = { ...NO_MEMORY, checked: true, deleted: true, templatesDone: true, parts: { 1: 'done' } };
    const detail = { task, memory, stop: { reason: 'enough' } };
    expect(restoreAnswer(record({ detail }))).toMatchObject({ step: 'compare', stopReason: 'enough' });
    const failure = { code: 'RESTORE_DIFFERS', message: 'm', data: { step: 'compare' } };
    expect(restoreAnswer(record({ detail: { task, memory: null }, state: 'FAILED', failure })).step).toBe('compare');
  });
});
