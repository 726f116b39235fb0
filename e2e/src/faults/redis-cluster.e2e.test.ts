import { type RedisCluster, startRedisCluster } from '@tandem/local-stack/redis/redis-cluster.ts';
import { Redis } from 'ioredis';
import { beforeAll, expect, it, vi } from 'vitest';
import { useWorld } from '../harness/world.ts';
import { endsWith, ownFolder } from './own-servers.ts';
import { type AroundFault, startAround } from './redis-topology.ts';

const world = useWorld({ apps: false });
let cluster: RedisCluster;
let expectNothingLost: AroundFault['expectNothingLost'];
const clients = new Map<string, Redis>();

/** A connection to one node, not to the cluster. */
const nodeAt = (url: string): Redis => {
  const client = clients.get(url) ?? new Redis(url);
  client.on('error', () => undefined);
  clients.set(url, client);
  return client;
};

beforeAll(async () => {
  // the prefix has no braces: those of a cluster are added
  const prefix = world.name;
  cluster = await startRedisCluster({ directory: ownFolder(world), replicatedKey: `{${prefix}}` });
  for (const node of cluster.nodes) endsWith(world, node);
  world.onEnd(async () => {
    for (const client of clients.values()) client.disconnect();
  });
  ({ expectNothingLost } = await startAround(world, { REDIS_URL: cluster.url, REDIS_PREFIX: prefix }));
}, 180_000);

type Node = { readonly url: string; readonly id: string };

const livingNodes = () => cluster.nodes.filter(({ pid }) => pid !== undefined);

/** Any of the nodes that run: each knows the complete cluster. */
const anyNode = (): Redis => nodeAt(livingNodes()[0]?.url ?? '');

type Owner = Node & { readonly hasIt: boolean };

/** Who owns which slots, as one node sees it: after a failover it may name the killed primary for a while. */
const ownersOf = async (slot: number): Promise<readonly Owner[]> => {
  const ranges = (await anyNode().call('CLUSTER', 'SLOTS')) as [number, number, [string, number, string]][];
  return ranges.map(([first, last, [, port, id]]) => ({
    ...{ url: `redis://127.0.0.1:${port}`, id },
    hasIt: first <= slot && slot <= last,
  }));
};

/** The primary that has the slot now, and one that has not; both run. */
const sides = async (slot: number): Promise<{ readonly from: Node; readonly to: Node }> => {
  const owners = await vi.waitUntil(
    async () => {
      const found = await ownersOf(slot);
      const alive = new Set(livingNodes().map(({ url }) => new URL(url).port));
      return found.every(({ url }) => alive.has(new URL(url).port)) && found;
    },
    { timeout: 30_000, interval: 100 },
  );
  const from = owners.find(({ hasIt }) => hasIt);
  const to = owners.find(({ hasIt }) => !hasIt);
  if (from === undefined || to === undefined) throw new Error('every slot has a primary');
  return { from, to };
};

/** As `redis-cli --cluster reshard` does it, key by key, so that the slot is on two nodes for a while. */
const moveSlot = async (slot: number): Promise<void> => {
  const { from, to } = await sides(slot);
  const [source, target] = [nodeAt(from.url), nodeAt(to.url)];
  await target.call('CLUSTER', 'SETSLOT', String(slot), 'IMPORTING', from.id);
  await source.call('CLUSTER', 'SETSLOT', String(slot), 'MIGRATING', to.id);
  for (;;) {
    const [key] = (await source.call('CLUSTER', 'GETKEYSINSLOT', String(slot), '1')) as string[];
    if (key === undefined) break;
    await source.call('MIGRATE', '127.0.0.1', new URL(to.url).port, key, '0', '5000');
  }
  for (const node of [target, source]) await node.call('CLUSTER', 'SETSLOT', String(slot), 'NODE', to.id);
};

const slotOfKeys = async (): Promise<number> => Number(await anyNode().call('CLUSTER', 'KEYSLOT', `{${world.name}}`));

it('keeps all of its keys in one slot', async () => {
  const keys = await Promise.all(cluster.nodes.map(({ url }) => nodeAt(url).keys('*')));
  const [primary] = keys.filter((found) => found.length > 0);
  expect(primary?.every((key) => key.startsWith(`{${world.name}}:`))).toBe(true);
  expect(keys.filter((found) => found.length > 0)).toHaveLength(2); // the primary and its replica
});

it('a primary in use that is killed, and replaced by its replica, loses nothing', async () => {
  await expectNothingLost('failover', async () => {
    await cluster.primary.kill();
  });
});

it('a slot that is moved to another primary loses nothing', async () => {
  const slot = await slotOfKeys();
  const { to } = await sides(slot);
  await expectNothingLost('moved', () => moveSlot(slot));
  expect(await nodeAt(to.url).exists(`{${world.name}}:history`)).toBe(1);
});
