import { fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Database } from './connection/open-database.ts';
import type { Statement } from './sql/statement.ts';

/** SQLSTATE of a statement that exceeded its time-out. */
const ENDED = '57014';

/** Runs searches with any filter: a statement that exceeds its time-out rejects with QUERY_TOO_LONG. */
export const searching = (database: Database): Database => ({
  ...database,
  ask: async <Answer>(statement: Statement<Answer>, ...parameters: readonly unknown[]) => {
    try {
      return await database.ask<Answer>(statement, ...parameters);
    } catch (error) {
      throw asSearchFailure(error);
    }
  },
});

/** QUERY_TOO_LONG if the statement exceeded its time-out; other errors are returned unchanged. */
export const asSearchFailure = (error: unknown): unknown =>
  isFailure(error, 'HISTORY_UNREACHABLE') && error.data.cause === ENDED ? tooLong(error) : error;

const tooLong = (cause: unknown) =>
  fail(
    'QUERY_TOO_LONG',
    'The search took longer than DATABASE_SEARCH_TIMEOUT allows and was ended. Ask for a shorter time, or for an id.',
    {},
    cause,
  );
