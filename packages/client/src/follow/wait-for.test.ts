import { expect, it } from 'vitest';
import { type Reply, startServer } from '../client.fixture.ts';
import { createClient } from '../client.ts';
import { waitForBackup, waitForOperation, waitForRestore } from './wait-for.ts';
import { WaitTimeoutError } from './wait-timeout-error.ts';

const running: Reply = { body: { state: 'IN_PROGRESS' } };
const completed: Reply = { body: { state: 'COMPLETED' } };
const operation = (state: string, endedAt: string | null = null): Reply => ({ body: { state, endedAt } });
const once = { retry: { retries: 0 } };
const quickly = { everyMs: 20 };

it('reads a backup until it is no longer in progress, and lets the server wait from the second time on', async () => {
  await using server = await startServer(running, running, completed);
  const states: string[] = [];
  const onProgress = ({ state }: { readonly state: string }) => states.push(state);
  const backup = await waitForBackup(createClient({ url: server.url }), 'a', { ...quickly, onProgress });
  expect(backup.state).toBe('COMPLETED');
  expect(states).toEqual(['IN_PROGRESS', 'IN_PROGRESS', 'COMPLETED']);
  const path = '/api/v1/backups/a';
  expect(server.received.map((request) => request.path)).toEqual([path, `${path}?wait=20ms`, `${path}?wait=20ms`]);
});

it.each([
  ['ended', operation('FAILED', '2026-11-22T01:00:00Z'), 'FAILED'],
  ['was suspended', operation('SUSPENDED'), 'SUSPENDED'],
])('reads an operation until it %s', async (_, end, state) => {
  await using server = await startServer(operation('RUNNING'), end);
  const client = createClient({ url: server.url });
  expect(await waitForOperation(client, 'o', quickly)).toMatchObject({ state });
  expect(server.received.map(({ path }) => path)).toEqual(['/api/v1/operations/o', '/api/v1/operations/o']);
});

it('reads a restore with its progress', async () => {
  await using server = await startServer(operation('SUCCEEDED', '2026-11-22T01:00:00Z'));
  await waitForRestore(createClient({ url: server.url }), 'o');
  expect(server.received[0]?.path).toBe('/api/v1/restores/o');
});

it('fails once the time is over, with what was read last', async () => {
  await using server = await startServer(running);
  const wait = waitForBackup(createClient({ url: server.url }), 'a', { ...quickly, withinMs: 60 });
  const error = await wait.catch((one: unknown) => one);
  expect(error).toBeInstanceOf(WaitTimeoutError);
  expect(error).toMatchObject({ message: 'Not ended within 0.06 s. It continues.', last: { state: 'IN_PROGRESS' } });
});

it('ends with the signal', async () => {
  await using server = await startServer(operation('RUNNING'));
  const stop = new AbortController();
  const onProgress = () => stop.abort(new Error('stopped'));
  const wait = waitForOperation(createClient({ url: server.url }), 'o', { onProgress, signal: stop.signal });
  await expect(wait).rejects.toThrow('stopped');
});

it('waits on while Tandem is away, and not for ever', async () => {
  const away: readonly Reply[] = [running, { instead: 'hangUp' }, { status: 502, body: 'bad gateway' }];
  await using server = await startServer(...away, completed);
  const client = createClient({ url: server.url, ...once });
  expect(await waitForBackup(client, 'a', quickly)).toMatchObject({ state: 'COMPLETED' });
  await using gone = await startServer(running, { instead: 'hangUp' });
  const wait = waitForBackup(createClient({ url: gone.url, ...once }), 'a', { ...quickly, awayMs: 60 });
  await expect(wait).rejects.toMatchObject({ problem: 'unreachable' });
});

it('does not wait for what does not exist', async () => {
  await using server = await startServer({ status: 404, body: { code: 'BACKUP_NOT_FOUND', detail: 'None.' } });
  await expect(waitForBackup(createClient({ url: server.url }), 'a')).rejects.toMatchObject({
    code: 'BACKUP_NOT_FOUND',
  });
  expect(server.received).toHaveLength(1);
});
