import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Part } from '@tandem/local-stack/part.ts';
import type { HistoryStatus } from '@tandem/shared/contract/history.ts';
import { describe, expect, it } from 'vitest';
import { startOwnPostgres, useDatabaseOf, useOwnPostgres } from './faults/own-servers.ts';
import { programs } from './harness/paths.ts';
import { reconcile } from './harness/requests/reconcile.ts';
import { create, read, send } from './harness/requests/v1.ts';
import { migrateDatabase, openDatabase, withDatabase } from './harness/services/database.ts';
import { dumpableServer } from './harness/services/postgres-tools.ts';
import { withRedis } from './harness/services/redis.ts';
import { useWorld } from './harness/world.ts';

/* The commands of docs/disaster-recovery.md, on two servers: the first is lost. */

const document = readFileSync(new URL('../../docs/disaster-recovery.md', import.meta.url), 'utf8');
/** The line of the document that starts with a program. */
const documented = (program: string): string => {
  const line = document.split('\n').find((one) => one.trim().startsWith(`${program} `));
  if (line === undefined) throw new Error(`docs/disaster-recovery.md has no command ${program}.`);
  return line.trim();
};

const server = await dumpableServer();
const title =
  server === undefined
    ? 'a dump by pg_dump: SKIPPED, since no PostgreSQL with its own pg_dump is installed (the other tests copy the database)'
    : 'a dump by pg_dump, restored on a new server';

describe.skipIf(server === undefined)(title, () => {
  const world = useWorld({ apps: false });

  const start = async (changes = {}) => {
    const [api, worker] = await Promise.all([world.startApi(changes), world.startWorker(changes)]);
    Object.assign(world, { api, worker });
  };
  const completed = async (id: string) => {
    await create(world.api, id);
    await world.api.untilState(id, 'COMPLETED');
  };
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'tandem-dump-'));
    chmodSync(made, 0o755);
    world.onEnd(async () => rmSync(made, { recursive: true, force: true }));
    return made;
  };
  /** As an operator types it, with the database of this test in place of `tandem`. */
  const shell = (cwd: string, postgres: Part, command: string) => {
    const owner = new URL(withDatabase(postgres.url, world.name));
    const env = {
      PATH: `${server?.tools}:${process.env.PATH}`,
      DATABASE_OWNER_URL: owner.href,
      DATABASE_URL: owner.href,
      ...{ PGHOST: owner.hostname, PGPORT: owner.port, PGUSER: owner.username, PGPASSWORD: owner.password },
    };
    return promisify(execFile)('sh', ['-c', command], { cwd, env, timeout: 60_000 });
  };
  const verify = (cwd: string, postgres: Part, more: string) =>
    shell(cwd, postgres, `${process.execPath} ${programs['audit-verify']} ${more}`);
  const untilMarked = async () => {
    const newest = Number((await world.sql('select max(id)::text as id from event'))[0]?.id);
    await world.until(
      `event ${newest} is marked in Redis`,
      () => withRedis(world.redisUrl, (redis) => redis.hvals(`${world.redisPrefix}:history-marks`)),
      (marks) => marks.some((mark) => Number(mark.split('/')[2]) >= newest),
    );
  };

  it('is detected as rolled back, belongs to the owner alone, and takes in what was made since', async () => {
    const cwd = folder();
    const lost = await useOwnPostgres(world, server?.binaries);
    await start();
    await completed('kept');
    await world.worker.kill();
    const begun = await create(world.api, 'begun');
    await shell(cwd, lost, documented('pg_dump'));
    await verify(cwd, lost, '--export-seals > seals.ndjson');
    Object.assign(world, { worker: await world.startWorker() });
    await world.api.untilState('begun', 'COMPLETED');
    await completed('made-since');
    const snapshots = await world.snapshotsOf('begun');
    await untilMarked();
    await Promise.all([world.api.kill(), world.worker.kill(), lost.kill()]);

    const found = await startOwnPostgres(world, server?.binaries);
    await shell(cwd, found, documented('createdb').replace('tandem', world.name));
    await shell(cwd, found, documented('pg_restore'));
    await migrateDatabase(found.url, world.name);
    useDatabaseOf(world, found);
    await start({ HISTORY_ROLLBACK_TOLERANCE: '0ms' });

    expect(await read<HistoryStatus>(world.api, '/history')).toMatchObject({
      rollback: { suspends: 'everything', mark: { source: 'redis' } },
    });
    // suspended, and done by now: it ends by itself, and nothing is made twice
    await world.until(
      'the create has ended',
      () => world.sql('select state from operation where id = $1::uuid', begun),
      ([row]) => row?.state === 'SUCCEEDED',
    );
    expect((await world.snapshotsOf('begun')).map(({ uuid }) => uuid)).toEqual(snapshots.map(({ uuid }) => uuid));
    const { figures } = await reconcile(world.api);
    expect(figures.discovered).toMatchObject([{ backupId: 'made-since', state: 'COMPLETED' }]);

    const owners = await world.sql("select distinct tableowner as owner from pg_tables where schemaname = 'public'");
    expect(owners).toEqual([{ owner: new URL(found.url).username }]);
    const asApps = openDatabase(world.environment().DATABASE_URL ?? '');
    world.onEnd(asApps.close);
    await expect(asApps.sql('delete from event')).rejects.toThrow('permission denied');

    await completed('after');
    const acknowledged = await send(world.api, 'POST', '/history/acknowledge-rollback', { reason: 'from the dump' });
    expect(acknowledged.json, acknowledged.text).toMatchObject({ rollback: null });
    await verify(cwd, found, '--checkpoint seals.ndjson');
  });
});
