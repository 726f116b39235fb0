import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { createGunzip, gunzipSync } from 'node:zlib';
import { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import { BACKUP_COLUMNS, EVENT_COLUMNS, ExportedBackupLine } from '@tandem/shared/contract/exports.ts';
import { readCell } from '@tandem/shared/domain/history/csv-cell.ts';
import { parse } from 'csv-parse/sync';
import pg from 'pg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { create, expectProblem, send, untilOperation } from './harness/requests/v1.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld();

const FORMULAS = ['=HYPERLINK("http://evil","x")', '+1', '-1', '@SUM(1)', '\tx', '\rx', 'two\r\nlines, "so"', "'x"];

/** About 300 bytes each. */
const fill = (count: number) =>
  world.sql(
    `INSERT INTO event (backup_key, backup_id, kind, actor, source, reason, request_id, after)
    SELECT nth / 5, 'many-' || nth / 5, 'part.succeeded', '{"kind":"system","name":"many"}', 'worker', md5(nth::text), 'request-' || nth,
      jsonb_build_object('nth', nth) FROM generate_series(1, $1::int) nth`,
    count,
  );

const MANY = 60_000;

beforeAll(async () => {
  await create(world.api, 'export');
  await world.api.untilState('export', 'COMPLETED');
  for (const reason of FORMULAS) {
    await world.sql(
      `INSERT INTO event (kind, actor, source, reason) VALUES ('backup.refused', '{"kind":"system","name":"x"}', 'api', $1)`,
      reason,
    );
  }
}, 120_000);

const open: { destroy(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.destroy();
});

/** The answer of the API with nothing taken off it: what is not read stays where it is. */
const answerTo = async (path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> => {
  const asked = get(`${world.api.address}/api/v1${path}`, { headers, agent: false });
  asked.on('error', () => undefined);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.on('error', () => undefined);
  open.push(asked);
  return answer;
};

const readAll = async (path: string): Promise<string> => {
  const answer = await answerTo(path);
  expect(answer.statusCode).toBe(200);
  return text(answer);
};

/** The end of an export taken off, once it was compared. */
const linesOf = async (path: string): Promise<unknown[]> => {
  const [, lines = '', end = ''] = /^((?:.*\n)*)(.*)\n$/.exec(await readAll(path)) ?? [];
  const parsed = lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const sha256 = createHash('sha256').update(lines).digest('hex');
  expect(JSON.parse(end)).toEqual({ end: { count: parsed.length, sha256 } });
  return parsed;
};

/** All that a client of HTTP/1.0 gets until the connection closes, and nothing says whether that is all of it. */
const overHttp10 = async (path: string, once: () => Promise<unknown> = async () => undefined): Promise<string> => {
  const { hostname, port } = new URL(world.api.address);
  const socket = connect(Number(port), hostname);
  open.push(socket);
  socket.write(`GET /api/v1${path} HTTP/1.0\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) {
    if (chunks.length === 0) await once();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

const table = (csv: string): Record<string, string>[] => parse(csv, { columns: true, record_delimiter: '\r\n' });

const exporting = async (state: string): Promise<number> => {
  const [row] = await world.sql(
    `SELECT count(*)::int AS many FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'tandem-export' AND state = $1`,
    state,
  );
  return Number(row?.many);
};

describe('an export', () => {
  it('tells every event as NDJSON, in the order of their ids', async () => {
    const events = (await linesOf('/events/export?format=ndjson')).map((line) => ExportedEvent.parse(line));
    const rows = await world.sql('SELECT id::text, kind, reason FROM event ORDER BY event.id');
    expect(events.map(({ id, kind, reason }) => ({ id, kind, reason }))).toEqual(rows.slice(0, events.length));
    expect(events.map(({ kind }) => kind)).toContain('backup.completed');
    const after = events.at(-2)?.id;
    expect(await linesOf(`/events/export?format=ndjson&after=${after}`)).toMatchObject([{ id: events.at(-1)?.id }]);
  });

  it('tells every backup, and those that fit', async () => {
    const [backup, ...others] = (await linesOf('/backups/export?format=ndjson')).map((line) =>
      ExportedBackupLine.parse(line),
    );
    expect(others).toEqual([]);
    expect(backup).toMatchObject({ backupId: 'export', state: 'COMPLETED', parts: [{ number: 1 }, { number: 2 }] });
    expect(backup?.bytes).toBeGreaterThan(0);
    expect(backup?.bytes).toBe(backup?.parts.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0));
    const shown = await send(world.api, 'GET', '/backups/export');
    expect(shown.json).toMatchObject({ bytes: backup?.bytes });
    expect(await linesOf('/backups/export?format=ndjson&state=FAILED')).toEqual([]);
    const [row] = table(await readAll('/backups/export?format=csv'));
    expect(Object.keys(row ?? {})).toEqual([...BACKUP_COLUMNS]);
    expect(row).toMatchObject({ backupId: 'export', bytes: String(backup?.bytes), requestedAt: backup?.requestedAt });
  });

  it('is CSV that is read back as it was, and in which nothing begins like a formula', async () => {
    const rows = table(await readAll('/events/export?format=csv&kind=backup.refused'));
    expect(Object.keys(rows[0] ?? {})).toEqual([...EVENT_COLUMNS]);
    expect(rows.map(({ reason = '' }) => readCell(reason))).toEqual(FORMULAS);
    for (const cell of rows.flatMap((row) => Object.values(row))) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });

  it('says what it is, under which name to keep it, and how it is packed', async () => {
    const plain = await answerTo('/events/export?format=csv', { 'accept-encoding': 'br, identity' });
    expect(plain.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': expect.stringMatching(/^attachment; filename="tandem-events-\d{8}T\d{6}Z\.csv"$/),
      vary: expect.stringContaining('Accept-Encoding'),
      'export-up-to': expect.stringMatching(/^\d+$/),
    });
    expect(plain.headers['content-encoding']).toBeUndefined();
    const packed = await answerTo('/events/export?format=csv', { 'accept-encoding': 'gzip;q=0.5, deflate' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    const chunks: Buffer[] = [];
    for await (const chunk of packed) chunks.push(chunk);
    expect(gunzipSync(Buffer.concat(chunks)).toString()).toBe(await text(plain));
    const refused = await answerTo('/events/export?format=csv', { 'accept-encoding': 'gzip;q=0' });
    expect(refused.headers['content-encoding']).toBeUndefined();
    // fetch unpacks by itself
    const fetched = await world.api.call('/api/v1/events/export?format=ndjson&kind=backup.refused');
    expect(fetched.text.trimEnd().split('\n')).toHaveLength(FORMULAS.length + 1);
  });

  it('is NDJSON over HTTP/1.0, and refused as CSV', async () => {
    expect(await overHttp10('/events/export?format=ndjson')).toMatch(
      /\n\{"end":\{"count":\d+,"sha256":"[0-9a-f]{64}"\}\}\n$/,
    );
    const refused = await overHttp10('/events/export?format=csv');
    expect(refused).toMatch(/^HTTP\/1\.1 400 /);
    expect(refused).toContain('"code":"HTTP_1_1_REQUIRED"');
    expect(refused).toContain('proxy_http_version 1.1');
  });

  it('is answered to GET and HEAD alone, and refuses what it does not know', async () => {
    const head = await world.api.call('/api/v1/events/export?format=ndjson', { method: 'HEAD' });
    expect([head.status, head.text, head.headers.get('content-type')]).toEqual([
      200,
      '',
      'application/x-ndjson; charset=utf-8',
    ]);
    expectProblem(await send(world.api, 'POST', '/events/export?format=csv', {}), 405, 'METHOD_NOT_ALLOWED');
    const wrong = async (path: string) => expectProblem(await send(world.api, 'GET', path), 400, 'REQUEST_INVALID');
    expect(await wrong('/events/export')).toBe('format must be ndjson or csv, and is not given.');
    expect(await wrong('/events/export?format=xml')).toBe('format must be ndjson or csv, found "xml".');
    expect(await wrong('/backups/export?format=xml')).toMatch(/^format must be/);
    expect(await wrong('/backups/export?format=csv&sort=requested')).toMatch(/must not contain "sort"/);
    expect(await wrong('/events/export?format=csv&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z')).toMatch(/^from/);
  });

  it('leaves its path to a backup of that id, where no format is asked for', async () => {
    expect((await send(world.api, 'GET', '/backups/export')).json).toMatchObject({
      backupId: 'export',
      state: 'COMPLETED',
    });
    const events = await send(world.api, 'GET', '/backups/export/events');
    expect(events.status).toBe(200);
    const deletion = await send(world.api, 'DELETE', '/backups/export', {
      reason: 'to see that it can be',
      confirm: 'export',
    });
    await untilOperation(world, String(deletion.json?.operationId), 'SUCCEEDED');
    expectProblem(await send(world.api, 'POST', '/backups/export', {}), 405, 'METHOD_NOT_ALLOWED');
  });
});

/** In megabytes: the most that the API had since it was asked to forget. */
const peak = () => {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${world.api.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
};
const forgetPeak = () => writeFileSync(`/proc/${world.api.pid}/clear_refs`, '5');

describe('an export of many rows', () => {
  beforeAll(() => fill(MANY), 120_000);

  const count = async (stream: AsyncIterable<Buffer>): Promise<number> => {
    let lines = 0;
    for await (const chunk of stream) for (const byte of chunk) lines += byte === 10 ? 1 : 0;
    return lines;
  };

  const countIn = async (path: string, headers: Record<string, string> = {}): Promise<number> => {
    const answer = await answerTo(path, headers);
    return count(headers['accept-encoding'] === undefined ? answer : answer.pipe(createGunzip()));
  };

  it('needs no more memory for more of them', async () => {
    const asked = '/events/export?format=ndjson&actor=many';
    const both = async (): Promise<number> => {
      forgetPeak();
      const plain = await countIn(asked);
      expect(await countIn(asked, { 'accept-encoding': 'gzip' })).toBe(plain);
      return plain - 1; // the end
    };
    // what the engine of JavaScript keeps for itself once it has had such work
    await both();
    expect(await both()).toBe(MANY);
    const few = peak();
    await fill(2 * MANY);
    expect(await both()).toBe(3 * MANY);
    expect(peak() - few).toBeLessThan(50);
  }, 120_000);

  it('waits for a client that reads slowly, and holds no transaction meanwhile', async () => {
    forgetPeak();
    const before = peak();
    const answer = await answerTo('/events/export?format=ndjson&actor=many');
    await world.until(
      'PostgreSQL waits for the client',
      () => Promise.all([exporting('active'), exporting('idle')]),
      ([active, idle]) => active === 0 && idle > 0,
    );
    expect(await exporting('idle in transaction')).toBe(0);
    expect(peak() - before).toBeLessThan(50);
    expect(await count(answer)).toBeGreaterThanOrEqual(MANY);
  }, 120_000);

  it('is broken off where its middle cannot be read, and told in the log', async () => {
    const answer = await answerTo('/events/export?format=ndjson&actor=many');
    await once(answer, 'readable');
    await world.sql('ALTER TABLE event RENAME TO event_away');
    try {
      await expect(count(answer)).rejects.toThrow('aborted');
    } finally {
      await world.sql('ALTER TABLE event_away RENAME TO event');
    }
    await world.until('the log tells it', async () => world.api.output().includes('"msg":"response aborted"'), Boolean);
    expect(answer.complete).toBe(false);
  }, 120_000);

  it('has no end over HTTP/1.0 where its middle cannot be read', async () => {
    let broken = '';
    try {
      broken = await overHttp10('/events/export?format=ndjson&actor=many', () =>
        world.sql('ALTER TABLE event RENAME TO event_away'),
      );
    } finally {
      await world.sql('ALTER TABLE event_away RENAME TO event');
    }
    expect(broken).toMatch(/^HTTP\/1\.1 200 /);
    expect(broken).not.toContain('{"end":');
  }, 120_000);

  it('ends in PostgreSQL when its client goes away, and makes room for another', async () => {
    const answers = [];
    for (let nth = 0; nth < 4; nth += 1) answers.push(await answerTo('/events/export?format=csv&actor=many'));
    const busy = await send(world.api, 'GET', '/events/export?format=csv&backupId=export');
    expect(expectProblem(busy, 503, 'EXPORTS_BUSY')).toMatch(/^4 exports are running/);
    expect(busy.headers.get('retry-after')).toMatch(/^\d+$/);
    for (const answer of answers) answer.destroy();
    await world.until(
      'there is room',
      () => send(world.api, 'GET', '/events/export?format=csv&backupId=export'),
      ({ status }) => status === 200,
    );
    await world.until(
      'nothing is read any more',
      () => exporting('active'),
      (active) => active === 0,
    );
  }, 120_000);

  it('stops a statement whose client broke the connection off', async () => {
    const blocker = new pg.Client({ connectionString: world.databaseUrl });
    await blocker.connect();
    open.push({ destroy: () => void blocker.end() });
    await blocker.query('BEGIN; LOCK TABLE event IN ACCESS EXCLUSIVE MODE');
    const asked = get(`${world.api.address}/api/v1/events/export?format=csv`, { agent: false });
    asked.on('error', () => undefined);
    await world.until(
      'PostgreSQL works on it',
      () => exporting('active'),
      (active) => active === 1,
    );
    // one that only closes its side may still read
    asked.socket?.resetAndDestroy();
    await world.until(
      'PostgreSQL does not any more',
      () => exporting('active'),
      (active) => active === 0,
    );
    expect(await exporting('active')).toBe(0);
    await blocker.query('COMMIT');
  });
});
