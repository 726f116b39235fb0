import { createClient, type TandemClient } from '@tandem/client/client.ts';
import { type BackupEvent, backupEvents } from '@tandem/client/follow/backup-events.ts';
import { waitForBackup, waitForRestore } from '@tandem/client/follow/wait-for.ts';
import { items } from '@tandem/client/items.ts';
import { nodeFetch } from '@tandem/client/node/node-fetch.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWorld } from './harness/world.ts';

const world = useWorld({ environment: { LEASE_DURATION: '1s', ENGINE_MASTER_TIMEOUT: '1s' } });
let client: TandemClient;

beforeAll(() => {
  const fetch = nodeFetch();
  world.onEnd(fetch.close);
  client = createClient({ url: world.api.address, fetch });
});

const concerns = async (): Promise<readonly string[]> => {
  const status = await client.get('/api/v1/status');
  return [status.status, ...status.concerns.map(({ code }) => code)];
};

/** In order: each state follows from the one before. */
describe('the status of an installation, seen by the client', () => {
  it('is not protected without a backup', async () => {
    expect(await concerns()).toEqual(['not-protected', 'no-completed-backup']);
  });

  it('is at risk with a backup that was never proven', async () => {
    const { backupId } = await client.post('/api/v1/backups', { body: { backupId: 'first', reason: 'status' } });
    const states: string[] = [];
    const onProgress = ({ state }: { readonly state: string }) => states.push(state);
    expect(await waitForBackup(client, backupId, { onProgress, everyMs: 200 })).toMatchObject({ state: 'COMPLETED' });
    expect(states.at(-1)).toBe('COMPLETED');
    expect(await concerns()).toEqual(['at-risk', 'never-proven']);
    const { backups, operations } = await client.get('/api/v1/status');
    expect(backups?.lastCompleted).toMatchObject({ backupId, verified: true });
    expect(operations).toEqual({ open: [], more: false, failed: [] });
  });

  it('is safe once it was rehearsed', async () => {
    const params = { path: { backupId: 'first' } };
    const { operationId } = await client.post('/api/v1/backups/{backupId}/rehearse', {
      params,
      body: { indices: 'all' },
    });
    expect(await waitForRestore(client, operationId, { everyMs: 100 })).toMatchObject({ state: 'SUCCEEDED' });
    expect(await concerns()).toEqual(['safe']);
    const { backups } = await client.get('/api/v1/status');
    expect(backups?.lastProven).toMatchObject({ backupId: 'first' });
  });

  it('goes back to the backup before where the last one was deleted in the engine', async () => {
    await client.post('/api/v1/backups', { body: { backupId: 'second' } });
    await waitForBackup(client, 'second', { everyMs: 200 });
    const [snapshot] = await world.snapshotsOf('second');
    await world.engine.call('DELETE', `_snapshot/${world.repository}/${snapshot?.snapshot}`);
    const { status, backups, concerns: found } = await client.get('/api/v1/status');
    expect([status, found.map(({ code, backupId }) => [code, backupId])]).toEqual([
      'at-risk',
      [['backup-lost', 'second']],
    ]);
    expect(backups?.lastCompleted).toMatchObject({ backupId: 'first', verified: true });
  });

  it('is unknown while the engine does not respond', async () => {
    const api = await world.startApi({ ELASTICSEARCH_URL: 'http://127.0.0.1:1' });
    const status = await createClient({ url: api.address }).get('/api/v1/status');
    expect(status.status).toBe('unknown');
    expect(status.concerns.map(({ code }) => code)).toContain('engine-unreachable');
    expect(status.backups?.lastCompleted).toMatchObject({ verified: false });
  });
});

describe('the client', () => {
  it('follows the events of a backup from its first one', async () => {
    const events: BackupEvent[] = [];
    for await (const event of backupEvents(client, 'first')) {
      events.push(event);
      if (event.kind === 'backup.completed') break;
    }
    const kinds = events.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['backup.requested', 'backup.completed']));
    const paged: string[] = [];
    for await (const { kind } of items(client, '/api/v1/backups/{backupId}/events', {
      ...{ path: { backupId: 'first' }, query: { limit: 2 } },
    }))
      paged.push(kind);
    expect(paged.slice(0, kinds.length)).toEqual(kinds);
  });

  it('sends several values of a filter as the API reads them', async () => {
    const query = { state: ['COMPLETED' as const, 'INCOMPLETE' as const] };
    const found: string[] = [];
    for await (const { backupId } of items(client, '/api/v1/backups', { query })) found.push(backupId);
    expect(found).toEqual(['second', 'first']);
  });

  it('gets the same response for the same request, sent twice with one key', async () => {
    const request = { body: {}, params: { header: { 'Idempotency-Key': 'status-test' } } };
    const [one, other] = [await client.post('/api/v1/backups', request), await client.post('/api/v1/backups', request)];
    expect(other).toEqual(one);
  });
});
