import type { AttemptRecord } from '@tandem/history/ports/operations.ts';
import { expect, it } from 'vitest';
import { lastErrorOf, waitingAnswer } from './operation-answer.ts';

const reason = { code: 'ENGINE_BUSY', message: 'The engine is busy.', data: {} };
const attempt: AttemptRecord = {
  ...{
    number: 1,
    part: 1,
    trigger: 'retry',
    actor: { kind: 'system', name: 'worker' },
    errorClass: 'transient',
    reason,
  },
  ...{ startedAt: new Date(0), endedAt: new Date(1_000), nextTryAt: new Date(2_000) },
};
const open = { endedAt: undefined, errorClass: 'transient' } as const;
const expected = {
  ...{ failureClass: 'transient', reason },
  ...{ at: '1970-01-01T00:00:01.000Z', nextTryAt: '1970-01-01T00:00:02.000Z' },
};

it.each([
  ['an open one that is tried again', open, [attempt], expected],
  ['one that went on since', { ...open, errorClass: undefined }, [attempt], null],
  ['one whose last try went well', open, [attempt, { ...attempt, reason: undefined }], null],
  ['one without a try', open, [], null],
  ['one that has ended', { ...open, endedAt: new Date(3_000) }, [attempt], null],
] as const)('the last error of %s', (_, operation, attempts, error) => {
  expect(lastErrorOf(operation, attempts)).toEqual(error);
});

it.each([
  ['something', 'a late create', new Date(5_000), { for: 'a late create', until: '1970-01-01T00:00:05.000Z' }],
  ['its next poll', undefined, new Date(5_000), null],
  ['nothing: it has ended', undefined, undefined, null],
])('what an operation waits for, and until when: %s', (_, waitingFor, nextTickAt, waiting) => {
  expect(waitingAnswer({ waitingFor, nextTickAt })).toEqual(waiting);
});
