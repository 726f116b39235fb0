import { BackupDetails, BackupPage, EventPage, FoundSnapshot } from '@tandem/shared/contract/audit.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { rehearse, untilRestoreEnded } from './harness/requests/restores.ts';
import { create, expectProblem, read, send, untilOperation } from './harness/requests/v1.ts';
import { importIndices, otherIndices } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld();

const snapshotName = (id: string, part: number) => `camunda_optimize_${id}_3.9.0_part_${part}_of_2`;

const completed = async (id: string, headers: Record<string, string> = {}): Promise<string> => {
  const answer = await send(world.api, 'POST', '/backups', { backupId: id }, headers);
  expect(answer.status, answer.text).toBe(202);
  await world.api.untilState(id, 'COMPLETED');
  return String(answer.json?.operationId);
};

/** `first` was deleted and made again, `found` was made by somebody else, `last` is the newest. */
beforeAll(async () => {
  await completed('first');
  const deletion = await send(world.api, 'DELETE', '/backups/first', { reason: 'no room', confirm: 'first' });
  await untilOperation(world, String(deletion.json?.operationId), 'SUCCEEDED');
  await completed('first', { 'x-request-id': 'audit-7' });
  const { engine, repository, prefix } = world;
  await engine.takeSnapshot(repository, snapshotName('found', 1), { indices: importIndices(prefix) });
  await engine.takeSnapshot(repository, snapshotName('found', 2), { indices: otherIndices(prefix) });
  await world.api.untilState('found', 'COMPLETED');
  // a set is taken into the history after the answer, and its place in the lists follows from when
  const taken = () => world.sql("select key from backup where backup_id = 'found'");
  await world.until('the set is in the history', taken, ({ length }) => length === 1);
  await completed('last');
  // seconds apart: the engine's clock, which says when a foreign set ended, may be behind by a few hundred milliseconds
  await world.sql(`update backup set requested_at = now() - interval '1 minute' + key * interval '1 second',
    finished_at = now() - interval '1 minute' + key * interval '1 second' + interval '500 milliseconds'`);
}, 120_000);

const page = async (query: string) => BackupPage.parse(await read(world.api, `/backups${query}`));
const ids = async (query: string) => (await page(query)).items.map(({ backupId }) => backupId);
const around = () => {
  const [from, to] = [-3_600_000, 3_600_000].map((ms) => new Date(Date.now() + ms).toISOString());
  return `requestedFrom=${from}&requestedTo=${to}`;
};

describe('GET /api/v1/backups', () => {
  it('lists every backup, deleted or not, the newest first, and the other way round', async () => {
    expect(await ids('')).toEqual(['last', 'found', 'first', 'first']);
    expect(await ids('?sort=requested')).toEqual(['first', 'first', 'found', 'last']);
    expect(await ids('?sort=-ended')).toEqual(['last', 'found', 'first', 'first']);
    const [last] = (await page('?limit=1')).items;
    expect(last).toMatchObject({
      ...{ backupId: 'last', state: 'COMPLETED', origin: 'requested', optimizeVersion: '3.9.0' },
      ...{ repository: world.repository, actor: { kind: 'anonymous' }, deletedAt: null, lastProvenAt: null },
      parts: [1, 2].map((number) => ({ number, of: 2, snapshotName: snapshotName('last', number), state: 'SUCCESS' })),
    });
    expect(last?.durationMs).toBeGreaterThan(0);
  });

  it('finds by every filter', async () => {
    const { items } = await page('?deleted=true');
    expect(items.map(({ backupId, state }) => [backupId, state])).toEqual([['first', 'INCOMPLETE']]);
    expect(await ids('?deleted=false')).toEqual(['last', 'found', 'first']);
    expect(await ids('?backupId=first')).toEqual(['first', 'first']);
    expect(await ids('?state=COMPLETED&sort=ended')).toEqual(['first', 'found', 'last']);
    expect(await ids(`?snapshotName=${snapshotName('found', 2)}`)).toEqual(['found']);
    expect(await ids('?provenBefore=2099-01-01T00:00:00Z')).toEqual(['last', 'found', 'first']);
    const index = importIndices(world.prefix)[0];
    for (const filter of [
      `index=${index}`,
      'optimizeVersion=3.9.0',
      `repository=${world.repository}`,
      'maxDuration=10m',
    ]) {
      expect(await ids(`?${filter}&${around()}`), filter).toEqual(['last', 'found', 'first', 'first']);
    }
    expect(await ids(`?origin=discovered&${around()}`)).toEqual(['found']);
    expect(await ids(`?backupIdPrefix=f&${around()}`)).toEqual(['found', 'first', 'first']);
    expect(await ids(`?minDuration=1h&${around()}`)).toEqual([]);
    const actor = items[0]?.actor.address;
    expect(await ids(`?actor=${encodeURIComponent(String(actor))}&limit=2`)).toHaveLength(2);
  });

  it('goes on from a cursor of the same list, and refuses it for another', async () => {
    const first = await page('?limit=3');
    const rest = await page(`?limit=3&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items].map(({ backupId }) => backupId)).toEqual(await ids(''));
    expect(rest.nextCursor).toBeNull();
    for (const other of ['sort=requested', 'state=COMPLETED', 'backupId=first']) {
      const answer = await send(world.api, 'GET', `/backups?${other}&cursor=${first.nextCursor}`);
      expectProblem(answer, 400, 'CURSOR_INVALID');
    }
  });

  it.each([
    ['requestedFrom=2026-02-30T00:00:00Z', /^requestedFrom must be a time .*2026-02-30/],
    ['requestedTo=2026-02-01T00:00:00', /with its zone/],
    ['endedFrom=0000-01-01T00:00:00Z', /from 1970 to 9999/],
    ['endedTo=%2B275760-09-13T00:00:00Z', /from 1970 to 9999/],
    ['requestedFrom=2026-02-01T00:00:00Z&requestedTo=2026-01-01T00:00:00Z', /swap them/],
    ['colour=red', /^The query must not contain "colour"; allowed: state, /],
    ['backupId=A', /^backupId may hold only a-z/],
    ['limit=0', /^limit must be between 1 and 1000/],
  ])('refuses ?%s', async (query, message) => {
    const answer = await send(world.api, 'GET', `/backups?${query}`);
    expect(expectProblem(answer, 400, 'REQUEST_INVALID')).toMatch(message);
  });
});

it('shows a backup whole, and which others had its id', async () => {
  const id = await rehearse(world.api, 'first');
  await untilRestoreEnded(world, id);
  const whole = BackupDetails.parse(await read(world.api, '/backups/first'));
  expect(whole.rehearsals).toMatchObject([{ operationId: id, kind: 'rehearse', state: 'SUCCEEDED' }]);
  expect(whole).toMatchObject({ deletedAt: null, restores: [] });
  expect(whole.attempts.slice(0, 2)).toMatchObject(
    [1, 2].map((part) => ({ kind: 'create', part, failureClass: null })),
  );
  expect(whole.attempts.at(-1)).toMatchObject({ kind: 'rehearse', operationId: id });
  expect(whole.otherIncarnations).toMatchObject([{ backupId: 'first', deletedAt: expect.any(String) }]);
  expect(whole.lastFullProof?.operationId).toBe(id);
  const since = whole.lastFullProof?.at;
  expect(await ids(`?provenBefore=${since}`)).toEqual(['last', 'found']);
});

it('shows the attempts that failed', async () => {
  await world.api.untilState('last', 'COMPLETED');
  const worker = await world.startWorker({ ELASTICSEARCH_URL: 'http://127.0.0.1:9' });
  await world.worker.kill();
  await create(world.api, 'tried');
  await world.untilEvent('tried', 'attempt.failed');
  await worker.kill();
  Object.assign(world, { worker: await world.startWorker() });
  await world.api.untilState('tried', 'COMPLETED');
  const { attempts } = BackupDetails.parse(await read(world.api, '/backups/tried'));
  expect(attempts[0]).toMatchObject({ number: 1, kind: 'create', failureClass: 'transient' });
});

it('finds the backup of a snapshot by its name', async () => {
  const found = FoundSnapshot.parse(await read(world.api, `/snapshots?snapshotName=${snapshotName('first', 2)}`));
  expect(found).toMatchObject({ part: 2, backup: { backupId: 'first', deletedAt: null } });
  expect(found.others).toMatchObject([{ backupId: 'first', deletedAt: expect.any(String) }]);
  expectProblem(await send(world.api, 'GET', '/snapshots?snapshotName=nobody'), 404, 'BACKUP_NOT_FOUND');
  expectProblem(await send(world.api, 'GET', '/snapshots'), 400, 'REQUEST_INVALID');
});

it('finds events by who, what, when and on which request', async () => {
  const events = async (query: string) => EventPage.parse(await read(world.api, `/events${query}`)).items;
  const newest = await events('?limit=5');
  expect(newest.map(({ at }) => at)).toEqual(
    newest
      .map(({ at }) => at)
      .sort()
      .reverse(),
  );
  const range = around().replaceAll('requestedFrom', 'from').replace('requestedTo', 'to');
  const ofRequest = await events(`?requestId=audit-7&${range}`);
  expect(ofRequest.map(({ kind }) => kind)).toContain('backup.requested');
  expect(new Set(ofRequest.map(({ requestId }) => requestId))).toEqual(new Set(['audit-7']));
  const deleted = await events(`?backupId=first&kind=backup.deleted,backup.delete-requested`);
  expect(deleted.map(({ kind }) => kind)).toEqual(['backup.deleted', 'backup.delete-requested']);
  expect(deleted[1]?.reason).toBe('no room');
  const { json } = await send(world.api, 'GET', '/events?limit=2');
  const next = await events(`?limit=2&cursor=${json?.nextCursor}`);
  expect(next.map(({ id }) => id)).toEqual((await events('?limit=4')).slice(2).map(({ id }) => id));
  expectProblem(await send(world.api, 'GET', '/events?kind=unknown'), 400, 'REQUEST_INVALID');
  const { json: unbounded } = await send(world.api, 'GET', '/events?actor=unknown');
  expect(unbounded).toMatchObject({ items: [], range: { defaulted: true }, historyFrom: expect.any(String) });
});

describe('a large history', () => {
  beforeAll(() =>
    world.sql(`INSERT INTO backup (backup_id, optimize_version, profile, index_prefix, origin, cluster_uuid, repository, repository_key,
      requested_by, state, requested_at)
    SELECT 'old-' || nth, '3.9.0', 'optimize', 'optimize', 'requested', 'c', 'elsewhere', 'c/elsewhere', '{"kind": "system", "name": "import"}',
      'INCOMPLETE', '2020-01-01T00:00:00Z'::timestamptz + nth * interval '1 minute' FROM generate_series(1, 10001) nth`),
  );

  it('is counted when asked, up to 10,000', async () => {
    expect(await page('?limit=1')).not.toHaveProperty('total');
    expect(await page('?limit=1&total=true')).toMatchObject({ total: 10_000, totalIsCapped: true });
    const some = await page('?backupId=first&total=true');
    expect(some).toMatchObject({ total: 2, totalIsCapped: false });
  });

  it('is walked to its end, each once', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { items, nextCursor } = await page(`?actor=import&limit=1000${cursor}`);
      seen.push(...items.map(({ backupId }) => backupId));
      cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`;
    } while (cursor !== '');
    expect(seen).toEqual(Array.from({ length: 10_001 }, (_, at) => `old-${10_001 - at}`));
  });

  it('ends a search that takes too long, says what to do, and lets others on', async () => {
    const api = await world.startApi({ DATABASE_SEARCH_TIMEOUT: '300ms' });
    const locked = world.sql(`DO $$ BEGIN LOCK TABLE index_list IN ACCESS EXCLUSIVE MODE; PERFORM pg_sleep(2); END $$`);
    await world.until(
      'the lists are locked',
      () => world.sql(`SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = 'index_list'::regclass`),
      (rows) => rows.length > 0,
    );
    const slow = await send(api, 'GET', `/backups?index=x&${around()}`);
    expect(expectProblem(slow, 422, 'QUERY_TOO_LONG')).toMatch(/DATABASE_SEARCH_TIMEOUT .* Ask for a shorter time/);
    expect((await send(api, 'GET', '/backups?limit=1')).status).toBe(200);
    await locked;
    expect((await send(api, 'GET', `/backups?index=x&${around()}`)).status).toBe(200);
  });
});
