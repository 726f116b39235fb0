import { expect, it } from 'vitest';
import { ApiError } from './api-error.ts';
import { type Reply, startServer } from './client.fixture.ts';
import { type ClientOptions, createClient } from './client.ts';
import { NetworkError } from './network-error.ts';

const accepted: Reply = { status: 202, body: { backupId: 'a', operationId: 'b', state: 'QUEUED' } };
const problem = (status: number, code: string, more: object = {}) => ({
  status,
  body: { type: 'about:blank', title: 'A title.', status, detail: 'What happened.', code, requestId: 'r1', ...more },
});
const soon = { headers: { 'Retry-After': '0' } };

/** What it resolves with, or the error that it rejects with. */
const outcomeOf = (request: Promise<unknown>): Promise<unknown> => request.catch((error: unknown) => error);

/** A backup is requested from a server with those replies. */
const requestBackup = async (replies: readonly Reply[], options: Partial<ClientOptions> = {}) => {
  await using server = await startServer(...replies);
  const client = createClient({ url: server.url, ...options });
  const result = await outcomeOf(client.post('/api/v1/backups', { body: {} }));
  return { result, received: server.received };
};
const retryOperation = async (replies: readonly Reply[], options: Partial<ClientOptions> = {}) => {
  await using server = await startServer(...replies);
  const client = createClient({ url: server.url, ...options });
  const params = { path: { operationId: '01a2b3c4-0000-4000-8000-000000000001' } };
  const request = client.post('/api/v1/operations/{operationId}/retry', { params, body: { reason: 'again' } });
  return { result: await outcomeOf(request), received: server.received };
};

it('returns the body, typed by the path', async () => {
  await using server = await startServer({ body: { state: 'COMPLETED', parts: [] } });
  const client = createClient({ url: `${server.url}/below/` });
  const backup = await client.get('/api/v1/backups/{backupId}', { params: { path: { backupId: 'a b' }, query: {} } });
  const state: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED' | 'INCOMPLETE' | 'INCOMPATIBLE' = backup.state;
  expect(state).toBe('COMPLETED');
  expect(server.received[0]).toMatchObject({ method: 'GET', path: '/below/api/v1/backups/a%20b' });
});

it.each([
  ['a broken connection', [{ instead: 'hangUp' }, accepted]],
  ['a response that breaks off', [{ ...accepted, instead: 'half' }, accepted]],
  ['502', [problem(502, 'ENGINE_UNREACHABLE'), accepted]],
  ['504', [problem(504, 'OUTCOME_UNKNOWN'), accepted]],
  ['503 without Retry-After, of a proxy', [{ status: 503, body: '<html>' }, accepted]],
  ['its first try still running', [problem(409, 'IDEMPOTENCY_KEY_RUNNING'), accepted]],
] as const)('sends a backup again after %s, with the same idempotency key', async (_, replies) => {
  const { result, received } = await requestBackup(replies);
  expect(result).toEqual(accepted.body);
  const keys = received.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toEqual([keys[0], keys[0]]);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(received.map(({ body }) => body)).toEqual(['{}', '{}']);
});

it('leaves a key of the caller as it is, and takes another for each request', async () => {
  await using server = await startServer(accepted);
  const client = createClient({ url: server.url });
  await client.post('/api/v1/backups', { body: {}, params: { header: { 'Idempotency-Key': 'nightly' } } });
  await client.post('/api/v1/backups', { body: {} });
  await client.post('/api/v1/backups', { body: {} });
  const keys = server.received.map(({ headers }) => headers['idempotency-key']);
  expect(keys[0]).toBe('nightly');
  expect(new Set(keys).size).toBe(3);
});

it.each([
  ['a broken connection', { instead: 'hangUp' }],
  ['500', problem(500, 'UNEXPECTED')],
  ['503 without Retry-After', problem(503, 'HISTORY_UNREACHABLE')],
  ['409', problem(409, 'OPERATION_NOT_FAILED')],
] as const)('sends a request without a key once where it fails with %s', async (_, reply) => {
  const { result, received } = await retryOperation([reply]);
  expect(result).toBeInstanceOf(Error);
  expect(received).toHaveLength(1);
  expect(received[0]?.headers['idempotency-key']).toBeUndefined();
});

it.each([429, 503])('sends any request again after %d with Retry-After', async (status) => {
  const retries: unknown[] = [];
  const onRetry: ClientOptions['onRetry'] = (retry) => retries.push(retry);
  const replies = [
    { ...problem(status, 'HISTORY_UNREACHABLE'), ...soon },
    { status: 202, body: {} },
  ];
  const { received } = await retryOperation(replies, { onRetry });
  expect(received).toHaveLength(2);
  const failed = { status, retryAfterMs: 0, code: 'HISTORY_UNREACHABLE' };
  expect(retries).toEqual([{ failed, tries: 1, inMs: expect.any(Number) }]);
});

it('fails at once where Retry-After is later than retries may begin', async () => {
  const replies = [{ ...problem(503, 'HISTORY_UNREACHABLE'), headers: { 'Retry-After': '3600' } }];
  const { result, received } = await requestBackup(replies);
  expect(result).toMatchObject({ code: 'HISTORY_UNREACHABLE', retryAfterSeconds: 3600 });
  expect(received).toHaveLength(1);
});

it('fails with the last response after the last retry', async () => {
  const { result, received } = await requestBackup([problem(500, 'UNEXPECTED')], { retry: { retries: 1 } });
  expect(result).toMatchObject({ status: 500 });
  expect(received).toHaveLength(2);
});

it('ends a wait for the next try when the signal of the request is aborted', async () => {
  await using server = await startServer({ ...problem(503, 'HISTORY_UNREACHABLE'), headers: { 'Retry-After': '30' } });
  const stop = new AbortController();
  const client = createClient({ url: server.url, onRetry: () => stop.abort(new Error('stopped')) });
  const error = await outcomeOf(client.post('/api/v1/backups', { body: {}, signal: stop.signal }));
  expect(error).toMatchObject({ message: 'stopped' });
});

it('fails with the problem of the response', async () => {
  const { result } = await requestBackup([problem(409, 'BACKUP_EXISTS', { backupId: 'a' })]);
  expect(result).toBeInstanceOf(ApiError);
  expect(result).toMatchObject({
    ...{ message: 'What happened.', status: 409, code: 'BACKUP_EXISTS', title: 'A title.', requestId: 'r1' },
    data: { backupId: 'a' },
  });
});

it("fails with the error of Optimize's endpoints", async () => {
  const body = { errorCode: 'conflict', errorMessage: 'A backup exists.', detailedMessage: 'Its id is taken.' };
  await using server = await startServer({ status: 409, headers: { 'X-Request-Id': 'r2' }, body });
  const error = await outcomeOf(
    createClient({ url: server.url }).post('/actuator/backup', { body: { backupId: 'a' } }),
  );
  expect(error).toMatchObject({
    ...{ message: 'Its id is taken.', status: 409, title: 'A backup exists.', requestId: 'r2' },
    ...{ code: undefined, data: { errorCode: 'conflict' } },
  });
});

it('says of a response that is not from Tandem what it is', async () => {
  const { result } = await requestBackup([{ status: 404, body: '<html>\n  nginx' }]);
  expect(result).toMatchObject({ status: 404, code: undefined, message: expect.stringContaining('<html> nginx') });
});

it.each([
  ['application/json', '{"items":[{"backupId"', 'its JSON is incomplete'],
  ['text/html; charset=utf-8', '<html>Sign in', 'HTTP 200, not from Tandem: <html>Sign in'],
  ['text/plain', 'OK', 'HTTP 200, not from Tandem: OK'],
])('fails with a response of %s that is %s', async (type, body, words) => {
  await using server = await startServer({ headers: { 'Content-Type': type }, body });
  const { get } = createClient({ url: server.url, retry: { retries: 0 } });
  expect(await outcomeOf(get('/api/v1/history'))).toMatchObject({ message: expect.stringContaining(words) });
});

it('does not take a login page for an export', async () => {
  await using server = await startServer({ headers: { 'Content-Type': 'text/html' }, body: '<html>Sign in' });
  const { api } = createClient({ url: server.url });
  const error = await outcomeOf(
    api.GET('/api/v1/backups/export', { params: { query: { format: 'csv' } }, parseAs: 'stream' }),
  );
  expect(error).toMatchObject({ status: 200, code: undefined });
});

it('does not doubt whether a read was carried out', async () => {
  await using server = await startServer({ instead: 'hangUp' });
  const error = await outcomeOf(createClient({ url: server.url, retry: { retries: 0 } }).get('/api/v1/history'));
  expect(error).toMatchObject({ problem: 'unreachable', mayHaveArrived: false });
});

it('does not follow a redirect with the key', async () => {
  await using other = await startServer({});
  const replies = [{ status: 308, headers: { Location: `${other.url}/api/v1/backups` } }];
  const { result, received } = await requestBackup(replies, { credentials: () => 'tdm_key' });
  expect(received[0]?.headers.authorization).toBe('Bearer tdm_key');
  expect(other.received).toEqual([]);
  expect(result).toMatchObject({ status: 308, message: expect.stringContaining(`redirects to ${other.url}`) });
});

it('reads the key for each try', async () => {
  const keys = ['tdm_old', 'tdm_new'];
  const options = { credentials: async () => keys.shift() };
  const { received } = await requestBackup([{ instead: 'hangUp' }, accepted], options);
  expect(received.map(({ headers }) => headers.authorization)).toEqual(['Bearer tdm_old', 'Bearer tdm_new']);
});

it.each([
  ['http://tandem.example.com', false, 'The key is not sent to http://tandem.example.com'],
  ['http://10.0.0.1:8092', false, 'The key is not sent to http://10.0.0.1:8092'],
  ['http://127.0.0.1.example.com', false, 'The key is not sent to http://127.0.0.1.example.com'],
  ['http://tandem.example.com', true, 'sent'],
  ['https://tandem.example.com', false, 'sent'],
  ['http://localhost:8092', false, 'sent'],
  ['http://127.1.2.3', false, 'sent'],
  ['http://[::1]:8092', false, 'sent'],
])('to %s, insecure %s: %s', async (url, insecure, words) => {
  const fetch = async () => {
    throw new Error('sent');
  };
  const retry = { retries: 0 };
  const { get } = createClient({ url, insecure, fetch, retry, credentials: () => 'tdm_key' });
  const error = await outcomeOf(get('/api/v1/history'));
  expect((error as Error).message).toContain(words);
});

it('sends a request without a key to whatever address', async () => {
  const sent: string[] = [];
  const fetch = async ({ url }: Request) => {
    sent.push(url);
    return Response.json({});
  };
  await createClient({ url: 'http://tandem.example.com', fetch, credentials: () => undefined }).get('/api/v1/history');
  expect(sent).toEqual(['http://tandem.example.com/api/v1/history']);
});

it('fails with a timeout where there is no response, which a server may still carry out', async () => {
  const { result, received } = await retryOperation([{ instead: 'silence' }], { timeoutMs: 50 });
  expect(result).toBeInstanceOf(NetworkError);
  expect(result).toMatchObject({ problem: 'timeout', mayHaveArrived: true });
  expect((result as Error).message).toMatch(/^No response from http:\/\/127.0.0.1:\d+ within 0.05 s\. /);
  expect(received).toHaveLength(1);
});

it('fails as unreachable where nothing listens', async () => {
  const server = await startServer();
  await server[Symbol.asyncDispose]();
  const client = createClient({ url: server.url, retry: { retries: 0 } });
  const error = await outcomeOf(client.get('/api/v1/history'));
  expect(error).toMatchObject({ problem: 'unreachable', mayHaveArrived: false });
  expect((error as Error).message).toContain('ECONNREFUSED');
});

it.each([
  ['tandem.example.com', 'found tandem.example.com.'],
  ['ftp://tandem.example.com', 'found ftp://tandem.example.com.'],
  ['https://tandem.example.com?key=1', 'found https://tandem.example.com?key=1.'],
  ['https://me:secret@tandem.example.com', 'found one with a user.'],
])('refuses the URL %s', (url, found) => {
  expect(() => createClient({ url })).toThrow(found);
});
