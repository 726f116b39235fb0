import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startManaged } from '@tandem/local-stack/process/managed-process.ts';
import { findPort } from '@tandem/local-stack/process/ports.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { followEvents } from './harness/requests/event-stream.ts';
import { create } from './harness/requests/v1.ts';
import { debianProgram } from './harness/services/debian-program.ts';
import { createOfPart, type EngineGate, openEngineGate } from './harness/services/engine-gate.ts';
import { useWorld } from './harness/world.ts';

const nginx = await debianProgram('nginx', 'nginx-light');
const world = useWorld({ apps: false });
let gate: EngineGate;
/** Where nginx answers as it is installed: all that it is given is where to find Tandem. */
let address: string;

/** What docs/operations.md says of it. */
const CONFIGURATION = (port: number, upstream: string) => `
daemon off;
pid nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass ${upstream};
    }
    location /tandem/ {
      proxy_pass ${upstream}/;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }
  }
}
`;

const startNginx = async (program: string, upstream: string): Promise<string> => {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-nginx-'));
  // nginx's workers run as another user when the tests run as root
  chmodSync(directory, 0o755);
  const port = await findPort([]);
  mkdirSync(join(directory, 'logs'));
  writeFileSync(join(directory, 'nginx.conf'), CONFIGURATION(port, upstream));
  const started = startManaged({
    command: program,
    args: ['-p', directory, '-c', 'nginx.conf', '-e', 'stderr'],
    env: { PATH: process.env.PATH },
    cwd: directory,
    logFile: join(directory, 'nginx.log'),
    recordFile: join(directory, 'nginx.json'),
    stopSignal: 'SIGQUIT',
    stopMs: 2_000,
  });
  world.onEnd(async () => {
    await started.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${port}`;
  await world.until(
    'nginx answers',
    () =>
      fetch(`${url}/actuator/health/liveness`).then(
        ({ status }) => status,
        () => started.lastLines().join('\n'),
      ),
    (status) => status === 200,
  );
  return url;
};

describe.skipIf(nginx === undefined)('behind nginx as Debian installs it', () => {
  beforeAll(async () => {
    gate = await openEngineGate(world.engineUrl);
    world.onEnd(gate.shut);
    const [api, worker] = await Promise.all([world.startApi(), world.startWorker({ ELASTICSEARCH_URL: gate.url })]);
    Object.assign(world, { api, worker });
    address = await startNginx(nginx ?? '', api.address);
  }, 180_000);

  it('an event stream passes as it comes', async () => {
    const second = gate.hold(createOfPart('followed', 2));
    await create(world.api, 'followed');
    await second.arrived;
    const { received, leave } = await followEvents(address, 'followed');
    const kinds = () => received.map(({ kind }) => kind);
    // the second part waits, so that nothing ends the stream or fills a buffer
    await world.until('the first part is told', kinds, (all) => all.includes('part.succeeded'));
    expect(kinds()).not.toContain('backup.completed');
    second.decide({ do: 'forward' });
    await world.until('its end is told', kinds, (all) => all.includes('backup.completed'));
    leave();
  });

  it('an export as NDJSON says in its last line that it is complete', async () => {
    const answer = await fetch(`${address}/api/v1/events/export?format=ndjson`);
    const [, lines = '', end = '{}'] = /^((?:.*\n)+)(.*)\n$/.exec(await answer.text()) ?? [];
    expect(JSON.parse(end)).toEqual({
      end: { count: lines.split('\n').length - 1, sha256: createHash('sha256').update(lines).digest('hex') },
    });
  });

  it('an export as CSV is refused over HTTP/1.0, and passes with the setting that the refusal names', async () => {
    const csv = (url: string) => fetch(`${url}/api/v1/events/export?format=csv`);
    const refused = await csv(address);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      code: 'HTTP_1_1_REQUIRED',
      detail: expect.stringContaining('proxy_http_version 1.1'),
    });
    const passed = await csv(`${address}/tandem`);
    expect([passed.status, passed.headers.get('content-type')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
    ]);
    expect((await passed.text()).split('\n').length).toBeGreaterThan(5);
  });

  it('the OpenAPI document names the server that it was fetched from, below a path too', async () => {
    for (const url of [`${address}/openapi.json`, `${address}/tandem/openapi.json`]) {
      const { servers } = (await (await fetch(url)).json()) as { servers: readonly { readonly url: string }[] };
      const server = new URL(servers[0]?.url ?? '', url).href.replace(/\/$/, '');
      expect(server).toBe(url.replace(/\/openapi\.json$/, ''));
      expect((await fetch(`${server}/actuator/health/readiness`)).status).toBe(200);
    }
  });
});
