import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { formatApiKey } from '@tandem/shared/domain/identity/api-key.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess, Environment } from './harness/app-process.ts';
import type { Api, HttpAnswer } from './harness/requests/api.ts';
import { followEvents } from './harness/requests/event-stream.ts';
import { openTcpProxy, type TcpProxy } from './harness/services/tcp-proxy.ts';
import { useWorld } from './harness/world.ts';

// these tests are refused often on purpose
const world = useWorld({ apps: false, environment: { LOG_LEVEL: 'trace', AUTH_FAILURE_LIMIT: '0' } });
const folder = mkdtempSync(join(tmpdir(), 'tandem-keys-'));

/** Every key that these tests have seen: none may be found in a log or in the database. */
const secrets: string[] = [];
const remember = (key: unknown): string => {
  expect(key).toMatch(/^tdm_[0-9a-z]{8}_[0-9A-Za-z]{49}$/);
  secrets.push(String(key));
  return String(key);
};
/** Of every process but what a command prints on standard output, which is the key. */
const logs: (() => string)[] = [];
const logged = <Process extends AppProcess>(process: Process): Process => {
  logs.push(process.output);
  return process;
};
const startApi = async (changes?: Environment) => logged(await world.startApi(changes));

/** A valid key that nobody created. */
const madeUpKey = (): string =>
  formatApiKey(`tdm_${randomBytes(4).toString('hex')}`, randomBytes(32).toString('hex').slice(0, 43));

const idOf = (key: string): string => key.slice(0, 12);

const command = async (...args: readonly string[]) => {
  const process = world.startProgram('keys', world.environment(), args);
  const { code } = await process.exited;
  const errors = process.errors();
  logs.push(process.errors);
  return { code, errors, printed: process.output().replace(errors, '').trim() };
};
const create = async (...args: readonly string[]): Promise<string> => {
  const { code, errors, printed } = await command('create', ...args);
  expect(code, errors).toBe(0);
  return remember(printed);
};

const send = (api: Api, key: string | undefined, method: string, path: string, body?: object): Promise<HttpAnswer> =>
  api.call(path, {
    method,
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const read = (api: Api, key?: string, path = '/api/v1/backups') => send(api, key, 'GET', path);
const statusOf = async (api: Api, key?: string) => (await read(api, key)).status;

const keyEvents = () =>
  world.sql("select kind, actor, source, reason, before, after from event where kind like 'key.%' order by id");

let replicas: readonly [Api, Api];
let postgres: TcpProxy;
let admin: string;
let generated: string;

beforeAll(async () => {
  world.onEnd(async () => rmSync(folder, { recursive: true, force: true }));
  postgres = await openTcpProxy(world.databaseUrl);
  world.onEnd(postgres.shut);
  const both = await Promise.all([startApi(), startApi(), world.startWorker()]);
  logged(both[2]);
  replicas = [both[0], both[1]];
});

describe('the first key', () => {
  it('is made by a command, which prints it once and records who did it', async () => {
    expect(await Promise.all(replicas.map((api) => statusOf(api)))).toEqual([200, 200]);

    admin = await create('--role', 'admin', '--name', 'anna', '--expires', '90d', '--reason', 'the first one');

    expect(await keyEvents()).toMatchObject([
      {
        ...{ kind: 'key.created', source: 'command', reason: 'the first one' },
        actor: { kind: 'system', name: `${userInfo().username}@${hostname()}` },
        after: { keyId: idOf(admin), name: 'anna', role: 'admin' },
      },
    ]);
  });

  it('works at once on every replica, and ends access without credentials within 10 s', async () => {
    expect(await Promise.all(replicas.map((api) => statusOf(api, admin)))).toEqual([200, 200]);
    for (const api of replicas)
      await world.until(
        'a key is required',
        () => statusOf(api),
        (status) => status === 401,
        10_000,
      );
  });

  it('is refused with another secret, without its checksum, and where nobody created it, in the same words', async () => {
    const [api] = replicas;
    const wrong = [
      ...[formatApiKey(idOf(admin), 'A'.repeat(43)), madeUpKey(), admin.slice(0, -1), `${admin}0`, idOf(admin)],
    ];
    const answers = await Promise.all(wrong.map((key) => read(api, key)));
    expect(answers.map(({ status }) => status)).toEqual(wrong.map(() => 401));
    const words = answers.map(({ json }) => [json?.code, json?.detail, json?.message].join());
    expect(new Set(words).size).toBe(1);
  });
});

describe('keys over REST', () => {
  let ci: string;

  it('are created by an admin, with the secret in this one answer', async () => {
    const [api, other] = replicas;
    const body = { name: 'nightly-ci', role: 'operator', reason: 'backups before each release' };

    const created = await send(api, admin, 'POST', '/api/v1/keys', body);

    expect(created.status, created.text).toBe(201);
    expect(created.headers.get('cache-control')).toBe('no-store');
    ci = remember(created.json?.key);
    expect(created.json).toMatchObject({
      ...{ keyId: idOf(ci), name: 'nightly-ci', role: 'operator', state: 'live', expiresAt: null },
      createdBy: { kind: 'api-key', id: idOf(admin), name: 'anna', address: '127.0.0.1' },
    });
    expect(await Promise.all([statusOf(api, ci), statusOf(other, ci)])).toEqual([200, 200]);
    const again = await send(other, admin, 'POST', '/api/v1/keys', body);
    expect([again.status, again.json?.code]).toEqual([409, 'API_KEY_EXISTS']);
    expect(again.text).toContain(idOf(ci));
    const listed = await read(other, ci, '/api/v1/keys');
    expect(listed.json?.items).toMatchObject([{ keyId: idOf(ci) }, { keyId: idOf(admin) }]);
    expect(listed.text).not.toContain('"key"');
  });

  it('are made by admins alone', async () => {
    const [api] = replicas;
    const body = { name: 'more', role: 'admin' };
    const refused = await send(api, ci, 'POST', '/api/v1/keys', body);
    expect([refused.status, refused.json?.code]).toEqual([403, 'FORBIDDEN']);
    expect((await send(api, ci, 'POST', `/api/v1/keys/${idOf(ci)}/rotate`, {})).status).toBe(403);
    expect((await send(api, ci, 'DELETE', `/api/v1/keys/${idOf(admin)}`, { reason: 'mine now' })).status).toBe(403);
    expect((await send(api, admin, 'POST', '/api/v1/keys', { ...body, name: 'Not A Name' })).status).toBe(400);
  });

  it('sign what their callers do, and show when they were last used', async () => {
    const [api, other] = replicas;
    const backup = await send(api, ci, 'POST', '/api/v1/backups', { backupId: 'signed' });
    expect(backup.status, backup.text).toBe(202);
    const [event] = await world.sql("select actor from event where backup_id = 'signed' and kind = 'backup.requested'");
    expect(event?.actor).toEqual({ kind: 'api-key', id: idOf(ci), name: 'nightly-ci', address: '127.0.0.1' });
    const events = await read(other, admin, '/api/v1/events?actor=nightly-ci');
    expect(events.json?.items).toMatchObject([{ kind: 'backup.requested', backupId: 'signed' }]);
    const lastUsed = async () => {
      const { json } = await read(other, admin, '/api/v1/keys');
      const items = json?.items as readonly { keyId: string; lastUsedAt: string | null }[] | undefined;
      return items?.find(({ keyId }) => keyId === idOf(ci));
    };
    await world.until('its use is recorded', lastUsed, (key) => typeof key?.lastUsedAt === 'string');
  });

  it('are rotated: both are accepted for the overlap, then the new one alone', async () => {
    const [api, other] = replicas;
    const body = { overlap: '1m', reason: 'every quarter' };

    const rotated = await send(api, admin, 'POST', `/api/v1/keys/${idOf(ci)}/rotate`, body);

    expect(rotated.status, rotated.text).toBe(201);
    const next = remember(rotated.json?.key);
    expect(rotated.json).toMatchObject({
      ...{ keyId: idOf(next), name: 'nightly-ci', role: 'operator', state: 'live' },
      replaced: { keyId: idOf(ci), state: 'live', replacedBy: idOf(next) },
    });
    expect(await Promise.all([statusOf(other, ci), statusOf(other, next)])).toEqual([200, 200]);
    const third = await send(other, admin, 'POST', `/api/v1/keys/${idOf(next)}/rotate`, {});
    expect([third.status, third.json?.code]).toEqual([409, 'API_KEY_ROTATING']);
    await world.sql(
      "update api_key set expires_at = now(), created_at = created_at - interval '1 minute' where id = $1",
      idOf(ci),
    );
    for (const replica of replicas)
      await world.until(
        'the old key has expired',
        () => statusOf(replica, ci),
        (status) => status === 401,
        10_000,
      );
    expect(await statusOf(api, next)).toBe(200);
    ci = next;
  });

  it('are revoked: requests and open event streams end within 10 s on every replica', async () => {
    const [api, other] = replicas;
    await send(api, ci, 'POST', '/api/v1/backups', { backupId: 'followed' });
    const streams = await Promise.all(
      replicas.map(({ address }) => followEvents(address, 'followed', undefined, { authorization: `Bearer ${ci}` })),
    );
    for (const { leave } of streams) world.onEnd(async () => leave());
    expect(streams.map(({ response }) => response.status)).toEqual([200, 200]);
    const began = performance.now();

    const revoked = await send(api, admin, 'DELETE', `/api/v1/keys/${idOf(ci)}`, { reason: 'the laptop was lost' });

    expect(revoked.json).toMatchObject({ keyId: idOf(ci), state: 'revoked' });
    expect(await statusOf(api, ci)).toBe(401);
    await Promise.all(streams.map(({ ended }) => ended));
    await world.until(
      'the other replica refuses it',
      () => statusOf(other, ci),
      (status) => status === 401,
      10_000,
    );
    expect(performance.now() - began).toBeLessThan(10_000);
    const again = await send(other, admin, 'DELETE', `/api/v1/keys/${idOf(ci)}`, { reason: 'again' });
    expect([again.status, again.json?.revokedAt]).toEqual([200, revoked.json?.revokedAt]);
    expect(await keyEvents()).toMatchObject([
      { kind: 'key.created' },
      { kind: 'key.created', reason: 'backups before each release' },
      {
        kind: 'key.rotated',
        reason: 'every quarter',
        before: { keyId: expect.any(String) },
        after: { keyId: idOf(ci) },
      },
      {
        ...{ kind: 'key.revoked', reason: 'the laptop was lost', before: { keyId: idOf(ci), name: 'nightly-ci' } },
        actor: { kind: 'api-key', name: 'anna' },
      },
    ]);
  });

  it('never lose the last admin, also where two revocations come at once', async () => {
    const [api, other] = replicas;
    const last = await send(api, admin, 'DELETE', `/api/v1/keys/${idOf(admin)}`, { reason: 'cleaning up' });
    expect([last.status, last.json?.code]).toEqual([409, 'API_KEY_LAST_ADMIN']);
    const created = await send(api, admin, 'POST', '/api/v1/keys', { name: 'second-admin', role: 'admin' });
    const second = remember(created.json?.key);
    expect(await statusOf(other, second)).toBe(200);

    const both = await Promise.all([
      send(api, admin, 'DELETE', `/api/v1/keys/${idOf(second)}`, { reason: 'race' }),
      send(other, second, 'DELETE', `/api/v1/keys/${idOf(admin)}`, { reason: 'race' }),
    ]);

    const statuses = both.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect([401, 409]).toContain(statuses.find((status) => status !== 200));
    admin = statuses[0] === 200 ? admin : second;
    expect(await statusOf(api, admin)).toBe(200);
  });
});

describe('the command', () => {
  it('lists and revokes keys, also the last admin key', async () => {
    const { printed } = await command('list');
    expect(printed).toMatch(new RegExp(`^ID +NAME +ROLE[^]*${idOf(admin)} .*admin +live`));
    expect((await command('revoke', idOf(admin), '--reason', 'test')).code).toBe(0);
    expect((await command('list')).printed).toBe('');
    expect((await command('list', '--ended')).printed).toMatch(/revoked/);
    const unknown = await command('revoke', 'tdm_00000000');
    expect([unknown.code, unknown.errors]).toEqual([1, expect.stringContaining('There is no key tdm_00000000')]);
    const [api] = replicas;
    await world.until(
      'it is refused',
      () => statusOf(api, admin),
      (status) => status === 401,
      10_000,
    );
    // it does not become open again
    expect(await statusOf(api)).toBe(401);
  });

  it('makes a key without a database', async () => {
    const process = world.startProgram('keys', {}, ['generate']);
    expect(await process.exited).toEqual({ code: 0, signal: null });
    generated = remember(process.output().trim());
  });
});

describe('BOOTSTRAP_ADMIN_KEY_FILE', () => {
  const fileWith = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const adoptions = async () => (await keyEvents()).filter(({ kind }) => kind === 'key.adopted');
  it('is adopted once by replicas that start at once, as soon as PostgreSQL is there', async () => {
    const BOOTSTRAP_ADMIN_KEY_FILE = fileWith('bootstrap', `${generated}\n`);
    await postgres.shut();
    const environment = { DATABASE_URL: postgres.url, BOOTSTRAP_ADMIN_KEY_FILE };
    const started = await Promise.all([1, 2, 3].map(() => startApi(environment)));
    for (const api of started) expect(await statusOf(api, generated)).toBe(503);

    await postgres.open();

    for (const api of started)
      await world.until(
        'the key is accepted',
        () => statusOf(api, generated),
        (status) => status === 200,
      );
    expect(await adoptions()).toMatchObject([{ actor: { name: 'api' }, after: { name: 'bootstrap', role: 'admin' } }]);
    admin = generated;
    await Promise.all(started.map((api) => api.kill()));
  });

  it('is ignored while an admin key is live, with a line in the log', async () => {
    const other = madeUpKey();
    const api = await startApi({ BOOTSTRAP_ADMIN_KEY_FILE: fileWith('other', remember(other)) });
    expect(api.output()).toContain('ignored the bootstrap key: there is an admin key');
    expect(await statusOf(api, other)).toBe(401);
    expect(await statusOf(api, generated)).toBe(200);
    expect(await adoptions()).toHaveLength(1);
    await api.kill();
  });

  it('stops the start where the file holds no key, without showing what it holds', async () => {
    const file = fileWith('typing-error', `${madeUpKey().slice(0, -8)}canary00`);
    const refused = logged(world.startProgram('api', world.environment({ BOOTSTRAP_ADMIN_KEY_FILE: file })));
    expect((await refused.exited).code).toBe(2);
    expect(refused.output()).toContain('BOOTSTRAP_ADMIN_KEY_FILE: the file contains no API key');
    expect(refused.output()).not.toContain('canary');
  });
});

it('is part of the sealed and verified history, and of its exports', async () => {
  const [api] = replicas;
  await world.until(
    'every event is sealed',
    async () => (await read(api, admin, '/actuator/prometheus')).text,
    (text) => /^tandem_unsealed_events 0$/m.test(text),
  );
  const verified = logged(world.startProgram('audit-verify', world.environment()));
  expect((await verified.exited).code, verified.output()).toBe(0);
  const exported = await read(api, admin, '/api/v1/events/export?format=ndjson&kind=key.created,key.rotated');
  const kinds = exported.text.split('\n').filter((line) => line.includes('"key.'));
  expect(kinds.length).toBeGreaterThanOrEqual(4);
});

it('keeps no secret in any log or column of the database', async () => {
  const [api] = replicas;
  // pasted where an id belongs, or sent where no key belongs
  for (const path of [`/api/v1/keys/${admin}`, `/api/v1/backups?label=${admin}`, `/api/v1/backups/${admin}`])
    await send(api, admin, 'GET', path);
  await send(api, admin, 'DELETE', `/api/v1/keys/${admin}`, { reason: 'pasted' });
  await send(api, admin, 'POST', '/api/v1/keys', { name: admin, role: 'viewer' });
  const columns = await world.sql(
    "select table_name, column_name from information_schema.columns where table_schema = 'public' order by 1, 2",
  );
  expect(columns.length).toBeGreaterThan(100);
  const stored: string[] = [];
  for (const { table_name: table, column_name: column } of columns) {
    const rows = await world.sql(
      `select distinct "${column}"::text as text from "${table}" where "${column}" is not null`,
    );
    for (const { text } of rows) stored.push(String(text));
  }
  const everything = `${stored.join('\n')}\n${logs.map((output) => output()).join('\n')}`;
  expect(everything).toContain(idOf(admin));
  expect(secrets.length).toBeGreaterThanOrEqual(6);
  for (const key of secrets) {
    const secret = key.slice(idOf(key).length + 1);
    for (const part of [secret, secret.slice(0, 20), secret.slice(-20)])
      expect(everything.includes(part), `a secret of ${idOf(key)} is shown`).toBe(false);
  }
});
