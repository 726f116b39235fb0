import pg from 'pg';
import { expect, it } from 'vitest';
import { errorFacts } from './error-facts.ts';
import { NotConnected, Unanswered } from './unanswered.ts';

const lost = Object.assign(new pg.DatabaseError('server conn crashed?', 1, 'error'), {
  ...{ severity: 'FATAL', code: '08P01' },
});

it('takes what a pooler says of a lost COMMIT for no verdict', () => {
  expect(errorFacts(new Unanswered(lost))).toEqual({
    ...{ connection: 'NO_ANSWER', words: 'server conn crashed?', unanswered: true },
  });
});

it('takes what a pooler says instead of connecting for its answer', () => {
  expect(errorFacts(new NotConnected(lost))).toEqual({ sqlState: '08P01', words: 'server conn crashed?' });
});
