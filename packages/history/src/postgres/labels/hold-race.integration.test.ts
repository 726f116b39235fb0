import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accepted,
  claimed,
  command,
  completed,
  deletion,
  here,
  keyOf,
  newCreate,
  operationId,
} from '../../conformance/examples.ts';
import { migrate } from '../../migrate/migrate.ts';
import type { History } from '../../ports/history.ts';
import { query, type RealPostgres, realPostgres } from '../../testing/real-postgres.ts';
import { openPrismaHistory } from '../prisma-history.ts';

let postgres: RealPostgres;
let url: string;
let history: History;

beforeAll(async () => {
  postgres = await realPostgres(startPostgres);
  url = await postgres.freshDatabase();
  await migrate(url, { log: () => undefined });
  history = openPrismaHistory({ url, poolSize: 4, connectTimeoutMs: 5_000, queryTimeoutMs: 20_000 });
});

afterAll(async () => {
  await history?.close();
  await postgres?.stop();
});

type Task = () => Promise<boolean>;
type Rival = {
  readonly prepare: (nth: number, create: ReturnType<typeof newCreate>) => Promise<void>;
  readonly run: (nth: number, key: string) => Promise<boolean>;
};

const failedDeletion: Rival['prepare'] = async (nth, create) => {
  await completed(history, create);
  await history.requestDeletion(await keyOf(history, create.backupId), command, deletion(nth + 100));
  const { revision } = await claimed(history, operationId(nth + 100));
  await history.record(operationId(nth + 100), revision, {
    outcome: { do: 'end', state: 'FAILED', backup: 'COMPLETED' },
  });
};

const rivals: Readonly<Record<string, Rival>> = {
  'a deletion': {
    prepare: (_, create) => completed(history, create),
    run: async (nth, key) => (await history.requestDeletion(key, command, deletion(nth + 100))).accepted,
  },
  'a deletion that ends a create': {
    prepare: async (_, create) => void (await accepted(history, create)),
    run: async (nth, key) => (await history.requestDeletion(key, command, deletion(nth + 100))).accepted,
  },
  'a cancel that deletes': {
    prepare: async (_, create) => void (await accepted(history, create)),
    run: async (nth) =>
      (await history.cancelOperation(operationId(nth), command, deletion(nth + 100, { keepBackup: true }))).done,
  },
  'the retry of a deletion': {
    prepare: failedDeletion,
    run: async (nth) => (await history.retryOperation(operationId(nth + 100), command)).done,
  },
};

const waiting = `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;

const untilWaiting = async (count: number): Promise<void> => {
  while ((await query(url, waiting)).length < count) await new Promise((resolve) => setTimeout(resolve, 10));
};

/** Both have begun, and see the history of before, when the first of them may go on. */
const atOnce = async (key: string, first: Task, second: Task): Promise<readonly boolean[]> => {
  const blocker = new pg.Client({ connectionString: url });
  await blocker.connect();
  await blocker.query('BEGIN');
  await blocker.query('SELECT FROM backup WHERE key = $1 FOR UPDATE', [key]);
  const one = first();
  await untilWaiting(1);
  const other = second();
  await untilWaiting(2);
  await blocker.query('COMMIT');
  await blocker.end();
  return Promise.all([one, other]);
};

let nth = 0;

describe.each(Object.entries(rivals))('a hold that meets %s', (_, { prepare, run }) => {
  it.each(['the hold', 'the other'])('has one winner where %s came first', async (first) => {
    nth += 1;
    const at = nth;
    const location = { ...here, repository: `repository-${at}`, repositoryUuid: `uuid-${at}` };
    const create = newCreate(at, `backup-${at}`, { location });
    await prepare(at, create);
    const key = await keyOf(history, create.backupId);
    const hold = async () =>
      (await history.annotate(key, command, { hold: { reason: 'audit', until: undefined } })).done;
    const other = () => run(at, key);

    const isHoldFirst = first === 'the hold';
    const [one, two] = await (isHoldFirst ? atOnce(key, hold, other) : atOnce(key, other, hold));

    expect([one, two].filter(Boolean)).toHaveLength(1);
    const isHeld = (isHoldFirst ? one : two) === true;
    expect((await history.findBackup(create.backupId, here))?.hold !== undefined).toBe(isHeld);
    const deleting = await history.findOperation(operationId(at + 100));
    expect(deleting !== undefined && deleting.endedAt === undefined).toBe(!isHeld);
    const made = await history.findOperation(operationId(at));
    if (isHeld) expect(made?.state).not.toBe('CANCELLED');
  });
});
