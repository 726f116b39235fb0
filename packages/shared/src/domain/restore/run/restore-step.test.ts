import { describe, expect, it } from 'vitest';
import { NO_MEMORY, type RestoreDetail, type RestoreMemory, type RestoreTask } from './restore-memory.ts';
import { currentStep, nextRestoreStep } from './restore-step.ts';
import { NOT_MEASURED } from './restoring.ts';

const task = { deletes: [{ index: 'a' }], safetyBackupId: 'before', parts: [{ number: 1 }, { number: 2 }] };
const taskOf = (more: object = {}) => ({ ...task, ...more }) as unknown as RestoreTask;
const ending = { state: 'SUCCEEDED', at: 'done', reason: undefined } as const;

it.each([
  ['nothing was done', {}, {}, 'preflight'],
  ['it was checked, and saves what it will delete', { checked: true }, {}, 'safety-backup'],
  ['it was checked, and saves nothing', { checked: true }, { safetyBackupId: undefined }, 'delete-existing'],
  ['it was saved', { checked: true, step: 'delete-existing' }, {}, 'delete-existing'],
  ['it deletes nothing', { checked: true }, { deletes: [] }, 'parts'],
  ['what was there is deleted', { checked: true, deleted: true, step: 'delete-existing' }, {}, 'parts'],
  ['a part is missing', { checked: true, deleted: true, parts: { 1: 'done', 2: 'accepted' } }, {}, 'parts'],
  [
    'templates are tried again after the last part',
    { checked: true, deleted: true, step: 'parts', parts: { 1: 'done', 2: 'done' } },
    {},
    'templates',
  ],
  [
    'it is compared',
    { checked: true, deleted: true, step: 'templates', parts: { 1: 'done', 2: 'done' }, templatesDone: true },
    {},
    'compare',
  ],
  ['it sets the saved blocks', { checked: true, step: 'blocks', ending }, {}, 'blocks'],
  ['it has ended', { step: 'done' }, {}, 'done'],
] as const)('the step that a restore is at: %s', (_, memory, more, step) => {
  expect(currentStep({ task: taskOf(more), memory: { ...NO_MEMORY, ...(memory as Partial<RestoreMemory>) } })).toBe(
    step,
  );
});

describe('the next step', () => {
  const stop = {
    actor: { kind: 'client', address: '127.0.0.1' },
    ...{ reason: 'wrong backup', requestId: 'request-1', at: '2026-03-01T12:00:00.000Z' },
  } as unknown as NonNullable<RestoreDetail['stop']>;
  const parts = [1, 2].map((number) => ({
    ...{ number, snapshot: `s${number}`, uuid: null },
    indices: [{ index: `i${number}`, as: `i${number}` }],
  }));
  const done = { checked: true, deleted: true, parts: { 1: 'done', 2: 'done' } } as const;
  const seen = parts.map(({ number, snapshot }) => ({
    ...{ name: `i${number}`, uuid: `u${number}`, blocks: [], shards: 1, shardsDone: 1, failures: [] },
    source: { repository: 'r', snapshot },
  }));
  type Given = {
    readonly memory?: Partial<RestoreMemory>;
    readonly task?: object;
    readonly stop?: RestoreDetail['stop'];
    readonly atMs?: number;
  };
  const next = (given: Given) =>
    nextRestoreStep({
      detail: {
        task: taskOf({ parts, copy: false, rollback: true, ...given.task }),
        memory: { ...NO_MEMORY, ...given.memory },
        restored: { i1: 'u1', i2: 'u2' },
        ...{ reason: undefined, report: undefined, stop: given.stop },
      },
      ...{ repository: 'r', seen, operations: NOT_MEASURED, quietMs: 1_000, expiryMs: 3_600_000 },
      ...{ requestedAt: new Date(0), now: new Date(given.atMs ?? 0) },
    });

  it.each<[string, Given, object]>([
    ['checks first', {}, { step: 'preflight' }],
    ['saves what it will delete', { memory: { checked: true } }, { step: 'safety-backup' }],
    [
      'deletes at once where nothing is to be saved',
      { memory: { checked: true }, task: { safetyBackupId: undefined } },
      { step: 'delete-existing' },
    ],
    ['deletes what it saved', { memory: { checked: true, step: 'delete-existing' } }, { step: 'delete-existing' }],
    [
      'sends the first part where nothing is deleted',
      { memory: { checked: true }, task: { deletes: [] } },
      { step: 'send', part: parts[0] },
    ],
    ['sends the first part once all is deleted', { memory: { ...done, parts: {} } }, { step: 'send', part: parts[0] }],
    [
      'sends the second part once the first is done',
      { memory: { ...done, parts: { 1: 'done' } } },
      { step: 'send', part: parts[1] },
    ],
    ['handles templates after the last part', { memory: done }, { step: 'templates' }],
    ['compares at last', { memory: { ...done, templatesDone: true } }, { step: 'compare' }],
  ])('%s', (_, given, step) => {
    expect(next(given)).toEqual(step);
  });

  it('fails where it was stopped, and says who did it, when and why', () => {
    expect(next({ stop, memory: { ...done, step: 'parts' } })).toEqual({
      ...{ step: 'fail', at: 'parts' },
      reason: {
        code: 'RESTORE_STOPPED',
        message: expect.stringMatching(/2026-03-01T12:00:00\.000Z.*wrong backup/),
        data: { cause: 'request', by: stop.actor, reason: 'wrong backup', requestId: 'request-1', at: stop.at },
      },
    });
    const { at: _, ...earlier } = stop;
    expect(next({ stop: earlier as typeof stop })).toMatchObject({
      reason: { message: expect.stringContaining('an unknown time') },
    });
  });

  it('fails where it has written nothing and its plan is too old, before it checks anything', () => {
    const step = { step: 'fail', at: 'preflight', reason: { code: 'RESTORE_EXPIRED' } };
    expect(next({ atMs: 3_600_001 })).toMatchObject(step);
    expect(next({ atMs: 3_600_000 })).toEqual({ step: 'preflight' });
  });

  it('of one that is ending is that of its end, even if it is stopped as well', () => {
    const deleting = { ending: { state: 'FAILED', at: 'delete-existing', reason: undefined }, deleting: true } as const;
    expect(next({ stop, memory: deleting })).toMatchObject({ step: 'quiet' });
  });
});
