import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { Queue } from 'bullmq';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeJobQueue } from '../conformance/queue.ts';
import type { JobConsumer, JobOutcome, JobQueue } from '../port.ts';
import { useRedisServer } from '../redis/redis-server.fixture.ts';
import { openBullmqQueue } from './bullmq-queue.ts';
import { openBullmqConsumer } from './bullmq-worker.ts';
import { QUEUE_NAME } from './job-codec.ts';

const COMMAND_TIMEOUT_MS = 1_000;
/** Room for a noisy machine on top of a promised limit. */
const MARGIN_MS = 2_000;

const server = useRedisServer();

let prefixes = 0;

type Opened = {
  readonly prefix: string;
  readonly errors: Error[];
  /** The messages of those that were over. */
  readonly ended: string[];
  readonly queue: JobQueue;
  openConsumer(concurrency?: number): JobConsumer;
  stop(): Promise<void>;
};

const open = (url = server.redis.url): Opened => {
  prefixes += 1;
  const prefix = `{test-${prefixes}}`;
  const errors: Error[] = [];
  const ended: string[] = [];
  const timing = {
    connectTimeoutMs: 1_000,
    commandTimeoutMs: COMMAND_TIMEOUT_MS,
    lockMs: 5_000,
    stalledCheckIntervalMs: 2_000,
  };
  const onOver = ({ message }: Error): void => void ended.push(message);
  const settings = { url, prefix, ...timing, onError: (error: Error) => void errors.push(error), onOver };
  const queue = openBullmqQueue(settings);
  const consumers: JobConsumer[] = [];
  return {
    prefix,
    errors,
    ended,
    queue,
    openConsumer(concurrency = 4) {
      const consumer = openBullmqConsumer({ ...settings, concurrency, permissionsAgainMs: 50 });
      consumers.push(consumer);
      return consumer;
    },
    async stop() {
      await Promise.all(consumers.map((consumer) => consumer.stop(500)));
      await queue.close();
    },
  };
};

const until = async (condition: () => boolean | Promise<boolean>, limitMs = 30_000): Promise<void> => {
  for (const end = performance.now() + limitMs; !(await condition()); await sleep(5)) {
    if (performance.now() > end) throw new Error('It did not come to that.');
  }
};

const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const job = (operationId: string) => ({ operationId, revision: 1 });
const done: JobOutcome = { next: 'done' };

describeJobQueue('BullMQ on Redis', async () => {
  const { queue, openConsumer, stop } = open();
  return { queue, openConsumer, until, now: Date.now, lose: async () => void (await server.admin.flushall()), stop };
});

describe('BullMQ on a Redis that fails', () => {
  let opened: Opened;
  let seen: string[];
  const record = async ({ operationId }: { operationId: string }): Promise<JobOutcome> => {
    seen.push(operationId);
    return done;
  };

  beforeEach(() => {
    seen = [];
    opened = open();
  });

  afterEach(async () => {
    server.redis.signal('SIGCONT');
    await server.redis.start();
    await until(async () => (await server.admin.ping()) === 'PONG');
    await opened.stop();
  });

  it('rejects within the limit while Redis hangs, and works again once it resumes', async () => {
    opened.openConsumer().start(record);
    await opened.queue.enqueue([job('first')]);
    await until(() => seen.length === 1);
    server.redis.signal('SIGSTOP');
    const took = await elapsed(() => expect(opened.queue.enqueue([job('hung')])).rejects.toThrow());
    expect(took).toBeLessThan(COMMAND_TIMEOUT_MS + MARGIN_MS);
    await expect(opened.queue.health()).rejects.toThrow();
    server.redis.signal('SIGCONT');
    await until(async () => {
      await opened.queue.enqueue([job('after')]).catch(() => undefined);
      return seen.includes('after');
    });
  });

  it('rejects within the limit when Redis dies with a command under way, and finds it again', async () => {
    opened.openConsumer().start(record);
    await opened.queue.enqueue([job('first')]);
    await until(() => seen.length === 1);
    server.redis.signal('SIGSTOP');
    const inFlight = elapsed(() => expect(opened.queue.enqueue([job('in flight')])).rejects.toThrow());
    await server.redis.kill();
    expect(await inFlight).toBeLessThan(COMMAND_TIMEOUT_MS + MARGIN_MS);
    const away = await elapsed(() => expect(opened.queue.enqueue([job('away')])).rejects.toThrow());
    expect(away).toBeLessThan(COMMAND_TIMEOUT_MS + MARGIN_MS);
    await server.redis.start();
    await until(async () => {
      await opened.queue.enqueue([job('back')]).catch(() => undefined);
      return seen.includes('back');
    });
    expect(seen).not.toContain('away');
    expect(opened.ended.length).toBeGreaterThan(0);
    expect(opened.errors.length).toBeLessThan(20);
  });

  it('starts while Redis is away: rejects within the limit and works once it is there', async () => {
    await server.redis.kill();
    const late = open();
    late.openConsumer().start(record);
    const took = await elapsed(() => expect(late.queue.enqueue([job('early')])).rejects.toThrow());
    expect(took).toBeLessThan(COMMAND_TIMEOUT_MS + MARGIN_MS);
    await server.redis.start();
    await until(async () => {
      await late.queue.enqueue([job('late')]).catch(() => undefined);
      return seen.includes('late');
    });
    await late.stop();
  });

  it('starts while Redis hangs, and works once it answers', async () => {
    server.redis.signal('SIGSTOP');
    const late = open();
    late.openConsumer().start(record);
    await expect(late.queue.enqueue([job('early')])).rejects.toThrow();
    server.redis.signal('SIGCONT');
    await until(async () => {
      await late.queue.enqueue([job('late')]).catch(() => undefined);
      return seen.includes('late');
    });
    await late.stop();
  });

  it.each(['SIGSTOP', 'SIGKILL'] as const)('stops and closes within the limit after %s', async (signal) => {
    const consumer = opened.openConsumer();
    consumer.start(record);
    await opened.queue.enqueue([job('first')]);
    await until(() => seen.length === 1);
    if (signal === 'SIGKILL') await server.redis.kill();
    else server.redis.signal(signal);
    expect(await elapsed(() => consumer.stop(1_000))).toBeLessThan(1_000 + MARGIN_MS);
    expect(await elapsed(() => opened.queue.close())).toBeLessThan(COMMAND_TIMEOUT_MS + MARGIN_MS);
  });

  it('stops within the limit when Redis was never there', async () => {
    await server.redis.kill();
    const never = open();
    const consumer = never.openConsumer();
    consumer.start(record);
    expect(await elapsed(() => consumer.stop(1_000))).toBeLessThan(1_000 + MARGIN_MS);
    await never.stop();
  });

  it('takes over the job of a killed process', async () => {
    const script = fileURLToPath(new URL('./stuck-consumer.fixture.ts', import.meta.url));
    const child = spawn(process.execPath, [script, server.redis.url, opened.prefix], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await opened.queue.enqueue([job('taken over')]);
      await once(child.stdout, 'data');
      opened.openConsumer().start(record);
      child.kill('SIGKILL');
      const took = await elapsed(() => until(() => seen.includes('taken over')));
      expect(took).toBeLessThan(15_000);
    } finally {
      child.kill('SIGKILL');
    }
  });
});

describe('A Redis that refuses', () => {
  const commands = async (): Promise<number> =>
    Number(/total_commands_processed:(\d+)/.exec(await server.admin.info('stats'))?.[1]);
  /** How many it is sent in that time. */
  const sentIn = async (ms: number): Promise<number> => {
    const before = await commands();
    await sleep(ms);
    return (await commands()) - before;
  };
  const urlOf = (user: string) => server.redis.url.replace('redis://', `redis://${user}:secret@`);
  /** Takes every job; what was refused to it is in `errors`. */
  const consume = (opened: Opened) => {
    const seen: string[] = [];
    opened.openConsumer().start(async ({ operationId }) => {
      seen.push(operationId);
      return done;
    });
    return seen;
  };
  const words = async (opened: Opened): Promise<string> => {
    const failure: unknown = await opened.queue.health().then(
      () => 'UP',
      (error: unknown) => error,
    );
    return failure instanceof Error ? failure.message : String(failure);
  };

  it('names the permission that is missing, waits for it, and takes jobs once it is granted', async () => {
    await server.admin.call(
      'ACL',
      'SETUSER',
      'careful',
      'on',
      '>secret',
      '~*',
      '&*',
      '+@all',
      '-@dangerous',
      '-@admin',
    );
    const opened = open(urlOf('careful'));
    const seen = consume(opened);
    await opened.queue.enqueue([job('waits')]);
    await until(() => opened.errors.some(({ message }) => message.includes('INFO')));
    expect(opened.errors.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/does not permit what the queue needs: INFO \(NOPERM.*docs\/operations\.md/),
    );
    expect(await words(opened)).toMatch(/^NOPERM.*Grant it to this user/);
    expect(seen).toEqual([]);
    await server.admin.call('ACL', 'SETUSER', 'careful', '+info');
    await until(() => seen.includes('waits'));
    expect(await words(opened)).toBe('UP');
    await opened.stop();
  });

  it('does not take a Redis that hangs at the start for one that permits all', async () => {
    await server.admin.call('ACL', 'SETUSER', 'late', 'on', '>secret', '~*', '&*', '+@all', '-@dangerous', '-@admin');
    server.redis.signal('SIGSTOP');
    const opened = open(urlOf('late'));
    const seen = consume(opened);
    try {
      await until(() => opened.errors.length > 0);
    } finally {
      server.redis.signal('SIGCONT');
    }
    await until(() => opened.errors.some(({ message }) => message.includes('does not permit what the queue needs')));
    expect(seen).toEqual([]);
    await server.admin.call('ACL', 'SETUSER', 'late', '+info');
    await opened.queue.enqueue([job('after')]);
    await until(() => seen.includes('after'));
    await opened.stop();
  });

  it('needs no more than the documented permissions', async () => {
    const documents = await readFile(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
    const rule = /^ACL SETUSER tandem (.*)$/m.exec(documents)?.[1]?.split(' ') ?? [];
    expect(rule.length).toBeGreaterThan(10);
    const given = rule.map((word) => word.replace('~{tandem}*', '~{test-*').replace('&{tandem}*', '&{test-*'));
    await server.admin.call(
      'ACL',
      'SETUSER',
      'tandem',
      ...given.map((word) => (word.startsWith('>') ? '>secret' : word)),
    );
    const opened = open(urlOf('tandem'));
    const seen = consume(opened);
    await opened.queue.enqueue([job('first')]);
    await until(() => seen.includes('first'));
    expect(await opened.queue.health()).toMatchObject({ waiting: 0 });
    expect(opened.errors).toEqual([]);
    await opened.stop();
  });

  it('polls a replica seldom, says that it is one, and resumes when it is the primary again', async () => {
    const opened = open();
    const seen = consume(opened);
    await opened.queue.enqueue([job('before')]);
    await until(() => seen.includes('before'));
    await server.admin.replicaof('127.0.0.1', '1');
    try {
      await until(() => opened.errors.some(({ message }) => message.includes('READONLY')));
      expect(await sentIn(500)).toBeLessThan(200);
      expect(await words(opened)).toMatch(/^READONLY.*use that of the primary/);
    } finally {
      await server.admin.replicaof('NO', 'ONE');
    }
    await until(async () => (await words(opened)) === 'UP');
    await opened.queue.enqueue([job('after')]);
    await until(() => seen.includes('after'));
    await until(() => opened.ended.some((message) => message.includes('READONLY')));
    await opened.stop();
  });

  it('says that Redis cannot save, although it answers', async () => {
    const opened = open();
    const [, data] = (await server.admin.config('GET', 'dir')) as string[];
    const file = join(data ?? '', 'dump.rdb');
    const saves = (status: string) =>
      until(async () => (await server.admin.info('persistence')).includes(`rdb_last_bgsave_status:${status}`));
    // what it saves to a file of its own it cannot rename to this
    await rm(file, { force: true });
    await mkdir(file);
    await server.admin.config('SET', 'save', '3600 1');
    await server.admin.bgsave();
    await saves('err');
    expect(await words(opened)).toMatch(/^MISCONF/);
    await rm(file, { recursive: true });
    await server.admin.bgsave();
    await saves('ok');
    await server.admin.config('SET', 'save', '');
    expect(await words(opened)).toBe('UP');
    await opened.stop();
  });

  it('says why Redis accepts no connection: a wrong password, too many clients', async () => {
    const wrong = open(urlOf('nobody'));
    expect(await words(wrong)).toMatch(/no answer within 1000 ms: WRONGPASS.*REDIS_URL/);
    await wrong.stop();
    const [, most] = (await server.admin.config('GET', 'maxclients')) as string[];
    await server.admin.config('SET', 'maxclients', '1');
    const late = open();
    try {
      expect(await words(late)).toMatch(/no answer within 1000 ms: ERR max number of clients.*maxclients/);
    } finally {
      await server.admin.config('SET', 'maxclients', most ?? '10000');
      await late.stop();
    }
  });
});

describe('BullMQ with jobs of other versions', () => {
  it('puts back what only a newer worker knows, and drops what cannot be parsed', async () => {
    const opened = open();
    const putBack: string[] = [];
    const handled: string[] = [];
    const raw = new Queue(QUEUE_NAME, { connection: server.admin, prefix: opened.prefix });
    const add = (jobId: string, name: string, data: unknown) => raw.add(name, data, { jobId, removeOnComplete: true });
    await add('newer', 'operation', { v: 2, operationId: 'x', target: 'y' });
    await add('unknown', 'report', { any: 'thing' });
    await add('malformed', 'operation', { v: 1 });
    const consumer = openBullmqConsumer({
      url: server.redis.url,
      prefix: opened.prefix,
      connectTimeoutMs: 1_000,
      commandTimeoutMs: 1_000,
      concurrency: 1,
      lockMs: 5_000,
      stalledCheckIntervalMs: 2_000,
      onError: (error) => void opened.errors.push(error),
      onPutBack: (jobId) => void putBack.push(jobId),
    });
    consumer.start(async ({ operationId }) => {
      handled.push(operationId);
      return done;
    });
    await opened.queue.enqueue([job('known')]);
    await until(async () => handled.length === 1 && (await opened.queue.health()).active === 0);
    expect(putBack.sort()).toEqual(['newer', 'unknown']);
    expect(await opened.queue.health()).toMatchObject({ waiting: 0, delayed: 2 });
    expect((await raw.getJob('newer'))?.data).toEqual({ v: 2, operationId: 'x', target: 'y' });
    expect(opened.errors.map(({ message }) => message)).toEqual([expect.stringContaining('malformed')]);
    await consumer.stop(1_000);
    await opened.stop();
    await raw.close();
  });
});

describe('What an operator sees', () => {
  it('warns of a policy that evicts', async () => {
    const opened = open();
    expect((await opened.queue.health()).warnings).toEqual([]);
    await server.admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const { warnings } = await opened.queue.health();
    await server.admin.config('SET', 'maxmemory-policy', 'noeviction');
    expect(warnings).toEqual([expect.stringContaining('noeviction')]);
    await opened.stop();
  });

  it('counts a delayed job that is due and not taken as waiting', async () => {
    const opened = open();
    const raw = new Queue(QUEUE_NAME, { connection: server.admin, prefix: opened.prefix });
    await raw.add('operation', { v: 1, operationId: 'late', revision: 1 }, { delay: 20 });
    await raw.add('operation', { v: 1, operationId: 'later', revision: 1 }, { delay: 600_000 });
    await until(async () => (await opened.queue.health()).waiting === 1);
    expect(await opened.queue.health()).toMatchObject({ waiting: 1, delayed: 1 });
    await raw.close();
    await opened.stop();
  });

  it('never shows the password', async () => {
    const opened = open(server.redis.url.replace('redis://', 'redis://canaryuser:canarysecret@'));
    opened.openConsumer().start(async () => done);
    const failure: unknown = await opened.queue.enqueue([job('refused')]).catch((error: unknown) => error);
    await until(() => opened.errors.length > 0);
    expect(inspect([failure, opened.errors], { depth: 10 })).not.toMatch(/canarysecret/);
    await opened.stop();
  });
});
