import type { FailedRehearsal } from '@tandem/shared/domain/backup/backup.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import {
  type Ending,
  NO_MEMORY,
  type RestoreMemory,
  type RestoreReport,
  type RestoreTask,
  type StopRequest,
} from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { RestoreJob, RestoreTick } from '../context.ts';
import type { Left } from './aftermath.ts';

export const ID = '0198c0de-7000-7000-8000-000000000002';
const NOW = new Date('2026-01-01T00:01:00Z');
export const STARTED = '2026-01-01T00:00:00.000Z';
export const actor = { kind: 'system', name: 'worker' } as const;

/** Nothing was deleted, so that the engine is not asked for a safety backup. */
export const job = { actor } as unknown as RestoreJob;

export const seen = { operationId: ID, at: NOW.toISOString() };

export const part = (number: number, ...names: readonly string[]) => ({
  number,
  snapshot: `part ${number}`,
  indices: names.map((name) => ({ index: `saved-${name}`, as: name })),
});

const inPlace = {
  ...{ copy: false, rollback: true, deletes: [], notRestored: [], clusterUuid: 'ours' },
  parts: [part(1, 'b', 'a'), part(2, 'c')],
};

export const completed: Ending = { state: 'SUCCEEDED', at: 'done', reason: undefined };
export const because = (code: string): Reason => ({ code, message: 'Why.', data: { differing: 1 } });

export const failed = (code: string): Ending => ({
  ...{ state: 'FAILED', at: 'compare' },
  reason: { ...because(code), data: { differing: 1, step: 'compare' } },
});

export const report: RestoreReport = {
  ...{ indices: 3, documents: 7, bytes: 300, milliseconds: 4_000, compared: ['documents'] },
  ...{ aspects: { documents: { compared: 3, unmeasured: 0, different: 0 } }, unmeasured: [], unmeasuredIndices: 0 },
  ...{ differences: [], differing: 0, notRestored: [], unsaved: [], templates: null },
};

export type Given = {
  readonly task?: Partial<RestoreTask>;
  readonly memory?: Partial<RestoreMemory>;
  readonly report?: Partial<RestoreReport> | undefined;
  readonly stop?: StopRequest;
  readonly failedRehearsal?: FailedRehearsal | undefined;
};

export const tickOf = ({ task, memory, report, stop, failedRehearsal }: Given): RestoreTick => {
  const detail = {
    task: { ...inPlace, ...task },
    memory: { ...NO_MEMORY, startedAt: STARTED, parts: { 1: 'done', 2: 'done' }, ...memory },
    ...{ restored: {}, reason: undefined, report, stop },
  };
  const parts = [
    { state: 'SUCCESS', indices: ['saved-a', 'saved-b'] },
    { state: 'EMPTY', indices: ['gone'] },
    { state: 'SUCCESS', indices: ['saved-c'] },
  ];
  const operation = { operationId: ID, requestId: undefined, trigger: 'request', now: NOW, detail };
  return { job, operation: { ...operation, backup: { parts, failedRehearsal } }, detail } as unknown as RestoreTick;
};

export const nothing: Left = { indices: [] };
export const written: Left = { indices: [{ name: 'a', why: 'written', isBlocked: false }] };
