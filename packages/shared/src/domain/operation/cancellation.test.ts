import { describe, expect, it } from 'vitest';
import type { BackupState } from '../backup/backup.ts';
import { type Cancelling, cancellation, cancelledReason, isCancelled, sentence } from './cancellation.ts';
import type { OperationKind } from './operation.ts';

const actor = { kind: 'anonymous', address: '192.0.2.1' } as const;
const request: Cancelling = { actor, reason: 'wrong id', requestId: 'request-1' };
const at = new Date('2026-03-01T12:00:00.000Z');
const reasonOf = (kind: OperationKind, cancelling: Cancelling, time: Date | undefined = at) =>
  cancelledReason(cancellation(kind, cancelling), time);
const NEXT_CREATE = 'Take a backup under another id, or delete this one to use its id again.';
const NEXT_DELETE = 'What it had deleted is gone: request the deletion again to delete the rest.';

it.each<[BackupState, string | undefined, boolean]>([
  ['INCOMPLETE', 'OPERATION_CANCELLED', true],
  ['FAILED', 'OPERATION_CANCELLED', true],
  ['COMPLETED', 'OPERATION_CANCELLED', false],
  ['FAILED', 'PART_DIFFERS', false],
  ['COMPLETED', undefined, false],
  ['INCOMPLETE', undefined, false],
])('tells whether a backup was cancelled: %s, %s -> %s', (state, code, expected) => {
  const failure = code === undefined ? undefined : { code, message: '', data: {} };
  expect(isCancelled({ state, failure })).toBe(expected);
});

describe('the reason of a cancelled operation', () => {
  it('names who cancelled it, when and why', () => {
    expect(reasonOf('create', request)).toEqual({
      code: 'OPERATION_CANCELLED',
      message: `Cancelled by 192.0.2.1 at 2026-03-01T12:00:00.000Z: wrong id. ${NEXT_CREATE}`,
      data: { cause: 'request', by: actor, reason: 'wrong id', requestId: 'request-1', at: '2026-03-01T12:00:00.000Z' },
    });
  });

  it.each<[OperationKind, string]>([
    ['create', ` ${NEXT_CREATE}`],
    ['delete', ` ${NEXT_DELETE}`],
    ['restore', ''],
    ['rehearse', ''],
  ])('says what to do next: %s', (kind, next) => {
    expect(reasonOf(kind, request).message).toBe(
      `Cancelled by 192.0.2.1 at 2026-03-01T12:00:00.000Z: wrong id.${next}`,
    );
  });

  it.each<OperationKind>(['create', 'delete'])('names the deletion that takes its place: %s', (kind) => {
    expect(reasonOf(kind, { ...request, supersededBy: 'deletion-1' })).toMatchObject({
      message: 'Cancelled by 192.0.2.1 at 2026-03-01T12:00:00.000Z, since deletion deletion-1 was requested: wrong id.',
      data: { cause: 'superseded', supersededBy: 'deletion-1' },
    });
  });

  it('is that of the report where a restore was abandoned', () => {
    const report = { code: 'RESTORE_ABANDONED', message: 'Nothing was touched.', data: { targets: 2, by: 'nobody' } };
    expect(reasonOf('restore', { ...request, report })).toMatchObject({
      code: 'RESTORE_ABANDONED',
      message: 'Cancelled by 192.0.2.1 at 2026-03-01T12:00:00.000Z: wrong id. Nothing was touched.',
      data: { targets: 2, cause: 'request', by: actor },
    });
  });

  it('says so where an earlier version did not record who, when and why', () => {
    const unrecorded = { actor: undefined, reason: undefined, requestId: undefined };
    const { data, message } = cancelledReason(cancellation('rehearse', unrecorded), undefined);
    expect(message).toBe('Cancelled by a caller that was not recorded at an unknown time: no reason was given.');
    expect(data).toStrictEqual({ cause: 'request' });
  });
});

it.each([
  ['no full stop', 'no full stop.'],
  ['one.', 'one.'],
  ['why?', 'why?'],
  ['now!', 'now!'],
  ['3.9 was wrong', '3.9 was wrong.'],
])('ends a text as a sentence: %j -> %j', (text, expected) => {
  expect(sentence(text)).toBe(expected);
});
