import { expect, it } from 'vitest';
import { type Reply, startServer } from '../client.fixture.ts';
import { createClient } from '../client.ts';
import { type BackupEvent, backupEvents, type EventsOptions } from './backup-events.ts';

const stream = (...ids: readonly string[]): Reply => ({
  headers: { 'Content-Type': 'text/event-stream; charset=utf-8' },
  body: [
    'retry: 2000\n\n',
    ...ids.map((id) => `id: ${id}\nevent: backup.requested\ndata: {"id":"${id}"}\n\n`),
    ': still here\n\n',
  ].join(''),
});
const quickly: EventsOptions = { reconnectMs: 10, silentMs: 5_000 };

/** The ids of that many events. */
const take = async (count: number, events: AsyncIterable<BackupEvent>): Promise<readonly string[]> => {
  const ids: string[] = [];
  for await (const { id } of events) if (ids.push(id) === count) break;
  return ids;
};

it('continues after the last event when the connection ends', async () => {
  await using server = await startServer(stream('1', '2'), { instead: 'hangUp' }, stream('3'));
  const client = createClient({ url: server.url });
  expect(await take(3, backupEvents(client, 'a', { ...quickly, after: '0' }))).toEqual(['1', '2', '3']);
  expect(server.received[0]?.path).toBe('/api/v1/backups/a/events?stream=true');
  expect(server.received.map(({ headers }) => headers['last-event-id'])).toEqual(['0', '2', '2']);
});

it('connects again where no byte arrives', async () => {
  await using server = await startServer({ ...stream('1'), instead: 'stall' }, stream('2'));
  const events = backupEvents(createClient({ url: server.url }), 'a', { ...quickly, silentMs: 50 });
  expect(await take(2, events)).toEqual(['1', '2']);
});

it('fails with what Tandem refuses', async () => {
  await using server = await startServer({ status: 404, body: { code: 'BACKUP_NOT_FOUND', detail: 'None.' } });
  const events = backupEvents(createClient({ url: server.url }), 'a', quickly);
  await expect(take(1, events)).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
  expect(server.received).toHaveLength(1);
});

it('fails once Tandem is away for too long', async () => {
  await using server = await startServer(stream('1'), { instead: 'hangUp' });
  const client = createClient({ url: server.url, retry: { retries: 0 } });
  const events = backupEvents(client, 'a', { ...quickly, awayMs: 60 });
  await expect(take(2, events)).rejects.toMatchObject({ problem: 'unreachable' });
});

it('ends with the signal, also amid a silent stream', async () => {
  await using server = await startServer({ ...stream('1'), instead: 'stall' });
  const stop = new AbortController();
  const events = backupEvents(createClient({ url: server.url }), 'a', { ...quickly, signal: stop.signal });
  expect(await events.next()).toMatchObject({ value: { id: '1' } });
  const next = events.next();
  stop.abort(new Error('stopped'));
  await expect(next).rejects.toThrow('stopped');
});
