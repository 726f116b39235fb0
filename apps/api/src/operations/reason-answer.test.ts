import { expect, it } from 'vitest';
import { reasonAnswer } from './reason-answer.ts';

it('shows what an earlier version recorded of a failure under the names of now', () => {
  const by = { kind: 'anonymous', address: '::1' };
  const data = { cause: 'request', by, rolledBack: true, left: [] };
  expect(reasonAnswer({ code: 'RESTORE_STOPPED', message: 'Stopped.', data })).toEqual({
    ...{ code: 'RESTORE_STOPPED', message: 'Stopped.' },
    data: { cause: 'request', actor: by, rollback: true, left: [] },
  });
});
