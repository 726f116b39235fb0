import {
  type ClusterNode,
  type ClusterOptions,
  type ElasticsearchCluster,
  startElasticsearchCluster,
} from '@tandem/local-stack/engine/elasticsearch-cluster.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { engineAt } from '../harness/services/engine.ts';
import { putSmallOptimize } from '../harness/services/small-optimize.ts';
import type { World } from '../harness/world.ts';
import { ownFolder, useEngine } from './own-servers.ts';

export type OwnCluster = ElasticsearchCluster & {
  /** The elected one, as the others see it. */
  readonly master: () => Promise<ClusterNode>;
  /** One that is not master, and holds the primary shard of that index. */
  readonly dataNodeOf: (index: string) => Promise<ClusterNode>;
  /** SIGSTOP until `thaw`. */
  readonly freeze: (node: ClusterNode) => void;
  readonly thaw: (node: ClusterNode) => void;
  /** All nodes run and have the shared storage, whatever a test that failed has left. */
  readonly repair: () => Promise<void>;
  /** Three nodes, every shard and replica started, nothing that moves. */
  readonly untilWhole: () => Promise<void>;
};

/** A node that does not answer is noticed after some seconds, not after half a minute; a busy machine is not taken for one. */
const NOTICED_SOON = {
  ...Object.fromEntries(
    ['leader_check', 'follower_check'].flatMap((check) => [
      [`cluster.fault_detection.${check}.timeout`, '2s'],
      [`cluster.fault_detection.${check}.interval`, '500ms'],
      [`cluster.fault_detection.${check}.retry_count`, '2'],
    ]),
  ),
  // a new master waits so long for a frozen node before it believes its own first state
  'transport.connect_timeout': '3s',
  'cluster.publish.timeout': '5s',
  // one that cannot write the cluster's state to its disk
  'cluster.follower_lag.timeout': '5s',
};

type CatShard = { readonly node: string; readonly prirep: string; readonly state: string };

/** Three nodes with a small Optimize, each shard on two of them, and an empty repository, both by the world's name. */
export const useOwnCluster = async (world: World, settingsOf?: ClusterOptions['settingsOf']): Promise<OwnCluster> => {
  const directory = ownFolder(world);
  const cluster = await startElasticsearchCluster({
    ...{ directory, heapMb: 320, settings: NOTICED_SOON },
    ...omitUndefined({ settingsOf }),
  });
  world.onEnd(cluster.kill);
  const frozen = new Set<ClusterNode>();
  const answering = () => cluster.nodes.filter((node) => node.pid !== undefined && !frozen.has(node));
  const engine = engineAt(() => answering()[0]?.url ?? '');
  useEngine(world, engine, cluster.nodes.map(({ url }) => url).join());

  const named = (name: string | undefined): ClusterNode => {
    const node = cluster.nodes.find((one) => one.name === name);
    if (node === undefined) throw new Error(`There is no node ${name}.`);
    return node;
  };
  // asked of the node itself: it would wait for a frozen master
  const master = async () => {
    const path = '_cluster/state/master_node,nodes?local=true';
    const state = await engine.call<{ master_node: string; nodes: Record<string, { name: string }> }>('GET', path);
    return named(state.nodes[state.master_node]?.name);
  };
  const primaryOf = async (index: string) => {
    const shards = await engine.call<CatShard[]>('GET', `_cat/shards/${index}?format=json`);
    return named(shards.find(({ prirep }) => prirep === 'p')?.node);
  };
  const untilWhole = async () => {
    // copies of shards that failed too often
    await world.until(
      'the cluster has a master',
      () => engine.call('POST', '_cluster/reroute?retry_failed=true&metric=none'),
      () => true,
    );
    const path = '_cluster/health?wait_for_nodes=3&wait_for_status=green&wait_for_no_relocating_shards=true&timeout=2s';
    await world.until(
      'the cluster is whole',
      () => engine.call<{ timed_out: boolean }>('GET', path),
      (health) => !health.timed_out,
    );
  };
  const dataNodeOf = async (index: string) => {
    const [elected, primary] = await Promise.all([master(), primaryOf(index)]);
    if (elected !== primary) return primary;
    // its replica takes its place
    const cancel = { index, shard: 0, node: elected.name, allow_primary: true };
    await engine.call('POST', '_cluster/reroute', { commands: [{ cancel }] });
    await untilWhole();
    return primaryOf(index);
  };

  const thaw = (node: ClusterNode) => {
    node.signal('SIGCONT');
    frozen.delete(node);
  };

  await engine.putRepository(world.name, world.name);
  await putSmallOptimize(engine, world.prefix);
  return {
    ...{ ...cluster, master, dataNodeOf, untilWhole },
    freeze: (node) => {
      frozen.add(node);
      node.signal('SIGSTOP');
    },
    thaw,
    repair: async () => {
      for (const node of frozen) thaw(node);
      for (const node of cluster.nodes) {
        node.mount();
        if (node.pid === undefined) await node.start();
      }
    },
  };
};
