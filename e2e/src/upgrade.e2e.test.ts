import { join } from 'node:path';
import { PLAN_HASH_VERSION } from '@tandem/shared/domain/restore/plan/restore-plan-hash.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { restoreOfPart } from './faults/restore-promise.ts';
import { planRestore, removeIndices, restore, untilRestoreEnded } from './harness/requests/restores.ts';
import { backup, create, operation, type Page, read, send, untilOperation } from './harness/requests/v1.ts';
import { createDatabase, dropDatabase, migrateDatabase, type Row } from './harness/services/database.ts';
import { openEngineGate } from './harness/services/engine-gate.ts';
import { putSmallOptimize } from './harness/services/small-optimize.ts';
import { storedData } from './harness/services/stored-data.ts';
import { sharedStack } from './harness/stack.ts';
import { useWorld } from './harness/world.ts';

/*
 * A database and a repository that the version before the names changed left behind, in the middle of its work. This version shows the new names, and
 * neither changes what is stored nor writes it otherwise: for a while workers of both run beside each other.
 */

const NAME = 'stored';
const stored = storedData('d9dc222');

const world = useWorld({
  ...{ apps: false, data: 'none' },
  environment: {
    ...{ CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: NAME, CAMUNDA_OPTIMIZE_INDEX_PREFIX: NAME },
    ...{ CAMUNDA_OPTIMIZE_VERSION: '3.9.0' },
  },
});

/** As they are stored, text for text. */
const appended = async (): Promise<readonly Row[]> => [
  ...(await world.sql('SELECT event::text AS row FROM event WHERE id <= $1 ORDER BY id', lastEvent)),
  ...(await world.sql('SELECT seal::text AS row FROM seal WHERE number <= $1 ORDER BY number', lastSeal)),
  ...(await world.sql('SELECT attempt::text AS row FROM attempt WHERE id <= $1 ORDER BY id', lastAttempt)),
];
let [lastEvent, lastSeal, lastAttempt] = [0, 0, 0];
let before: readonly Row[];

const openOperation = async (kind: string): Promise<string> => {
  const [row] = await world.sql('SELECT id FROM operation WHERE kind = $1 AND ended_at IS NULL', kind);
  return String(row?.id);
};

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): readonly string[] => Object.keys((value ?? {}) as object).sort();

/** The names of all fields in the memory of the newest operation of that kind and state, and of why it failed. */
const memory = async (kind: string, state: string): Promise<Fields> => {
  const [row] = await world.sql(
    `SELECT detail, detail -> 'memory' -> 'ending' AS ending, failure -> 'data' AS failure FROM operation
     WHERE kind = $1 AND state = $2 ORDER BY position DESC LIMIT 1`,
    ...[kind, state],
  );
  const detail = Object.entries(row?.detail as Fields).filter(([name]) => !['restored', 'failing'].includes(name));
  return {
    ...Object.fromEntries(detail.map(([name, value]) => [name, fieldsOf(value)])),
    ...{ ending: fieldsOf(row?.ending), failure: fieldsOf(row?.failure) },
  };
};

/** The names of the fields of events by their kind and step. */
const payloads = async (condition: string): Promise<Readonly<Record<string, ReadonlySet<string>>>> => {
  const rows = await world.sql(
    `SELECT kind || coalesce(' ' || (after ->> 'step'), '') AS kind, array_agg(DISTINCT field) AS fields
     FROM event, jsonb_object_keys(after) AS field WHERE after IS NOT NULL AND ${condition} GROUP BY 1`,
  );
  return Object.fromEntries(rows.map(({ kind, fields }) => [kind, new Set(fields as string[])]));
};

/** Of the restore that was accepted and not begun. */
const COPY_AGAIN = { renamePattern: '(.+)', renameReplacement: 'copy-again-$1' };
const COPY = { renamePattern: '(.+)', renameReplacement: 'copy-$1' };

const EVER = 'from=2026-11-01T00:00:00Z&to=2026-12-31T00:00:00Z';

beforeAll(async () => {
  const { databaseUrl, repositoriesPath } = sharedStack();
  await dropDatabase(databaseUrl, world.name);
  await createDatabase(databaseUrl, world.name);
  await stored.load(databaseUrl, world.name);
  const [last] = await world.sql(
    'SELECT (SELECT max(id) FROM event)::int AS event, (SELECT max(number) FROM seal)::int AS seal, (SELECT max(id) FROM attempt)::int AS attempt',
  );
  [lastEvent, lastSeal, lastAttempt] = [Number(last?.event), Number(last?.seal), Number(last?.attempt)];
  before = await appended();
  await migrateDatabase(databaseUrl, world.name);

  stored.unpackRepository(join(repositoriesPath, NAME));
  await world.engine.putRepository(NAME, join(repositoriesPath, NAME));
  world.onEnd(() => world.engine.call('DELETE', `_snapshot/${NAME}`));
  world.onEnd(() => removeIndices(world.engine, `*${NAME}-*`));
  await putSmallOptimize(world.engine, NAME);
  Object.assign(world, { api: await world.startApi() });
});

describe('what the version before stored is shown under the new names', () => {
  it('of a backup: its proof, its hold, why it was cancelled', async () => {
    const held = await backup(world.api, 'held');
    expect(held).toMatchObject({
      ...{ state: 'COMPLETED', hold: { reason: 'audit', actor: { kind: 'anonymous' } }, labels: { env: 'test' } },
      lastFullProof: { durationMs: expect.any(Number) },
    });
    expect(JSON.stringify(held)).not.toMatch(/"(milliseconds|requestedBy|by|doubt)"/);
    expect(await backup(world.api, 'stopped')).toMatchObject({
      failure: { code: 'OPERATION_CANCELLED', data: { actor: { kind: 'anonymous' }, reason: 'not now' } },
    });
  });

  it('of restores: their state, step and rollback', async () => {
    const { items } = await read<Page>(world.api, '/restores?backupId=held');
    expect(items.map(({ kind, state }) => [kind, state])).toEqual([
      ['restore', 'QUEUED'],
      ['restore', 'CANCELLED'],
      ['restore', 'SUCCEEDED'],
      ['rehearse', 'SUCCEEDED'],
    ]);
    expect(items[1]).toMatchObject({
      failure: { code: 'RESTORE_STOPPED', data: { rollback: true, actor: { kind: 'anonymous' } } },
    });
    const { items: succeeded } = await read<Page>(world.api, '/restores?state=SUCCEEDED');
    expect(succeeded).toHaveLength(2);
  });

  it('of events, which are found by the old name and by the new one', async () => {
    const found = async (kind: string) => (await read<Page>(world.api, `/events?${EVER}&kind=${kind}`)).items;
    const events = await found('reconcile.requested');
    expect(events).toMatchObject([{ kind: 'reconciliation.requested' }]);
    expect(await found('reconciliation.requested')).toEqual(events);
    const steps = await found('restore.step');
    expect(steps.map(({ after }) => (after as { step: string }).step)).toContain('rollback');
    for (const { after } of await found('restore.requested')) {
      expect(after).toHaveProperty('rollback');
      expect(after).not.toHaveProperty('rollBack');
    }
    expect(await found('rehearsal.completed')).toMatchObject([
      { after: { proof: { durationMs: expect.any(Number) } } },
    ]);
  });

  it('of a reconciliation, and of an operation that is to be retried', async () => {
    expect(await read(world.api, '/history/reconcile')).toMatchObject({
      figures: { skipped: 0, unverified: [], unverifiedCount: 0 },
    });
    const half = await operation(world.api, await openOperation('create'));
    expect(half).toMatchObject({
      lastError: { code: expect.stringMatching(/^ENGINE_/) },
      attempts: [{ failureClass: null }, { failureClass: 'transient' }],
    });
  });
});

describe('what the version before stored stays as it was written', () => {
  it('in exports', async () => {
    const { text } = await world.api.call('/api/v1/events/export?format=ndjson');
    expect(text).toContain('"kind":"reconcile.requested"');
    expect(text).toContain('"rollBack": true');
    expect(text).toContain('"step": "take-back"');
    expect(text).toMatch(/"milliseconds": \d+/);
    expect(text).not.toMatch(/"reconciliation\.requested"|"rollback":|"durationMs":/);
  });

  it('in the seals, which audit:verify finds intact', async () => {
    const verify = world.startProgram('audit-verify', world.environment(), ['--json']);
    expect(await verify.exited, verify.output()).toEqual({ code: 0, signal: null });
    expect(JSON.parse(verify.output())).toMatchObject({ intact: true, seals: lastSeal, findings: 0 });
  });
});

describe('what the version before began', () => {
  let recorded: Readonly<Record<'create' | 'restore' | 'rolledBack', Fields>>;

  beforeAll(async () => {
    recorded = {
      create: await memory('create', 'RUNNING'),
      restore: await memory('restore', 'QUEUED'),
      rolledBack: await memory('restore', 'CANCELLED'),
    };
    const { cluster_uuid: clusterUuid } = await world.engine.call<{ cluster_uuid: string }>(
      'GET',
      '_cluster/state/version',
    );
    // as if the version before had stopped just now, on this cluster
    await world.sql(
      `UPDATE operation SET detail = replace(detail::text, $1, $2)::jsonb, lane = replace(lane, $1, $2), restore_cluster = replace(restore_cluster, $1, $2)`,
      stored.clusterUuid,
      clusterUuid,
    );
    await world.sql('UPDATE backup SET cluster_uuid = $1', clusterUuid);
    // the hash of a plan contains the cluster, and a restore that is open is in the way of another; those of earlier versions have unit tests
    const id = await openOperation('restore');
    await world.sql(`UPDATE operation SET state = 'SUCCEEDED', ended_at = now() WHERE id = $1::uuid`, id);
    const { planHash } = await planRestore(world.api, { backupId: 'held', target: COPY });
    await world.sql(
      `UPDATE operation SET state = 'QUEUED', ended_at = NULL, detail = jsonb_set(jsonb_set(detail, '{task,planHash}',
         to_jsonb($2::text)), '{task,hashVersion}', to_jsonb($3::int)) WHERE id = $1::uuid`,
      ...[id, planHash, PLAN_HASH_VERSION],
    );
    await world.sql(
      `UPDATE operation SET requested_at = now(), next_tick_at = now(), lease_until = lease_until - (requested_at - now())
       WHERE ended_at IS NULL AND suspended_at IS NULL`,
    );
    Object.assign(world, { worker: await world.startWorker() });
  });

  it('ends: a create whose first part was there', async () => {
    const [row] = await world.sql(
      `SELECT uuid FROM part JOIN backup ON key = backup_key WHERE backup_id = 'half' AND number = 1`,
    );
    await world.api.untilState('half', 'COMPLETED');
    expect((await backup(world.api, 'half')).parts[0]?.uuid).toBe(row?.uuid);
  });

  it('ends: a restore that was accepted', async () => {
    const [row] = await world.sql(`SELECT id FROM operation WHERE kind = 'restore' ORDER BY position DESC LIMIT 1`);
    const ended = await untilRestoreEnded(world, String(row?.id));
    expect(ended, JSON.stringify(ended.failure)).toMatchObject({ state: 'SUCCEEDED' });
    expect(await world.engine.count(`copy-${NAME}-dashboard_v6`)).toBe(1);
  });

  it('ends: a deletion that was suspended, once it is released', async () => {
    const id = await openOperation('delete');
    expect(await operation(world.api, id)).toMatchObject({
      ...{ state: 'SUSPENDED', suspension: { code: 'OPERATION_UNCLAIMED' } },
    });
    expect((await send(world.api, 'POST', `/operations/${id}/release`, { reason: 'upgraded' })).status).toBe(202);
    await untilOperation(world, id, 'SUCCEEDED');
  });

  it('is written on as that version reads it: the memory of a create, and of a restore that is rolled back', async () => {
    await world.worker.kill();
    const gate = await openEngineGate(world.engineUrl);
    world.onEnd(gate.shut);
    await create(world.api, 'new');
    const copied = await restore(world.api, { backupId: 'held', target: COPY_AGAIN }, { rollback: false });
    expect(await memory('restore', 'QUEUED')).toEqual(recorded.restore);
    Object.assign(world, { worker: await world.startWorker({ ELASTICSEARCH_URL: gate.url }) });
    await untilRestoreEnded(world, copied);
    await world.api.untilState('new', 'COMPLETED');
    expect(await memory('create', 'SUCCEEDED')).toEqual(recorded.create);

    await removeIndices(world.engine, `${NAME}-*`);
    const part2 = gate.hold(restoreOfPart(2));
    const id = await restore(world.api, { backupId: 'held' });
    await part2.arrived;
    await send(world.api, 'POST', `/restores/${id}/cancel`, { reason: 'the wrong one' });
    part2.decide({ do: 'forward' });
    expect(await untilRestoreEnded(world, id)).toMatchObject({
      ...{ state: 'CANCELLED', failure: { data: { rollback: true } } },
    });
    expect(await memory('restore', 'CANCELLED')).toEqual(recorded.rolledBack);
  });

  it('is written on as that version reads it: events', async () => {
    await send(world.api, 'POST', '/history/reconcile', { wait: '28s' });
    const [old, added] = [await payloads(`id <= ${lastEvent}`), await payloads(`id > ${lastEvent}`)];
    const known = Object.keys(added).filter((kind) => kind in old);
    expect(known).toEqual(
      expect.arrayContaining(['reconcile.requested', 'restore.requested', 'restore.step take-back']),
    );
    const unknown = known.map((kind) => [kind, [...(added[kind] ?? [])].filter((field) => !old[kind]?.has(field))]);
    expect(unknown).toEqual(known.map((kind) => [kind, []]));
  });

  it('is continued in the same chain of seals, and no stored row has changed', async () => {
    await world.until(
      'every event is sealed',
      async () => (await world.api.call('/actuator/prometheus')).text,
      (text) => /^tandem_unsealed_events 0$/m.test(text),
    );
    expect(await appended()).toEqual(before);
    const verify = world.startProgram('audit-verify', world.environment(), ['--json']);
    expect(await verify.exited, verify.output()).toEqual({ code: 0, signal: null });
  });
});
