import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { birthOf } from './process/identity.ts';
import { bareEnvironment } from './settings.ts';
import { type Stack, startStack } from './stack.ts';
import type { StackFile } from './start/stack-file.ts';

let directory: string;
let services: Stack;

/** Its services are given by URL, so that it starts fast; the engine is none of its own either. */
const npmStart = (): { child: ChildProcess; output: () => string } => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts'), '--directory', directory], {
    env: {
      ...bareEnvironment(),
      PORT: '0',
      DATABASE_URL: services.databaseUrl,
      DATABASE_OWNER_URL: services.databaseOwnerUrl,
      REDIS_URL: services.redisUrl,
      ELASTICSEARCH_URL: services.engineUrl,
      CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: services.repository,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  return { child, output: () => output };
};

const until = async (what: string, holds: () => boolean, limitMs = 30_000) => {
  const end = performance.now() + limitMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${limitMs} ms: ${what}`);
    await sleep(50);
  }
};

const stackFile = () => join(directory, 'stack.json');
const readStack = () => JSON.parse(readFileSync(stackFile(), 'utf8')) as StackFile;
const exitOf = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve));
const areGone = (pids: Record<string, number>) => Object.values(pids).every((pid) => birthOf(pid) === undefined);

beforeAll(async () => {
  const parent = mkdtempSync(join(tmpdir(), 'tandem-start-'));
  directory = join(parent, 'home');
  mkdirSync(directory);
  services = await startStack({ directory: join(parent, 'services'), durable: false });
});
afterAll(async () => {
  await services.stop();
  rmSync(join(directory, '..'), { recursive: true, force: true });
});

describe('npm start', () => {
  it('tells where all runs, refuses a second one, restarts an app that died, and leaves nothing after SIGTERM', async () => {
    const { child, output } = npmStart();
    await until(`ready: ${output()}`, () => existsSync(stackFile()) || child.exitCode !== null);
    const { apiUrl, pids } = readStack();
    expect((await fetch(`${apiUrl}/actuator/health/readiness`)).status).toBe(200);

    const second = npmStart();
    expect(await exitOf(second.child)).toBe(1);
    expect(second.output()).toContain(`pid ${child.pid}, at ${apiUrl}`);

    for (const name of ['api', 'worker'] as const) {
      process.kill(pids[name] ?? 0, 'SIGKILL');
      await until(`${name} again`, () => ![undefined, pids[name]].includes(readStack().pids[name]));
    }
    expect(output()).toContain('the api died (SIGKILL)');
    expect((await fetch(`${apiUrl}/actuator/health/readiness`)).status).toBe(200);

    const last = readStack().pids;
    const exit = exitOf(child);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(areGone(last)).toBe(true);
    expect([existsSync(stackFile()), existsSync(join(directory, 'lock'))]).toEqual([false, false]);
  });

  it('leaves no process, no lock and no stack.json when it is killed with -9', async () => {
    const { child } = npmStart();
    await until('ready', () => existsSync(stackFile()) || child.exitCode !== null);
    const { pids } = readStack();
    child.kill('SIGKILL');
    await until('all gone', () => areGone(pids), 12_000);
    await until('no file', () => !existsSync(stackFile()) && !existsSync(join(directory, 'lock')), 2_000);
    expect(areGone(pids)).toBe(true);
    expect([existsSync(stackFile()), existsSync(join(directory, 'lock'))]).toEqual([false, false]);
  });

  it('ends with 0 and leaves nothing when it is stopped while it starts', async () => {
    const { child } = npmStart();
    await until('the lock', () => existsSync(join(directory, 'lock')));
    const exit = exitOf(child);
    child.kill('SIGINT');
    expect(await exit).toBe(0);
    expect(existsSync(join(directory, 'lock'))).toBe(false);
  });
});
