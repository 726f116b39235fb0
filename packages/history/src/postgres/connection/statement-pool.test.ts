import { EventEmitter } from 'node:events';
import pg from 'pg';
import { expect, it } from 'vitest';
import { openStatementPool } from './statement-pool.ts';
import { Unanswered } from './unanswered.ts';

/** A connection straight to PostgreSQL on which every statement fails so. */
const failing = (code: string, ended: string[]) =>
  class extends EventEmitter {
    readonly _queryable = true;
    connect(connected: () => void) {
      connected();
    }
    async query(query: string | pg.QueryConfig) {
      if (typeof query === 'string') return { rowCount: 1 };
      throw Object.assign(new pg.DatabaseError('nein', 4, 'error'), { severity: 'FEHLER', code });
    }
    end(done?: () => void) {
      ended.push(code);
      done?.();
    }
  } as unknown as new () => pg.ClientBase;

it.each([
  ['23505', 'keeps', false],
  ['57014', 'keeps', false],
  ['57P01', 'ends', false],
  ['XX000', 'ends', false],
  ['08P01', 'ends', true],
])('after SQLSTATE %s %s the connection, in whatever language PostgreSQL speaks', async (code, does, unanswered) => {
  const ended: string[] = [];
  const pool = openStatementPool({ statementTimeoutMs: 1_000, max: 1, Client: failing(code, ended) });
  const error = await pool.query('SELECT 1').catch((reason: unknown) => reason);
  expect(error instanceof Unanswered).toBe(unanswered);
  expect(ended).toEqual(does === 'ends' ? [code] : []);
  await pool.end();
});
