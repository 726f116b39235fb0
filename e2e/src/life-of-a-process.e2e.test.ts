import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRaw } from './harness/requests/raw-http.ts';
import { openEngineGate } from './harness/services/engine-gate.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });

describe('the API', () => {
  it('finishes what it answers after a SIGTERM, and ends with 0 right after that', async () => {
    const gate = await openEngineGate(world.engineUrl);
    world.onEnd(gate.shut);
    const api = await world.startApi({ ELASTICSEARCH_URL: gate.url });
    const look = gate.hold(({ path }) => path.includes('camunda_optimize_last_'));
    const answer = api.post('last');
    await look.arrived;

    api.signal('SIGTERM');
    await world.until(
      'it takes no more',
      () =>
        api.call('/actuator/health/liveness').then(
          () => false,
          () => true,
        ),
      (gone) => gone,
    );
    look.decide({ do: 'forward' });
    const began = performance.now();

    expect((await answer).status).toBe(200);
    expect(await api.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(await world.sql("select state from backup where backup_id = 'last'")).toEqual([{ state: 'IN_PROGRESS' }]);
  });

  it('takes requests while it drains, not ready, and closes its port afterwards', async () => {
    const drains = await world.startApi({ DRAIN_TIME: '10m' });
    drains.signal('SIGTERM');
    await world.until(
      'it is not ready',
      () => drains.call('/actuator/health/readiness'),
      ({ status, json }) => status === 503 && json?.status === 'OUT_OF_SERVICE',
    );
    const live = await drains.call('/actuator/health/liveness');
    expect([live.status, live.headers.get('connection')]).toEqual([200, 'close']);
    await drains.kill();
    const drained = await world.startApi({ DRAIN_TIME: '100ms' });
    drained.signal('SIGTERM');
    expect(await drained.exited).toEqual({ code: 0, signal: null });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 after a %s when nothing is under way', async (signal) => {
    const api = await world.startApi();
    api.signal(signal);
    expect(await api.exited).toEqual({ code: 0, signal: null });
  });

  it('is not kept by a connection on which nothing was sent yet', async () => {
    const api = await world.startApi();
    const socket = await openRaw(api.address);
    await api.call('/actuator/health/liveness');
    const began = performance.now();
    api.signal('SIGTERM');
    expect(await api.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(4_000);
    socket.destroy();
  });

  it('ends at its own time-out after a SIGTERM when a request hangs', async () => {
    const gate = await openEngineGate(world.engineUrl);
    world.onEnd(gate.shut);
    const api = await world.startApi({
      ELASTICSEARCH_URL: gate.url,
      ENGINE_REQUEST_TIMEOUT: '60s',
      SHUTDOWN_TIMEOUT: '2s',
    });
    const look = gate.hold(({ path }) => path.includes('camunda_optimize_hangs_'));
    const answer = api.post('hangs').catch(() => undefined);
    await look.arrived;

    const began = performance.now();
    api.signal('SIGTERM');
    expect((await api.exited).code).toBe(0);
    expect(performance.now() - began).toBeLessThan(4_000);
    await answer;
    look.decide({ do: 'lose' });
  });

  it('ends with 1 and says what to do when its port is taken', async () => {
    const first = await world.startApi();
    const { port } = new URL(first.address);
    const second = world.startProgram('api', world.environment({ PORT: port }));

    expect(await second.exited).toEqual({ code: 1, signal: null });

    expect(second.output()).toContain(`cannot listen on 127.0.0.1:${port}`);
    expect(second.output()).toMatch(/set PORT/);
    expect((await first.call('/actuator/health/liveness')).status).toBe(200);
    await first.kill();
  });

  it('starts with nothing reachable, and warns of each part that is not there', async () => {
    const api = await world.startApi({
      DATABASE_URL: 'postgresql://tandem:canary@127.0.0.1:1/tandem',
      REDIS_URL: 'redis://127.0.0.1:1',
      ELASTICSEARCH_URL: 'http://127.0.0.1:1',
    });
    for (const part of ['PostgreSQL', 'Redis', 'The engine']) {
      await world.until(
        `it warns of ${part}`,
        () => api.output(),
        (output) => new RegExp(`"level":"?(warn|40)"?.*"msg":"${part} is not ready: `).test(output),
      );
    }
    expect(api.output()).not.toContain('canary');
    expect((await api.call('/actuator/health/liveness')).status).toBe(200);
    await api.kill();
  });

  it('ends when the process that started it goes away', async () => {
    const api = await world.startApi();
    api.disconnect();
    expect(await api.exited).toEqual({ code: 0, signal: null });
  });
});

describe.each(['api', 'worker'] as const)(
  'a configuration that does not parse stops the start of the %s',
  (program) => {
    it('with 2 and every problem at once, without a secret', async () => {
      const broken = world.startProgram(program, {
        ...world.environment(),
        DATABASE_URL: undefined,
        REDIS_URL: 'http://:canary-redis@127.0.0.1:1',
        OPENSEARCH_URL: 'http://admin:canary-opensearch@127.0.0.1:2',
        ENGINE_PASSWORD: 'canary-engine',
        PORT: '70000',
        POLL_INTERVAL_MIN: '20',
        LOG_LEVEL: 'loud',
        CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: 'a b',
      });

      expect(await broken.exited).toEqual({ code: 2, signal: null });

      const said = broken.errors();
      for (const name of [
        'DATABASE_URL',
        'REDIS_URL',
        'OPENSEARCH_URL',
        'ENGINE_USERNAME',
        'PORT',
        'POLL_INTERVAL_MIN',
        'LOG_LEVEL',
        'CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME',
      ]) {
        expect(said).toMatch(new RegExp(`^  - .*\\b${name}\\b`, 'm'));
      }
      expect(said).not.toContain('canary');
      expect(said).not.toMatch(/^\s+at /m);
    });

    it('with the paths of the YAML file, where it came from there', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'tandem-e2e-config-'));
      world.onEnd(async () => rmSync(folder, { recursive: true }));
      const file = join(folder, 'tandem.yaml');
      writeFileSync(file, 'backup:\n  repositoryNam: typo\nserver:\n  port: http\n');

      const broken = world.startProgram(program, { ...world.environment(), PORT: undefined }, ['--config', file]);

      expect(await broken.exited).toEqual({ code: 2, signal: null });
      expect(broken.errors()).toContain('backup.repositoryNam');
      expect(broken.errors()).toContain('backup.repositoryName');
      expect(broken.errors()).toContain(`YAML server.port in ${file}: must be a whole number`);
    });
  },
);

it('reads the repository from YAML, and the environment wins', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-e2e-config-'));
  world.onEnd(async () => rmSync(folder, { recursive: true }));
  const file = join(folder, 'tandem.yaml');
  writeFileSync(file, `backup:\n  repositoryName: ${world.repository}\n`);
  const fromYaml = await world.startApi({ CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: undefined, TANDEM_CONFIG: file });
  const overruled = await world.startApi({ CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: 'none-such', TANDEM_CONFIG: file });

  expect((await fromYaml.post('from-yaml')).status).toBe(200);
  expect((await overruled.post('from-environment')).text).toContain('none-such');
});
