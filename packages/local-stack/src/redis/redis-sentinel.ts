import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Part, startProcessPart } from '../part.ts';
import { environment } from '../settings.ts';
import { probeRedis, redisProgram, startRedis, tellRedis } from './redis.ts';
import { untilRedis } from './until-redis.ts';

export type RedisSentinelOptions = {
  directory: string;
  /** Of Redis, and of the Sentinels. */
  password: string;
  sentinelPassword: string;
};

export type RedisSentinel = {
  /** As REDIS_URL. */
  readonly url: string;
  readonly primary: Part;
  readonly replica: Part;
  readonly sentinels: readonly Part[];
};

const NAME = 'tandem-primary';
const SENTINELS = 3;
const QUORUM = 2;
const DOWN_AFTER_MS = 2_000;

const portOf = ({ url }: Pick<Part, 'url'>): number => Number(new URL(url).port);

/** Sentinel writes what it learns into its configuration file. */
const startSentinel = async (
  { directory, password, sentinelPassword }: RedisSentinelOptions,
  number: number,
  primaryPort: number,
): Promise<Part> => {
  const program = await redisProgram();
  const folder = join(directory, `sentinel-${number}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'sentinel.conf');
  writeFileSync(
    file,
    [
      'bind 127.0.0.1',
      `dir ${folder}`,
      `requirepass ${sentinelPassword}`,
      `sentinel sentinel-pass ${sentinelPassword}`,
      `sentinel monitor ${NAME} 127.0.0.1 ${primaryPort} ${QUORUM}`,
      `sentinel auth-pass ${NAME} ${password}`,
      `sentinel down-after-milliseconds ${NAME} ${DOWN_AFTER_MS}`,
      `sentinel failover-timeout ${NAME} 10000`,
      '',
    ].join('\n'),
  );
  return startProcessPart({
    name: 'sentinel',
    directory: folder,
    usualPort: undefined,
    command: (port) => ({
      command: program,
      args: [file, '--sentinel', '--port', String(port)],
      env: environment(),
    }),
    probe: (port, pid) => probeRedis(port, pid, sentinelPassword),
    url: (port) => `redis://127.0.0.1:${port}`,
    stopSignal: 'SIGTERM',
    stopMs: 5_000,
    startMs: 30_000,
  });
};

/** A primary, a replica and three Sentinels on the loopback address, all with passwords; resolves when the Sentinels know all of them. */
export const startRedisSentinel = async (options: RedisSentinelOptions): Promise<RedisSentinel> => {
  const { directory, password, sentinelPassword } = options;
  const start = (name: string) => startRedis({ directory: join(directory, name), durable: false });
  const [primary, replica] = await Promise.all([start('primary'), start('replica')]);
  const link = async () => (await tellRedis(replica, 'INFO replication')).includes('master_link_status:up');
  await tellRedis(replica, `REPLICAOF 127.0.0.1 ${portOf(primary)}`);
  await untilRedis('the replica follows its primary', link);
  for (const node of [replica, primary]) {
    await tellRedis(node, `CONFIG SET masterauth ${password}`);
    await tellRedis(node, `CONFIG SET requirepass ${password}`);
  }
  const sentinels = await Promise.all(
    Array.from({ length: SENTINELS }, (_, nth) => startSentinel(options, nth, portOf(primary))),
  );
  await untilRedis('the Sentinels know each other and the replica', async () => {
    const known = await Promise.all(sentinels.map((one) => tellRedis(one, 'INFO sentinel', sentinelPassword)));
    return known.every((info) => info.includes(`status=ok,address=127.0.0.1:${portOf(primary)},slaves=1,sentinels=3`));
  });
  const hosts = sentinels.map((one) => `127.0.0.1:${portOf(one)}`).join();
  return { url: `redis+sentinel://:${password}@${hosts}/${NAME}?db=0`, primary, replica, sentinels };
};
