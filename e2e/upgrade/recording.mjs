// Runs in a checkout of the recorded commit, as an e2e test there (see record.mjs): one backup and operation of every kind that this version must
// still read, then the database as SQL and the repository as an archive.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { restoreOfPart } from './faults/restore-promise.ts';
import { createOfPart, openEngineGate } from './harness/engine-gate.ts';
import { reconcile } from './harness/reconcile.ts';
import { readRestore, rehearse, removeIndices, restore, untilRestoreEnded } from './harness/restores.ts';
import { putSmallOptimize } from './harness/small-optimize.ts';
import { sharedStack } from './harness/stack.ts';
import { create, operation, send, untilOperation } from './harness/v1.ts';
import { useWorld } from './harness/world.ts';

const NAME = 'stored';
const folder = process.env.TANDEM_RECORDING ?? '.';

const world = useWorld({
  ...{ apps: false, data: 'none' },
  environment: {
    ...{ CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: NAME, CAMUNDA_OPTIMIZE_INDEX_PREFIX: NAME },
    ...{ CAMUNDA_OPTIMIZE_VERSION: '3.9.0', ENGINE_MASTER_TIMEOUT: '1s' },
  },
});

const completed = async (id) => {
  await create(world.api, id);
  await world.api.untilState(id, 'COMPLETED');
};

const remove = async (id) =>
  String((await send(world.api, 'DELETE', `/backups/${id}`, { reason: 'no room', confirm: id })).json?.operationId);

const eventsAreSealed = () =>
  world.until(
    'every event is sealed',
    async () => (await world.api.call('/actuator/prometheus')).text,
    (text) => /^tandem_unsealed_events 0$/m.test(text),
  );

const ended = async (id, state) => {
  const seen = await untilRestoreEnded(world, id);
  expect(seen, JSON.stringify(seen)).toMatchObject({ state });
};

/** Rows in the order of their keys, a line each, as an INSERT that keeps every value; generated columns are left out. */
const rowsOf = async ({ name, columns, key }) => {
  const list = columns.map((column) => `"${column}"`).join(', ');
  const rows = await world.sql(
    `SELECT row_to_json(one)::text AS row FROM (SELECT ${list} FROM "${name}" ORDER BY ${key}) one`,
  );
  if (rows.length === 0) return [];
  const lines = rows.map(({ row }) => row.replaceAll("'", "''")).join(',\n');
  return [
    `INSERT INTO "${name}" (${list}) SELECT ${list} FROM json_populate_recordset(NULL::"${name}", '[\n${lines}\n]');`,
  ];
};

const TABLES = `
SELECT c.table_name AS name, array_agg(c.column_name::text ORDER BY c.ordinal_position) AS columns,
  (SELECT string_agg(format('%I', a.attname), ', ') FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
   WHERE i.indrelid = format('%I', c.table_name)::regclass AND i.indisprimary) AS key
FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.is_generated = 'NEVER' GROUP BY c.table_name ORDER BY c.table_name`;

const SEQUENCES = `
SELECT format('SELECT setval(''%I'', %s);', sequencename, last_value) AS line FROM pg_sequences
WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY sequencename`;

const dump = async () => {
  const lines = ['SET session_replication_role = replica;', 'DELETE FROM history;'];
  for (const table of await world.sql(TABLES)) lines.push(...(await rowsOf(table)));
  for (const { line } of await world.sql(SEQUENCES)) lines.push(line);
  return [...lines, 'SET session_replication_role = DEFAULT;', ''].join('\n');
};

it('leaves a database and a repository', { timeout: 400_000 }, async () => {
  const { repositoriesPath } = sharedStack();
  await world.engine.putRepository(NAME, join(repositoriesPath, NAME));
  world.onEnd(() => removeIndices(world.engine, `*${NAME}*`));
  await putSmallOptimize(world.engine, NAME);
  const gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const startWorker = async () =>
    Object.assign(world, { worker: await world.startWorker({ ELASTICSEARCH_URL: gate.url }) });
  Object.assign(world, { api: await world.startApi() });
  await startWorker();

  await completed('held');
  const hold = { reason: 'audit', until: null };
  expect(
    await send(world.api, 'PATCH', '/backups/held', { labels: { env: 'test' }, hold, reason: 'audit' }),
  ).toMatchObject({ status: 200 });
  await ended(await rehearse(world.api, 'held'), 'RESTORED');

  const stopped = gate.hold(createOfPart('stopped', 2));
  const stoppedId = await create(world.api, 'stopped');
  await stopped.arrived;
  expect((await send(world.api, 'POST', `/operations/${stoppedId}/cancel`, { reason: 'not now' })).status).toBe(202);
  stopped.decide({ do: 'forward' });
  await untilOperation(world, stoppedId, 'CANCELLED');

  await completed('gone');
  await untilOperation(world, await remove('gone'), 'SUCCEEDED');

  await ended(await restore(world.api, { backupId: 'held', deleteExisting: true }, { confirm: 'held' }), 'RESTORED');
  await removeIndices(world.engine, `${NAME}-*`);
  const part2 = gate.hold(restoreOfPart(2));
  const restoreId = await restore(world.api, { backupId: 'held' });
  await part2.arrived;
  expect((await send(world.api, 'POST', `/restores/${restoreId}/cancel`, { reason: 'the wrong one' })).status).toBe(
    202,
  );
  part2.decide({ do: 'forward' });
  await ended(restoreId, 'CANCELLED');
  expect(await readRestore(world.api, restoreId)).toMatchObject({ failure: { data: { rolledBack: true } } });
  await putSmallOptimize(world.engine, NAME);

  await world.engine.takeSnapshot(NAME, 'made-by-hand', {
    indices: `${NAME}-dashboard_v6`,
    include_global_state: false,
  });
  await reconcile(world.api);

  // a deletion that no worker claimed for more than 12 hours
  await completed('doomed');
  await world.worker.kill();
  const doomed = await remove('doomed');
  await world.sql(
    `UPDATE operation SET next_tick_at = now() - interval '13 h', requested_at = now() - interval '13 h' WHERE ended_at IS NULL`,
  );
  await startWorker();
  await untilOperation(world, doomed, 'SUSPENDED');

  // a create whose second part failed and is to be retried
  const second = gate.hold(createOfPart('half', 2));
  const half = await create(world.api, 'half');
  await second.arrived;
  await eventsAreSealed();
  second.decide({
    ...{ do: 'answer', status: 503 },
    body: {
      error: { type: 'cluster_block_exception', reason: 'blocked by: [SERVICE_UNAVAILABLE/1/state not recovered]' },
      status: 503,
    },
  });
  const third = gate.hold(createOfPart('half', 2));
  await third.arrived;
  await world.worker.kill();
  third.decide({ do: 'lose' });
  expect((await operation(world.api, half)).attemptLedger.length).toBeGreaterThan(0);

  // a restore under other names that no worker has claimed
  const target = { renamePattern: '(.+)', renameReplacement: 'copy-$1' };
  await restore(world.api, { backupId: 'held', target }, { rollBack: false });
  await world.api.kill();

  writeFileSync(join(folder, 'database.sql'), await dump());
  execFileSync('tar', ['-czf', join(folder, 'repository.tar.gz'), '-C', join(repositoriesPath, NAME), '.']);
});
