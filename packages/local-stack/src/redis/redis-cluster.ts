import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { Part } from '../part.ts';
import { isFree } from '../process/ports.ts';
import { startRedis, tellRedis } from './redis.ts';
import { untilRedis } from './until-redis.ts';

export type RedisClusterOptions = {
  directory: string;
  /** The primary that has this key gets a replica. */
  replicatedKey: string;
};

export type RedisCluster = {
  /** Of the primaries, as REDIS_URL. */
  readonly url: string;
  readonly nodes: readonly Part[];
  /** Which has the replicated key at the start. */
  readonly primary: Part;
  readonly replica: Part;
};

const PRIMARIES = 3;
const SLOTS = 16_384;
/** After which a node that does not answer is replaced. */
const NODE_TIMEOUT_MS = 2_000;

const portOf = ({ url }: Pick<Part, 'url'>): number => Number(new URL(url).port);

/** Bulk replies begin with a line that contains their length. */
const idOf = async (node: Part): Promise<string> => (await tellRedis(node, 'CLUSTER MYID')).split('\r\n')[1] ?? '';

/** The bus of a node has the port 10,000 above, which must be free too. */
const findPorts = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port;
  }
};

const startNode = async (directory: string, number: number): Promise<Part> =>
  startRedis({
    directory: join(directory, `node-${number}`),
    durable: false,
    port: await findPorts(),
    settings: {
      'cluster-enabled': 'yes',
      'cluster-node-timeout': String(NODE_TIMEOUT_MS),
      'cluster-announce-ip': '127.0.0.1',
    },
  });

const slotsOf = (primary: number): readonly number[] => {
  const [from, to] = [primary, primary + 1].map((nth) => Math.ceil((SLOTS * nth) / PRIMARIES)) as [number, number];
  return Array.from({ length: to - from }, (_, nth) => from + nth);
};

/** Three primaries and one replica on the loopback address; resolves when they take commands. */
export const startRedisCluster = async ({ directory, replicatedKey }: RedisClusterOptions): Promise<RedisCluster> => {
  const nodes: Part[] = [];
  for (let number = 0; number <= PRIMARIES; number += 1) nodes.push(await startNode(directory, number));
  const primaries = nodes.slice(0, PRIMARIES);
  const [first, replica] = [nodes[0], nodes[PRIMARIES]];
  if (first === undefined || replica === undefined) throw new Error('the cluster has no nodes');
  for (const [nth, node] of primaries.entries()) await tellRedis(node, `CLUSTER ADDSLOTS ${slotsOf(nth).join(' ')}`);
  for (const [nth, node] of nodes.entries()) await tellRedis(node, `CLUSTER SET-CONFIG-EPOCH ${nth + 1}`);
  for (const node of nodes.slice(1)) await tellRedis(first, `CLUSTER MEET 127.0.0.1 ${portOf(node)}`);
  const slot = Number((await tellRedis(first, `CLUSTER KEYSLOT ${replicatedKey}`)).slice(1));
  const primary = primaries.find((_, nth) => slotsOf(nth).includes(slot)) ?? first;
  const primaryId = await idOf(primary);
  await untilRedis('every node knows the others', async () => {
    const known = await Promise.all(nodes.map((node) => tellRedis(node, 'CLUSTER INFO')));
    return known.every((info) => info.includes(`cluster_known_nodes:${nodes.length}`));
  });
  await untilRedis('the replica knows its primary', async () => {
    await tellRedis(replica, `CLUSTER REPLICATE ${primaryId}`);
    return true;
  });
  await untilRedis('all take commands', async () => {
    const known = await Promise.all(nodes.map((node) => tellRedis(node, 'CLUSTER INFO')));
    const { length } = known.filter((info) => info.includes('cluster_state:ok'));
    return length === nodes.length && (await tellRedis(replica, 'INFO replication')).includes('master_link_status:up');
  });
  return { url: primaries.map(({ url }) => url).join(), nodes, primary, replica };
};
