import { describe, expect, it } from 'vitest';
import { NO_MEMORY, newRestoreDetail, type RestoreTask, readRestoreDetail } from './restore-memory.ts';

const task = { inPlace: true, deleteUnknown: ['a'], keepUnknown: [], notRestored: [] } as unknown as RestoreTask;
const stored = (detail: object) => readRestoreDetail(JSON.parse(JSON.stringify(detail)));

describe('the detail of a restore', () => {
  it('is read as it was written', () => {
    const detail = {
      ...{ task, reason: 'a disk failed', progressAt: '2026-03-01T12:00:00.000Z' },
      memory: { ...NO_MEMORY, checked: true, parts: { 1: 'done' } },
      ...{ restored: { a: 'u1' }, report: { indices: 1 }, stop: { reason: 'wrong backup' } },
    };
    expect(stored(detail)).toEqual(detail);
  });

  it.each(['reason', 'progressAt', 'restored', 'report', 'stop', 'memory'])(
    'lacks nothing where %s is null or absent',
    (field) => {
      const nothing = {
        ...{ task, memory: NO_MEMORY, restored: {} },
        ...{ reason: undefined, progressAt: undefined, report: undefined, stop: undefined },
      };
      expect(stored({ task })).toEqual(nothing);
      expect(stored({ task, [field]: null })).toEqual(nothing);
    },
  );

  it('reads the tasks of earlier versions', () => {
    expect(stored({ task: { inPlace: true } }).task).toMatchObject({
      deleteUnknown: [],
      keepUnknown: [],
      notRestored: [],
    });
  });

  it('reads whether it is rolled back as the version before wrote it, and writes it so', () => {
    const kept = { inPlace: true, task: { ...task, rollBack: false } };
    const detail = stored(kept);
    expect(detail.task).toMatchObject({ rollback: false });
    expect(newRestoreDetail(detail.task)).toEqual(kept);
  });

  it('begins with the task, and the reason where one was given', () => {
    expect(newRestoreDetail(task)).toEqual({ inPlace: true, task });
    expect(newRestoreDetail(task, 'a disk failed')).toEqual({ inPlace: true, task, reason: 'a disk failed' });
    expect('reason' in newRestoreDetail(task)).toBe(false);
  });
});
