import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accepted,
  claimed,
  command,
  deletion,
  foundSet,
  here,
  newCreate,
  operationId,
  requested,
  succeeded,
} from '../../conformance/examples.ts';
import { newRestore, restored } from '../../conformance/restores/examples.ts';
import { rolledBack, suspendAll } from '../../conformance/suspensions/suspending.ts';
import { migrate } from '../../migrate/migrate.ts';
import type { History } from '../../ports/history.ts';
import type { OperationFilter } from '../../ports/operations.ts';
import { filledDatabase } from '../../testing/filled-database.ts';
import { type Heard, listeningDatabase } from '../../testing/listening-database.ts';
import { query, type RealPostgres, realPostgres } from '../../testing/real-postgres.ts';
import { OVERDUE } from '../ledger/overdue.ts';
import { historyOn } from '../prisma-history.ts';

let postgres: RealPostgres;
let url: string;
let filled: string;
let history: History;
const statements = new Set<string>();
let last: Heard;

const times = { poolSize: 2, connectTimeoutMs: 5_000, queryTimeoutMs: 5_000 };

/** Records the statements. */
const remember = (heard: Heard): void => {
  statements.add(heard.statement);
  last = heard;
};

beforeAll(async () => {
  postgres = await realPostgres(startPostgres);
  url = await postgres.freshDatabase();
  await migrate(url, { log: () => undefined });
  history = historyOn(listeningDatabase({ ...times, url }, remember));
  filled = await filledDatabase(postgres, 20_000);
  await query(filled, MANY_OPEN);
});

afterAll(async () => {
  await history?.close();
  await postgres?.stop();
});

/** Every statement but `figures`, which counts, `verifications`, which reads a table with a row for each repository, `settingsRecorded`, which a change of location sends, and `check`. */
const askEverything = async (): Promise<void> => {
  const id = await accepted(history, newCreate(1, 'open'));
  await history.accept(newCreate(2, 'open'));
  const { revision } = await claimed(history, id);
  await history.renew(id, revision, 1_000);
  await history.record(id, revision, succeeded);
  await history.overdue(0, 10);
  await history.takeLease('sweep', 'somebody', 1_000);
  await history.farLeases(10);
  await history.endLease({ on: 'operation', id, until: '2026-01-01T00:00:00Z', leaseMs: 1 });
  const { key } = await history.discover(foundSet('manual'));
  await history.findBackup('manual', undefined);
  await history.noteState(key, 'FAILED', requested);
  await history.previousOwnership(key);
  await history.numberedBackups(10);
  await askOfReconciliations();
  await history.historyFrom();
  await history.statusFigures(3);
  await history.appendEvents([{ ...requested, backupId: undefined }]);
  await history.eventsOf('manual', 10);
  await askOfOperations(key);
};

const askOfReconciliations = async (): Promise<void> => {
  await history.livingBackups(undefined, 10);
  await history.recordedVersions();
  await history.unrecordedParts(undefined, 10);
  const oldestIndex = { index: 'a', createdVersion: 1 };
  await history.recordOldestIndex({ backupKey: '1', number: 1, manifest: 'a'.repeat(64), oldestIndex });
  await history.dueReconciliation(operationId(30), { kind: 'system', name: 'reconcile' }, 60_000);
  await history.requestReconciliation(operationId(31), command);
  await history.beginReconciliation(operationId(30));
  const parts = { present: 0, vanished: 0, replaced: 0, foreign: 0, unread: 0 };
  const nothing = {
    changedCount: 0,
    changed: [],
    discoveredCount: 0,
    discovered: [],
    unverifiedCount: 0,
    unverified: [],
  };
  const result = { backups: 0, skipped: 0, parts, ...nothing, repositories: [] };
  await history.endReconciliation(operationId(30), { complete: true, result, keepMs: 60_000 });
  await history.findReconciliation(undefined);
  await history.findReconciliation(operationId(30));
};

const LISTS: readonly OperationFilter[] = [
  {},
  { states: ['FAILED'] },
  { errorClass: 'operator' },
  { backupId: 'open' },
  { backupId: 'open', errorClass: 'operator' },
];

const askOfOperations = async (key: string): Promise<void> => {
  for (const filter of LISTS) await history.listOperations(filter, undefined, 10);
  for (const filter of LISTS) await history.countOperations({ states: ['FAILED'], kinds: ['create'], ...filter });
  await history.annotate(key, command, {
    labels: { env: 'test', old: null },
    note: 'x',
    hold: { reason: 'audit', until: undefined },
  });
  await history.annotate(key, command, { hold: null });
  await history.requestDeletion(key, command, deletion(10));
  await history.cancelOperation(operationId(10), command, undefined);
  await history.retryOperation(operationId(10), command);
  await history.findOperation(operationId(10));
  await history.attemptsOf(operationId(10));
  await history.snapshotsToDelete([operationId(10)]);
  await history.settledCreates(60_000, 10);
  await history.revisionsOf(['open', 'manual']);
  await history.eventsAfter('open', '0', 10);
  await history.findBackupWithDeleted('open', undefined);
  await history.claimKey('key', 'digest', { keepMs: 60_000, abandonedMs: 60_000 });
  await history.accept(newCreate(11, 'keyed', { idempotency: { key: 'key', answer: {} } }));
  await history.releaseKey('key');
  await history.cancelOperation(operationId(11), command, undefined);
  await askOfRestores(key);
  await askOfSuspended();
};

const askOfSuspended = async (): Promise<void> => {
  const id = await accepted(history, newCreate(40, 'suspended'));
  await history.suspendOperations({ scope: 'unclaimed', forMs: 60_000 }, rolledBack, 10);
  await history.suspendOperations({ scope: 'all' }, rolledBack, 10);
  await history.suspendedCreates(undefined, 10);
  await history.releaseOperation(id, command);
  await suspendAll(history);
  const outcome = { do: 'end', state: 'FAILED', backup: 'FAILED', failure: rolledBack.why } as const;
  await history.endSuspended(id, 4, { outcome });
};

const askOfRestores = async (key: string): Promise<void> => {
  await history.requestRestore(newRestore(20, key));
  await history.accept(newCreate(21, 'beside'));
  await history.retryOperation(operationId(20), command);
  await history.stopRestore(operationId(20), command);
  await restored(history, operationId(20), { report: {} });
  await history.findRestore(operationId(20));
  await history.listRestores({}, undefined, 10);
  await history.listRestores({ backupId: 'open' }, undefined, 10);
  await history.pastReports(10);
  await history.openCreates(here.clusterUuid);
  await history.endedRehearsals(60_000, 10);
  await history.keepContents([{ digest: 'ab'.repeat(32), body: Uint8Array.of(1) }]);
  await history.readContents(['ab'.repeat(32)]);
  const plan = { planHash: 'ab'.repeat(32), backupId: 'open', body: Uint8Array.of(1) };
  await history.keepPlan(plan, { keepMs: 60_000, maxPlans: 10, maxBytes: 1_000 });
  await history.findPlan('ab'.repeat(32));
  await history.backupsByRepository();
  await history.noteVerification(here, { verified: true, nodes: [], failedNodes: [], reason: undefined }, requested);
};

const planOf = async (databaseUrl: string, statement: string): Promise<string> => {
  const parameters = Math.max(0, ...[...statement.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  const nothing = parameters === 0 ? '' : `(${Array.from({ length: parameters }, () => 'NULL').join(', ')})`;
  const script = `SET plan_cache_mode = force_generic_plan; PREPARE planned AS ${statement}; EXPLAIN EXECUTE planned${nothing}`;
  return planLines(await query(databaseUrl, script));
};

/** How that statement went in the filled database, and how many blocks of 8 KiB it read. */
const planWith = async ({ statement, parameters }: Heard): Promise<{ text: string; blocks: number }> => {
  const [row] = await query<{ 'QUERY PLAN': readonly { Plan: Record<string, number> }[] }>(
    filled,
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${statement}`,
    [...parameters],
  );
  const { Plan = {} } = row?.['QUERY PLAN'][0] ?? {};
  const blocks = Number(Plan['Shared Hit Blocks']) + Number(Plan['Shared Read Blocks']);
  return { text: JSON.stringify(Plan), blocks };
};

const planLines = (rows: readonly { 'QUERY PLAN'?: string }[]): string =>
  rows.map((row) => row['QUERY PLAN']).join('\n');

describe('plans', () => {
  it('go by indexes, also where they were made and kept while the tables were empty', async () => {
    await askEverything();
    const empty = await postgres.freshDatabase();
    await migrate(empty, { log: () => undefined });
    expect(statements.size).toBeGreaterThan(40);
    for (const statement of statements) {
      const plan = await planOf(empty, statement);
      expect(plan, statement).not.toContain('Seq Scan');
      if (statement.includes('INSERT INTO backup')) expect(plan).toMatch(/Index Cond: \(backup_id = /);
    }
  });

  it('finds what is overdue among open and ended operations by the index of open ones', async () => {
    const statement = OVERDUE.replace('$1', '0').replace('$2', '100');
    const plan = await query<{ 'QUERY PLAN': string }>(filled, `EXPLAIN (ANALYZE, BUFFERS) ${statement}`);
    const text = planLines(plan);
    expect(text).toContain('operation_open_by_next_tick');
    expect(text).not.toContain('Seq Scan');
  });

  it('go by indexes in a history of years, figures too', async () => {
    await history.figures();
    await history.verifications();
    for (const statement of statements) {
      const plan = await planOf(filled, statement);
      expect(plan, statement).not.toMatch(/Seq Scan on (backup|part|operation|attempt|event)\b/);
    }
  });

  it('finds where a history of years begins by the ends of two indexes', async () => {
    const begun = historyOn(listeningDatabase({ ...times, url: filled }, remember));
    const { backups, events } = await begun.historyFrom();
    const { text, blocks } = await planWith(last);
    await begun.close();
    const [first] = await query(
      filled,
      'SELECT (SELECT min(requested_at) FROM backup) AS b, (SELECT min(at) FROM event) AS e',
    );
    expect({ b: backups, e: events }).toEqual(first);
    expect(text).toContain('backup_by_request');
    expect(text).toContain('event_by_time');
    expect(text).not.toContain('Seq Scan');
    expect(blocks).toBeLessThan(60);
  });

  it('read no more than a page shows', async () => {
    const lists = historyOn(listeningDatabase({ ...times, url: filled }, remember));
    for (const filter of LISTS) {
      await lists.listOperations(filter, undefined, 20);
      expect((await planWith(last)).blocks, last.statement).toBeLessThan(1_500);
    }
    await lists.close();
  });
});

/** 2,000 open operations of those that have ended well, which are not due. */
const MANY_OPEN = `
INSERT INTO operation (id, backup_key, kind, state, lane, actor, next_tick_at, wait_ms)
SELECT gen_random_uuid(), key, 'create', 'WAITING', 'c/r', '{}', now() + interval '1 hour', 3600000
FROM backup WHERE deleted_at IS NULL AND state = 'COMPLETED' LIMIT 2000;
ANALYZE operation`;
