import { remedyOf } from '@tandem/shared/domain/failure/remedy.ts';
import { expect, it } from 'vitest';
import { lastTryAnswer, waitingAnswer } from './operation-answer.ts';

const reason = { code: 'ENGINE_BUSY', message: 'The engine is busy.', data: { call: 'x' } };
const lastError = { errorClass: 'transient', reason, at: new Date(1_000), nextAttemptAt: new Date(2_000) } as const;

it('shows why an open operation failed last, what to do, and when it is tried again', () => {
  expect(lastTryAnswer({ lastError })).toEqual({
    lastError: {
      code: 'ENGINE_BUSY',
      message: 'The engine is busy.',
      remedy: remedyOf('ENGINE_BUSY', 'transient'),
      at: '1970-01-01T00:00:01.000Z',
    },
    nextAttemptAt: '1970-01-01T00:00:02.000Z',
  });
});

it('shows no next attempt of a suspended operation, and neither where nothing failed', () => {
  expect(lastTryAnswer({ lastError: { ...lastError, nextAttemptAt: undefined } }).nextAttemptAt).toBeNull();
  expect(lastTryAnswer({ lastError: undefined })).toEqual({ lastError: null, nextAttemptAt: null });
});

it.each([
  ['something', 'a late create', new Date(5_000), { for: 'a late create', until: '1970-01-01T00:00:05.000Z' }],
  ['its next poll', undefined, new Date(5_000), null],
  ['nothing: it has ended', undefined, undefined, null],
])('what an operation waits for, and until when: %s', (_, waitingFor, nextTickAt, waiting) => {
  expect(waitingAnswer({ waitingFor, nextTickAt })).toEqual(waiting);
});
