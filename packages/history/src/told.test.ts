import pg from 'pg';
import { expect, it } from 'vitest';
import { NotConnected, Unanswered } from './postgres/unanswered.ts';
import { told } from './told.ts';

const lost = Object.assign(new pg.DatabaseError('server conn crashed?', 1, 'error'), {
  ...{ severity: 'FATAL', code: '08P01' },
});

it('takes what a pooler says of a lost COMMIT for no verdict', () => {
  expect(told(new Unanswered(lost))).toEqual({
    ...{ connection: 'NO_ANSWER', words: 'server conn crashed?', unanswered: true },
  });
});

it('takes what a pooler says instead of connecting for its answer', () => {
  expect(told(new NotConnected(lost))).toEqual({ sqlState: '08P01', words: 'server conn crashed?' });
});
