import { expect, it } from 'vitest';
import { NO_MEMORY, type RestoreMemory, type RestoreTask } from './restore-memory.ts';
import { currentStep } from './restore-step.ts';

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
