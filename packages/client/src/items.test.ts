import { expect, it } from 'vitest';
import { startServer } from './client.fixture.ts';
import { createClient } from './client.ts';
import { items } from './items.ts';

const page = (ids: readonly string[], nextCursor: string | null) => ({
  body: { items: ids.map((backupId) => ({ backupId })), nextCursor },
});

it('yields every item of every page, with the same filter', async () => {
  await using server = await startServer(page(['a', 'b'], 'c1'), page(['c'], null));
  const client = createClient({ url: server.url });
  const found = items(client, '/api/v1/backups', { query: { state: ['FAILED', 'COMPLETED'], limit: 2 } });
  const ids: string[] = [];
  for await (const { backupId } of found) ids.push(backupId);
  expect(ids).toEqual(['a', 'b', 'c']);
  expect(server.received.map(({ path }) => path)).toEqual([
    '/api/v1/backups?state=FAILED,COMPLETED&limit=2',
    '/api/v1/backups?state=FAILED,COMPLETED&limit=2&cursor=c1',
  ]);
});

it('requests no page whose items nobody takes', async () => {
  await using server = await startServer(page(['a'], 'c1'));
  const client = createClient({ url: server.url });
  for await (const { backupId } of items(client, '/api/v1/backups')) {
    expect(backupId).toBe('a');
    break;
  }
  expect(server.received).toHaveLength(1);
});

it('pages below a path with parameters', async () => {
  await using server = await startServer({ body: { items: [{ id: '1' }], nextCursor: null } });
  const client = createClient({ url: server.url });
  const events = items(client, '/api/v1/backups/{backupId}/events', { path: { backupId: 'a' } });
  for await (const { id } of events) expect(id).toBe('1');
  expect(server.received[0]?.path).toBe('/api/v1/backups/a/events');
});
