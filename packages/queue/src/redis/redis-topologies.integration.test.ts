import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { type RedisCluster, startRedisCluster } from '@tandem/local-stack/redis/redis-cluster.ts';
import { type RedisSentinel, startRedisSentinel } from '@tandem/local-stack/redis/redis-sentinel.ts';
import { Cluster, Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBullmqQueue } from '../bullmq/bullmq-queue.ts';
import { openBullmqConsumer } from '../bullmq/bullmq-worker.ts';
import { describeChangeFeed } from '../conformance/change-feed.ts';
import { describeMarks } from '../conformance/marks.ts';
import { describeJobQueue } from '../conformance/queue.ts';
import type { JobConsumer } from '../port.ts';
import { openRedisChangeFeed } from './redis-change-feed.ts';
import { openRedisMarks } from './redis-marks.ts';
import { openRedisOwner } from './redis-owner.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tandem-topologies-'));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

const until = async (condition: () => boolean | Promise<boolean>, limitMs = 60_000): Promise<void> => {
  for (const end = performance.now() + limitMs; !(await condition()); await sleep(5)) {
    if (performance.now() > end) throw new Error('It did not come to that.');
  }
};

type Given = { readonly url: string; readonly sentinelPassword?: string };

const settingsOf = (given: Given, prefix: string, errors: Error[] = []) => ({
  ...{
    ...given,
    prefix,
    connectTimeoutMs: 2_000,
    commandTimeoutMs: 2_000,
    lockMs: 5_000,
    stalledCheckIntervalMs: 2_000,
  },
  onError: (error: Error) => void errors.push(error),
});

let prefixes = 0;

const open = (given: Given, prefix = `test-${++prefixes}`) => {
  const errors: Error[] = [];
  const settings = settingsOf(given, prefix, errors);
  const queue = openBullmqQueue(settings);
  const consumers: JobConsumer[] = [];
  const openConsumer = (concurrency = 4): JobConsumer => {
    const consumer = openBullmqConsumer({ ...settings, concurrency, permissionsAgainMs: 50 });
    consumers.push(consumer);
    return consumer;
  };
  const stop = async () => {
    await Promise.all(consumers.map((consumer) => consumer.stop(500)));
    await queue.close();
  };
  return { errors, queue, openConsumer, stop };
};

const job = (operationId: string) => ({ operationId, revision: 1 });

/** Jobs go in all the time, as the sweep puts them in again, while `fault` happens; in the end each has been taken. Returns those that were. */
const takenThrough = async (given: Given, prefix: string, fault: () => Promise<unknown>) => {
  const { queue, openConsumer, stop } = open(given, prefix);
  const seen = new Set<string>();
  openConsumer().start(async ({ operationId }) => {
    seen.add(operationId);
    return { next: 'done' };
  });
  const through = async (id: string) =>
    until(async () => {
      await queue.enqueue([job(id)]).catch(() => undefined);
      return seen.has(id);
    });
  await through('before');
  const during = through('during');
  await Promise.all([during, fault()]);
  await through('after');
  await until(() =>
    queue.health().then(
      () => true,
      () => false,
    ),
  );
  await stop();
  return seen;
};

describe('A cluster of Redis', () => {
  let cluster: RedisCluster;
  let admin: Cluster;
  const given = (): Given => ({ url: cluster.url });
  const onPrimaries = (work: (node: Redis) => Promise<unknown>) => Promise.all(admin.nodes('master').map(work));

  beforeAll(async () => {
    cluster = await startRedisCluster({ directory: join(directory, 'cluster'), replicatedKey: '{failover}' });
    admin = new Cluster(
      cluster.nodes.map(({ url }) => url),
      { slotsRefreshInterval: 1_000 },
    );
    admin.on('error', () => undefined);
    await until(() => admin.status === 'ready');
  }, 120_000);

  afterAll(async () => {
    admin.disconnect();
    for (const node of cluster.nodes) await node.kill();
  });

  describeJobQueue('BullMQ on a cluster', async () => {
    const { queue, openConsumer, stop } = open(given());
    const lose = async () => void (await onPrimaries((node) => node.flushall()));
    return { queue, openConsumer, until, now: Date.now, lose, stop };
  });

  describeChangeFeed('the feed over a cluster', async () => ({
    publisher: openRedisChangeFeed(settingsOf(given(), 'feed')),
    subscriber: openRedisChangeFeed(settingsOf(given(), 'feed')),
  }));

  describeMarks('the store on a cluster', async () => {
    const prefix = `marks-${++prefixes}`;
    const openMarks = () => openRedisMarks(settingsOf(given(), prefix));
    const spoil = () => admin.hset(`{${prefix}}:history-marks`, 'any', 'thing');
    return { marks: openMarks(), openAnother: openMarks, spoil };
  });

  it('keeps all keys below a prefix in one slot', async () => {
    const owner = openRedisOwner(settingsOf(given(), 'apart'));
    expect(await owner.claim('one')).toBe('one');
    expect(await admin.get('{apart}:history')).toBe('one');
    await owner.close();
  });

  it('needs no more than the documented permissions, names one that any primary lacks, and a wrong password', async () => {
    const documents = await readFile(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
    const rule = /^ACL SETUSER tandem (.*)$/m.exec(documents)?.[1]?.split(' ') ?? [];
    const more = /A cluster needs `([^`]*)` too/.exec(documents)?.[1]?.split(' ') ?? [];
    expect(more.length).toBeGreaterThan(2);
    const words = [...rule, ...more].map((word) => (word.startsWith('>') ? '>secret' : word));
    await Promise.all(admin.nodes('all').map((node) => node.call('ACL', 'SETUSER', 'tandem', ...words)));
    const asTandem = (password: string): Given => ({
      url: cluster.url.replaceAll('redis://', `redis://tandem:${password}@`),
    });
    const permitted = open(asTandem('secret'), '{tandem}');
    const seen: string[] = [];
    permitted.openConsumer().start(async ({ operationId }) => {
      seen.push(operationId);
      return { next: 'done' };
    });
    await permitted.queue.enqueue([job('first')]);
    await until(() => seen.includes('first'));
    expect(permitted.errors).toEqual([]);
    await permitted.stop();

    await admin.nodes('master')[0]?.call('ACL', 'SETUSER', 'tandem', '-zpopmin');
    const lacking = open(asTandem('secret'), '{tandem}');
    lacking.openConsumer().start(async () => ({ next: 'done' }));
    await until(() => lacking.errors.some(({ message }) => message.includes('needs: ZPOPMIN (NOPERM')));
    await lacking.stop();

    const wrong = open(asTandem('canary'), '{tandem}');
    const refusal: unknown = await wrong.queue.health().catch((error: unknown) => error);
    expect(String(refusal)).toMatch(/no answer within 2000 ms: WRONGPASS.*REDIS_URL/);
    expect(inspect([refusal, wrong.errors], { depth: 10 })).not.toContain('canary');
    await wrong.stop();
  });

  it('resumes after the primary in use was killed and its replica took over', async () => {
    const taken = await takenThrough(given(), '{failover}', () => cluster.primary.kill());
    expect(taken).toEqual(new Set(['before', 'during', 'after']));
  });
});

describe('Redis behind Sentinels', () => {
  let sentinel: RedisSentinel;
  const given = (): Given => ({ url: sentinel.url, sentinelPassword: 'sentinel-secret' });

  beforeAll(async () => {
    const passwords = { password: 'redis-secret', sentinelPassword: 'sentinel-secret' };
    sentinel = await startRedisSentinel({ directory: join(directory, 'sentinel'), ...passwords });
  }, 120_000);

  afterAll(async () => {
    for (const part of [sentinel.primary, sentinel.replica, ...sentinel.sentinels]) {
      part.signal('SIGCONT');
      await part.kill();
    }
  });

  describeJobQueue('BullMQ behind Sentinels', async () => {
    const { queue, openConsumer, stop } = open(given());
    const admin = new Redis(sentinel.primary.url, { password: 'redis-secret' });
    const lose = async () => void (await admin.flushall());
    const end = async () => {
      await stop();
      admin.disconnect();
    };
    return { queue, openConsumer, until, now: Date.now, lose, stop: end };
  });

  it('says that the Sentinels refuse the password, and never shows one', async () => {
    const wrong = open({ url: sentinel.url.replace('redis-secret', 'canary'), sentinelPassword: 'canary' });
    const refusal: unknown = await wrong.queue.health().catch((error: unknown) => error);
    expect(String(refusal)).toMatch(/REDIS_SENTINEL_PASSWORD/);
    expect(inspect([refusal, wrong.errors], { depth: 10 })).not.toContain('canary');
    await wrong.stop();
  });

  it('resumes after the primary froze and the replica took over', async () => {
    const taken = await takenThrough(given(), '{failover}', async () => sentinel.primary.signal('SIGSTOP'));
    expect(taken).toEqual(new Set(['before', 'during', 'after']));
  });
});
