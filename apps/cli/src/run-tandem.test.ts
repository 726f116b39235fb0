import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTandem } from './run-tandem.ts';

const PAGE = {
  items: [
    {
      ...{ backupId: 'nightly-2026-11-22', state: 'COMPLETED', deletedAt: null, hold: null, bytes: 812_344_120 },
      ...{ requestedAt: '2026-11-22T01:00:00.000Z', lastProvenAt: '2026-11-22T09:12:30.000Z', note: 'a: b\nc' },
    },
    {
      ...{ backupId: 'nightly-2026-11-21', state: 'FAILED', deletedAt: null, hold: null, bytes: null },
      ...{ requestedAt: '2026-11-21T01:00:00.000Z', lastProvenAt: null, note: null },
    },
  ],
  nextCursor: 'eyJ4',
};

let url = '';
const received: { readonly path: string | undefined; readonly headers: IncomingHttpHeaders }[] = [];
const server = createServer(({ url: path, headers }, response) => {
  received.push({ path, headers });
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(PAGE));
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const run = async (args: readonly string[], environment: Readonly<Record<string, string>> = { TANDEM_URL: url }) => {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await runTandem(args, {
    environment,
    workingDirectory: '/',
    homeDirectory: '/none',
    userId: process.getuid?.(),
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    now: () => new Date('2026-11-22T12:00:00Z'),
    signal: new AbortController().signal,
  });
  const textOf = (stream: PassThrough) => String(stream.read() ?? '');
  return { code, stdout: textOf(stdout), stderr: textOf(stderr) };
};

describe('output', () => {
  it.each(['table', 'json', 'ndjson', 'yaml'])('of a list as %s', async (format) => {
    const { code, stdout, stderr } = await run(['backup', 'list', '--output', format]);
    expect(stdout).toMatchSnapshot();
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'There are more: --cursor eyJ4\n' });
  });

  it('as JSON is what the API answered', async () => {
    expect(JSON.parse((await run(['-o', 'json', 'backup', 'list'])).stdout)).toEqual(PAGE);
  });
});

describe('the key', () => {
  it('is sent to this host over http, and the filters with it', async () => {
    await run(['backup', 'list', '--since', '12h'], { TANDEM_URL: url, TANDEM_API_KEY: 'tdm_key' });
    expect(received.at(-1)?.headers.authorization).toBe('Bearer tdm_key');
    expect(received.at(-1)?.path).toBe('/api/v1/backups?requestedFrom=2026-11-22T00%3A00%3A00.000Z');
    await run(['backup', 'list']);
    expect(received.at(-1)?.headers.authorization).toBeUndefined();
  });

  it('is not sent over http to another host', async () => {
    const elsewhere = { TANDEM_URL: 'http://192.0.2.1:8092', TANDEM_API_KEY: 'tdm_key' };
    const { code, stderr } = await run(['backup', 'list'], elsewhere);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('Add --insecure') });
    expect(stderr).not.toContain('tdm_key');
  });

  it('is never quoted, not even one that no header can carry', async () => {
    const { code, stdout, stderr } = await run(['backup', 'list'], { TANDEM_URL: url, TANDEM_API_KEY: 'tdm_a tdm_b' });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toContain('tdm_');
  });
});

it('verifies exported files where there is no Tandem', async () => {
  const { code, stderr } = await run(['history', 'verify', '--events', '/none/events.ndjson'], {});
  expect({ code, stderr }).toEqual({
    code: 5,
    stderr: expect.stringMatching(/^tandem: Could not be checked\. .*events\.ndjson/),
  });
});

describe('a wrong command line', () => {
  it.each([
    [['backup', 'lst'], /^tandem: unknown command 'lst'\n\(Did you mean list\?\)/],
    [
      ['backup', 'list', '--limit', '0'],
      /'--limit <count>' argument '0' is invalid\. It must be a whole number from 1/,
    ],
    [['backup', 'delete', 'a'], /required option '--reason <text>' not specified/],
    [['backup', 'get'], /missing required argument 'backup-id'/],
    [['backup', 'list', '--output', 'xml'], /Allowed choices are table, json, ndjson, yaml/],
    [['operation', 'retry', '--reason', 'r'], /Name an operation, or give a filter/],
    [['operation', 'retry', 'a', '--all', '--reason', 'r'], /Name one operation, or give filters, not both/],
    [['operation', 'retry', '--all', '--wait', '--reason', 'r'], /--wait goes with one operation/],
    [['backup', 'create', '--timeout', '2h'], /--timeout goes with --wait/],
    [
      ['key', 'create', '--name', 'n', '--role', 'viewer', '--key-file', '/none/key'],
      /file for the key cannot be made: ENOENT.*\nNo key was created/,
    ],
    [['backup', 'label', 'a', 'env'], /A label is a key, a colon and a value/],
  ])('%j ends with 2', async (args, message) => {
    const before = received.length;
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(received).toHaveLength(before);
  });
});
