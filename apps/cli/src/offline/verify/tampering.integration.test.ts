import { migrate } from '@tandem/history/migrate/migrate.ts';
import type { History } from '@tandem/history/ports/history.ts';
import { openPrismaHistory } from '@tandem/history/postgres/prisma-history.ts';
import { query, type RealPostgres, realPostgres } from '@tandem/history/testing/real-postgres.ts';
import { sealNext } from '@tandem/history/testing/sealed.ts';
import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import type { Seal } from '@tandem/shared/contract/seals.ts';
import type { ChainTrust } from '@tandem/shared/domain/history/seal/seal-chain.ts';
import type { Tampering, TamperingKind } from '@tandem/shared/domain/history/verify/tampering.ts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { verifyDatabase } from './verify-database.ts';

/* What the owner of the tables can do, with triggers turned off: each is found. The rules alone are tried in packages/shared. */

let postgres: RealPostgres;
let url: string;
let history: History;
let seals: readonly Seal[];

const noTrust: ChainTrust = { checkpoint: new Map(), signatures: undefined };

const TOLD = `
INSERT INTO backup (backup_id, optimize_version, profile, index_prefix, origin, cluster_uuid, repository, repository_key, requested_at, requested_by,
  state, deleted_at)
SELECT 'backup-' || nth, '8.7.0', 'optimize', 'optimize', (ARRAY['requested', 'scheduled', 'discovered'])[nth], 'c', 'r', 'c/r',
  '2026-03-01T12:00:00Z'::timestamptz + nth * interval '1 second', '{}', (ARRAY['COMPLETED', 'INCOMPLETE', 'FAILED'])[nth],
  CASE nth WHEN 2 THEN timestamptz '2026-03-01T12:00:30Z' END
FROM generate_series(1, 3) nth;
INSERT INTO part (backup_key, number, total, snapshot_name, index_list_digest, state, uuid)
SELECT key, 1, 1, 'part-of-' || key, '', 'SUCCESS', 'uuid-' || key FROM backup;
UPDATE backup SET proof = '{"operationId": "p", "at": "2026-03-01T12:00:32.000Z", "whole": true}' WHERE key = 1;
UPDATE backup SET repository_check = '{"verified": true}' WHERE key = 1;
UPDATE backup SET partial_proof = '{"operationId": "q", "at": "2026-03-01T12:00:33.000Z", "whole": false}' WHERE key = 1;
INSERT INTO event (at, backup_key, backup_id, operation_id, kind, actor, source, reason, request_id, before, after)
SELECT '2026-03-01T12:00:00Z'::timestamptz + e.second * interval '1 second', e.key, 'backup-' || e.key,
  '00000000-0000-4000-8000-000000000001', e.kind, jsonb_build_object('kind', 'anonymous', 'address', '10.0.0.' || e.second), 'api',
  CASE WHEN e.second % 2 = 0 THEN 'reason' END, 'request-' || e.second, '{"nth": 1}', e.after::jsonb
FROM (VALUES
  (1, 1, 'backup.requested', '{"state": "IN_PROGRESS"}'),
  (2, 2, 'backup.requested', '{"state": "IN_PROGRESS"}'),
  (3, 3, 'backup.discovered', '{"state": "COMPLETED", "uuids": {"1": "uuid-3"}}'),
  (4, 1, 'part.succeeded', '{"part": 1, "uuid": "uuid-1", "shards": {"total": 3}}'),
  (5, 1, 'backup.completed', '{"state": "COMPLETED", "repositoryCheck": {"verified": true}}'),
  (6, 2, 'backup.failed', '{"state": "FAILED"}'),
  (7, 2, 'operation.retried', '{"state": "QUEUED", "backup": "IN_PROGRESS"}'),
  (8, 2, 'operation.cancelled', '{"state": "CANCELLED", "backup": "INCOMPLETE"}'),
  (9, 3, 'backup.state-changed', '{"state": "FAILED"}'),
  (30, 2, 'backup.deleted', '{"state": "INCOMPLETE"}'),
  (32, 1, 'rehearsal.completed', '{"proof": {"operationId": "p", "at": "2026-03-01T12:00:32.000Z", "whole": true}}'),
  (33, 1, 'rehearsal.completed', '{"partialProof": {"operationId": "q", "at": "2026-03-01T12:00:33.000Z", "whole": false}}')
) AS e(second, key, kind, after)`;

const TABLES = ['event', 'seal', 'backup', 'part'];
const asOwner = (sql: string) => query(url, `SET session_replication_role = replica; ${sql}`);

beforeAll(async () => {
  postgres = await realPostgres(startPostgres);
  url = await postgres.freshDatabase();
  await migrate(url, { log: () => undefined });
  history = openPrismaHistory({ url, poolSize: 3, connectTimeoutMs: 5_000, queryTimeoutMs: 5_000 });
  await query(url, TOLD);
  for (let nth = 0; nth < 3; nth += 1) await sealNext(history, 4);
  seals = await history.sealsAfter(0, 10);
  for (const table of TABLES)
    await query(url, `CREATE SCHEMA IF NOT EXISTS kept; CREATE TABLE kept.${table} AS TABLE ${table}`);
  // a generated column cannot be written back
  await query(url, 'ALTER TABLE kept.backup DROP COLUMN requested_by_name');
});

const restoreBackups = async () => {
  const columns = await query<{ list: string }>(
    url,
    `SELECT string_agg(quote_ident(column_name), ', ') AS list FROM information_schema.columns WHERE table_schema = 'kept' AND table_name = 'backup'`,
  );
  await asOwner(
    `DELETE FROM backup; INSERT INTO backup (${columns[0]?.list}) SELECT ${columns[0]?.list} FROM kept.backup`,
  );
};

afterEach(async () => {
  await asOwner(
    `DELETE FROM event; DELETE FROM seal; INSERT INTO event SELECT * FROM kept.event; INSERT INTO seal SELECT * FROM kept.seal`,
  );
  await restoreBackups();
});

afterAll(async () => {
  await history?.close();
  await postgres?.stop();
});

const findings = async (trust = noTrust): Promise<readonly TamperingKind[]> => {
  const found: Tampering[] = [];
  await verifyDatabase(history, trust, (tampering) => found.push(tampering));
  return found.map(({ kind }) => kind);
};

const checkpoint = () => new Map(seals.map(({ number, hash }) => [number, hash]));

it('finds nothing where nothing was changed', async () => {
  const found: Tampering[] = [];
  expect(
    await verifyDatabase(history, { ...noTrust, checkpoint: checkpoint() }, (one) => found.push(one)),
  ).toMatchObject({
    ...{ seals: 3, events: 12, unsealed: 0, backups: 3 },
    head: { number: 3, hash: seals[2]?.hash },
  });
  expect(found).toEqual([]);
});

const ids = Array.from({ length: 12 }, (_, at) => at + 1);

/** Each column to another value; those that may be empty also to none. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  id: ['id + 100', '-id'],
  at: [`at + interval '1 microsecond'`, `'infinity'`, `'-infinity'`, `at - interval '4000 years'`],
  backup_key: ['backup_key % 3 + 1', 'NULL', '99'],
  backup_id: [`backup_id || 'x'`, 'NULL'],
  operation_id: [`'00000000-0000-4000-8000-000000000002'`, 'NULL'],
  kind: [`'plan.changed'`],
  actor: [`actor || '{"address": "10.9.9.9"}'`, `'{}'`],
  source: [`'sweep'`],
  reason: [`coalesce(reason, '') || '!'`],
  request_id: [`request_id || 'x'`, 'NULL'],
  before: [`before || '{"nth": 2}'`, 'NULL'],
  after: [`coalesce(after, '{}') || '{"more": [1]}'`],
};

const changes = Object.entries(COLUMNS).flatMap(([column, values]) => values.map((value) => `${column} = ${value}`));

it.each(changes)('finds it in every event: %s', async (change) => {
  for (const id of ids) {
    await asOwner(`UPDATE event SET ${change} WHERE id = ${id}`);
    const found = await findings();
    expect(
      found.some((kind) => kind.startsWith('event.')),
      `${change} of event ${id}: ${found}`,
    ).toBe(true);
    await asOwner(`DELETE FROM event; INSERT INTO event SELECT * FROM kept.event`);
  }
});

it('finds that any of them is gone', async () => {
  for (const id of ids) {
    await asOwner(`DELETE FROM event WHERE id = ${id}`);
    expect(await findings(), `event ${id}`).toContain('event.removed');
    await asOwner(`INSERT INTO event SELECT * FROM kept.event WHERE id = ${id}`);
  }
});

it('finds one that was put in before each, all after it moved on', async () => {
  for (const id of ids) {
    await asOwner(`UPDATE event SET id = -(id + 1) WHERE id >= ${id}; UPDATE event SET id = -id WHERE id < 0;
      INSERT INTO event (id, kind, actor, source) VALUES (${id}, 'backup.refused', '{}', 'api')`);
    expect(await findings(), `before event ${id}`).toContain('event.changed');
    await asOwner(`DELETE FROM event; INSERT INTO event SELECT * FROM kept.event`);
  }
});

it.each(['0', '-1', '-9223372036854775808'])('finds one with an id that nobody draws: %s', async (id) => {
  await asOwner(`INSERT INTO event (id, kind, actor, source) VALUES (${id}, 'backup.refused', '{}', 'api')`);
  expect(await findings()).toEqual(['event.inserted']);
});

it('finds that any two changed places', async () => {
  for (const one of ids) {
    for (const other of ids.filter((id) => id > one)) {
      await asOwner(`UPDATE event SET id = CASE id WHEN ${one} THEN -1 ELSE -2 END WHERE id IN (${one}, ${other});
        UPDATE event SET id = CASE id WHEN -1 THEN ${other} ELSE ${one} END WHERE id < 0`);
      expect(await findings(), `events ${one} and ${other}`).toContain('event.changed');
      await asOwner(
        `DELETE FROM event WHERE id IN (${one}, ${other}); INSERT INTO event SELECT * FROM kept.event WHERE id IN (${one}, ${other})`,
      );
    }
  }
});

const SEAL_CHANGES = [
  ...['number = number + 10', `previous = sha256('x') , number = number`, `hash = sha256('x')`, `root = sha256('x')`],
  ...[`events = '[["1", "12"]]'`, `events = '[]'`, `events = '"none"'`, `waiting = '[["3", "3"]]'`, `waiting = 'null'`],
  ...['count = count + 1', 'through = through + 1', 'through = 0', `sealed_at = sealed_at + interval '1 microsecond'`],
];

it.each(SEAL_CHANGES)('finds it in every seal: %s', async (change) => {
  for (const number of [2, 3]) {
    await asOwner(`UPDATE seal SET ${change} WHERE number = ${number}`);
    const found = await findings();
    expect(
      found.some((kind) => kind.startsWith('seal.')),
      `${change} of seal ${number}: ${found}`,
    ).toBe(true);
    await asOwner('DELETE FROM seal; INSERT INTO seal SELECT * FROM kept.seal');
  }
});

it('finds that a seal is gone, and by a checkpoint that the last ones are', async () => {
  for (const number of [1, 2]) {
    await asOwner(`DELETE FROM seal WHERE number = ${number}`);
    expect(await findings()).toContain('seal.removed');
    await asOwner('DELETE FROM seal; INSERT INTO seal SELECT * FROM kept.seal');
  }
  for (const left of [2, 1, 0]) {
    await asOwner(`DELETE FROM seal WHERE number > ${left}; DELETE FROM event WHERE id > ${left * 4}`);
    expect(await findings({ ...noTrust, checkpoint: checkpoint() })).toContain('seal.truncated');
  }
});

it('finds by a checkpoint that history was changed and all after it sealed anew', async () => {
  await asOwner(`UPDATE event SET reason = 'another' WHERE id = 6; DELETE FROM seal WHERE number > 1`);
  while ((await sealNext(history, 4)) !== undefined);
  expect(await findings()).toEqual([]);
  expect(await findings({ ...noTrust, checkpoint: checkpoint() })).toEqual(['seal.rewritten', 'seal.rewritten']);
});

const BACKUP_CHANGES = [
  ...[`state = CASE state WHEN 'FAILED' THEN 'COMPLETED' ELSE 'FAILED' END`, `backup_id = backup_id || 'x'`],
  ...[`origin = CASE origin WHEN 'discovered' THEN 'requested' ELSE 'discovered' END`],
  `deleted_at = CASE WHEN deleted_at IS NULL THEN now() END`,
  `deleted_at = coalesce(deleted_at, now()) + interval '1 microsecond'`,
];

it.each(BACKUP_CHANGES)('finds it in every backup: %s', async (change) => {
  for (const key of [1, 2, 3]) {
    await asOwner(`UPDATE backup SET ${change} WHERE key = ${key}`);
    const found = await findings();
    expect(
      found.some((kind) => kind.startsWith('backup.')),
      `${change} of backup ${key}: ${found}`,
    ).toBe(true);
    await restoreBackups();
  }
});

it.each([
  `UPDATE backup SET proof = proof || '{"at": "2026-11-01T00:00:00.000Z"}' WHERE key = 1`,
  `UPDATE backup SET proof = partial_proof WHERE key = 1`,
  'UPDATE backup SET proof = NULL WHERE key = 1',
  `UPDATE backup SET partial_proof = partial_proof || '{"indices": 34}' WHERE key = 1`,
  `UPDATE backup SET proof = (SELECT proof FROM kept.backup WHERE key = 1) WHERE key = 3`,
  `UPDATE backup SET repository_check = '{"verified": true}' WHERE key = 2`,
  `UPDATE backup SET repository_check = '{"verified": true}' WHERE key = 3`,
  `UPDATE backup SET repository_check = '{"verified": false, "reason": "Node n2 left."}' WHERE key = 1`,
  `UPDATE backup SET repository_check = NULL WHERE key = 1`,
  `UPDATE part SET uuid = 'another' WHERE backup_key = 1`,
  'UPDATE part SET uuid = NULL WHERE backup_key = 3',
])('finds a forged proof, verification or snapshot: %s', async (change) => {
  await asOwner(change);
  expect(new Set(await findings())).toEqual(new Set(['backup.changed']));
  await asOwner('DELETE FROM part; INSERT INTO part SELECT * FROM kept.part');
});

it('finds that a backup is gone, and one that was made up', async () => {
  for (const key of [1, 2, 3]) {
    await asOwner(`DELETE FROM backup WHERE key = ${key}`);
    expect(await findings(), `backup ${key}`).toEqual(['backup.removed']);
    await restoreBackups();
  }
  await asOwner(`INSERT INTO backup (backup_id, optimize_version, profile, index_prefix, origin, cluster_uuid, repository, repository_key, requested_by, state)
    VALUES ('made-up', '8.7.0', 'optimize', 'optimize', 'requested', 'c', 'r', 'c/r', '{}', 'COMPLETED')`);
  expect(await findings()).toEqual(['backup.inserted']);
});

it('finds nothing while events are written and sealed', async () => {
  let going = true;
  const write = async () => {
    while (going) await query(url, `INSERT INTO event (kind, actor, source) VALUES ('backup.refused', '{}', 'api')`);
  };
  const seal = async () => {
    while (going) await sealNext(history, 3);
  };
  const all = Promise.all([write(), write(), seal()]);
  const found: (readonly TamperingKind[])[] = [];
  for (let nth = 0; nth < 10; nth += 1) found.push(await findings());
  going = false;
  await all;
  expect(found.flat()).toEqual([]);
});
