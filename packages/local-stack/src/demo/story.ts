import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Tandem } from '../start/tandem.ts';
import { call } from './call.ts';
import type { Narrator } from './narrator.ts';
import { tellRestoreStory } from './restore-story.ts';

const BACKUP_ID = 'demo-1';
const LIMIT_MS = 60_000;

const requestBackup = async ({ apiUrl }: Tandem, tell: Narrator): Promise<string[]> => {
  tell.step(`request a backup: POST /actuator/backup {"backupId":"${BACKUP_ID}"}`);
  const { status, body } = await call(`${apiUrl}/actuator/backup`, { backupId: BACKUP_ID });
  tell.show(`${status} ${JSON.stringify(body)}`);
  const names = (body.scheduledSnapshots ?? []) as string[];
  tell.check('the response is 200', status === 200, status);
  tell.check('it lists two snapshots, part 1 first', names.length === 2 && /part_1_of_2$/.test(names[0] ?? ''), names);
  return names;
};

const waitForEnd = async ({ apiUrl }: Tandem, tell: Narrator): Promise<void> => {
  tell.step(`wait: GET /actuator/backup/${BACKUP_ID} until it is COMPLETED`);
  const begun = performance.now();
  let last: unknown;
  while (performance.now() - begun < LIMIT_MS) {
    const { status, body } = await call(`${apiUrl}/actuator/backup/${BACKUP_ID}`);
    if (body.state !== last)
      tell.show(`${((performance.now() - begun) / 1000).toFixed(1)} s  ${status} ${JSON.stringify(body)}`);
    last = body.state;
    if (last !== 'IN_PROGRESS') break;
    await sleep(150);
  }
  tell.check('the state is COMPLETED', last === 'COMPLETED', last);
};

type Snapshot = {
  snapshot: string;
  state: string;
  uuid: string;
  indices: string[];
  shards: { failed: number; successful: number };
};

const checkSnapshots = async ({ stack }: Tandem, names: readonly string[], tell: Narrator): Promise<Snapshot[]> => {
  tell.step(`read the snapshots from the engine: GET _snapshot/${stack.repository}/${names.map(() => '…').join(',')}`);
  const { body } = await call(`${stack.engineUrl}/_snapshot/${stack.repository}/${names.join(',')}`);
  const snapshots = names.map((name) => (body.snapshots as Snapshot[]).find(({ snapshot }) => snapshot === name));
  const found = snapshots.filter((snapshot) => snapshot !== undefined);
  for (const { snapshot, state, indices, shards } of found) {
    tell.show(`${snapshot}  ${state}  ${indices.length} indices, ${shards.successful} shards`);
  }
  const [first, second] = found;
  const isComplete = ({ state, shards }: Snapshot) => state === 'SUCCESS' && shards.failed === 0;
  tell.check(
    'both snapshots exist, each SUCCESS without a failed shard',
    found.length === 2 && found.every(isComplete),
    found,
  );
  const isImport = (index: string) => /import-index_v\d+$/.test(index);
  tell.check(
    'part 1 contains the import positions and nothing else',
    first?.indices.every(isImport) === true,
    first?.indices,
  );
  const rest = second?.indices ?? [];
  tell.check('part 2 contains the rest of Optimize', rest.length > 20 && !rest.some(isImport), rest);
  const foreign = rest.filter((index) => !index.startsWith('optimize-'));
  tell.check('neither contains an index of another component', foreign.length === 0, foreign);
  return found;
};

const checkHistory = async ({ stack }: Tandem, snapshots: readonly Snapshot[], tell: Narrator): Promise<void> => {
  tell.step('read the history from PostgreSQL');
  const client = new pg.Client({ connectionString: stack.databaseUrl, query_timeout: 10_000 });
  await client.connect();
  try {
    const select = async (sql: string) => (await client.query(sql, [BACKUP_ID])).rows as Record<string, unknown>[];
    const backups = await select('select backup_id, state, optimize_version, origin from backup where backup_id = $1');
    const parts = await select(
      'select p.number, p.snapshot_name, p.state, p.uuid from part p join backup b on b.key = p.backup_key where b.backup_id = $1 order by p.number',
    );
    const operations = await select(
      'select o.kind, o.state, o.attempts from operation o join backup b on b.key = o.backup_key where b.backup_id = $1',
    );
    const events = await select('select kind, source, actor, at from event where backup_id = $1 order by id');
    for (const row of [...backups, ...parts, ...operations]) tell.show(JSON.stringify(row));
    for (const { at, kind, source } of events) tell.show(`${(at as Date).toISOString()}  ${source}: ${kind}`);
    tell.check('one backup, COMPLETED', backups.length === 1 && backups[0]?.state === 'COMPLETED', backups);
    const sameUuids = snapshots.every(({ uuid }, position) => parts[position]?.uuid === uuid);
    tell.check("two parts, with the uuids of the engine's snapshots", parts.length === 2 && sameUuids, parts);
    tell.check('one operation, SUCCEEDED', operations.length === 1 && operations[0]?.state === 'SUCCEEDED', operations);
    tell.check(
      'the events record each step, with its actor',
      events.length >= 3 && events.every(({ actor }) => actor),
      events,
    );
  } finally {
    await client.end();
  }
};

const requestAgain = async ({ apiUrl }: Tandem, tell: Narrator): Promise<void> => {
  tell.step('request the same id again');
  const { status, body } = await call(`${apiUrl}/actuator/backup`, { backupId: BACKUP_ID });
  tell.show(`${status} ${JSON.stringify(body)}`);
  tell.check('it is refused with 409', status === 409, status);
};

/** Takes a backup, checks it in the engine and the database, then loses and restores everything. Rejects at the first failed check. */
export const tellStory = async (tandem: Tandem, tell: Narrator): Promise<void> => {
  const names = await requestBackup(tandem, tell);
  await waitForEnd(tandem, tell);
  const snapshots = await checkSnapshots(tandem, names, tell);
  await checkHistory(tandem, snapshots, tell);
  await requestAgain(tandem, tell);
  await tellRestoreStory(tandem, BACKUP_ID, tell);
};
