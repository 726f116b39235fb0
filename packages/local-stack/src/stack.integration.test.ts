import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { birthOf } from './process/identity.ts';
import { putSampleData } from './sample/sample-data.ts';
import { type Stack, startStack } from './stack.ts';

let directory: string;
let stack: Stack | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tandem-stack-'));
});
afterEach(async () => {
  await stack?.stop();
  stack = undefined;
  rmSync(directory, { recursive: true, force: true });
});

const query = async (url: string, sql: string) => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
};

const untilAllGone = async (pids: readonly number[], limitMs: number) => {
  const end = performance.now() + limitMs;
  while (pids.some((pid) => birthOf(pid) !== undefined) && performance.now() < end) await sleep(50);
  return pids.filter((pid) => birthOf(pid) !== undefined);
};

/** A process that holds a stack, and the pids it printed. */
const holder = async (): Promise<{ child: ChildProcess; pids: Record<string, number> }> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test-programs/hold-stack.ts'), directory]);
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk)));
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.once('exit', () => reject(new Error(`it ended: ${errors}`)));
  });
  return { child, pids: JSON.parse(line) as Record<string, number> };
};

const databaseAndRedis = () => startStack({ directory, durable: false, parts: ['postgres', 'redis'] });

describe('a stack', () => {
  it('has all parts up, a repository that snapshots can go to, and leaves nothing when stopped, twice even', async () => {
    const lines: string[] = [];
    stack = await startStack({ directory, durable: false, report: (line) => lines.push(line) });
    const pids = Object.values(stack.pids);
    expect(Object.keys(stack.pids).sort()).toEqual(['engine', 'postgres', 'redis']);
    expect(await query(stack.databaseOwnerUrl, 'select current_database() as name')).toEqual([{ name: 'tandem' }]);
    expect(await putSampleData(stack.engineUrl, { prefix: 'acme', processInstances: 20 })).toMatchObject({
      indices: 34,
    });
    expect(await putSampleData(stack.engineUrl, { prefix: 'acme', processInstances: 20 })).toEqual({
      indices: 0,
      documents: 0,
    });
    const snapshot = `${stack.engineUrl}/_snapshot/${stack.repository}/first?wait_for_completion=true`;
    const body = JSON.stringify({ indices: 'acme-*' });
    const answer = await fetch(snapshot, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
    expect(await answer.json()).toMatchObject({ snapshot: { state: 'SUCCESS' } });
    expect(lines.some((line) => line.startsWith('Elasticsearch: up'))).toBe(true);
    await stack.stop();
    await stack.stop();
    expect(stack.pids).toEqual({});
    expect(await untilAllGone(pids, 0)).toEqual([]);
  });

  it('keeps its data and its password between starts', async () => {
    stack = await databaseAndRedis();
    await query(stack.databaseOwnerUrl, 'create table kept as select 42 as answer');
    await stack.stop();
    stack = await databaseAndRedis();
    expect(await query(stack.databaseOwnerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('can have one part killed and started again, with the same URL and data', async () => {
    stack = await databaseAndRedis();
    const { databaseOwnerUrl: databaseUrl, parts } = stack;
    await query(databaseUrl, 'create table kept as select 42 as answer');
    const before = parts.postgres?.pid;
    await parts.postgres?.kill();
    expect(parts.postgres?.pid).toBeUndefined();
    await expect(query(databaseUrl, 'select 1')).rejects.toThrow();
    await parts.postgres?.start();
    expect(parts.postgres?.pid).not.toBe(before);
    expect(await query(databaseUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await parts.redis?.kill();
    await parts.redis?.start();
    expect(stack.pids).toHaveProperty('redis');
  });

  it('leaves no process when its starter is killed with -9', async () => {
    const { child, pids } = await holder();
    child.kill('SIGKILL');
    expect(await untilAllGone(Object.values(pids), 10_000)).toEqual([]);
  });

  it('ends even a part that hangs, when stopped', async () => {
    stack = await databaseAndRedis();
    stack.parts.redis?.signal('SIGSTOP');
    await stack.stop();
    expect(stack.pids).toEqual({});
  });

  it('is refused in a directory that another process uses, and gets it once that is gone', async () => {
    const { child } = await holder();
    await expect(databaseAndRedis()).rejects.toMatchObject({ code: 'ALREADY_RUNNING' });
    child.kill('SIGKILL');
    await sleep(50);
    stack = await databaseAndRedis();
    expect(await query(stack.databaseOwnerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('uses what is given as it is, and stops none of it', async () => {
    stack = await databaseAndRedis();
    const given = { databaseUrl: stack.databaseOwnerUrl, redisUrl: stack.redisUrl, engineUrl: 'http://127.0.0.1:1' };
    const second = await startStack({ directory: join(directory, 'second'), given });
    expect(second).toMatchObject({ ...given, repository: undefined, engine: undefined, pids: {} });
    await second.stop();
    expect(await query(stack.databaseOwnerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('says why a part does not come up, with its last log lines, and leaves no other part', async () => {
    stack = await databaseAndRedis();
    await stack.stop();
    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(directory, 'data/postgres/cluster/postgresql.conf'), 'no_such_setting = 1\n');
    await expect(databaseAndRedis()).rejects.toThrow(
      /postgres did not come up[\s\S]*unrecognized configuration parameter/,
    );
    expect(readFileSync(join(directory, 'logs/redis.log'), 'utf8')).toMatch(/bye bye/);
  });
});
