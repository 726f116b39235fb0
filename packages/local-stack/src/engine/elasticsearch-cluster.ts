import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from '../part.ts';
import { findPort } from '../process/ports.ts';
import type { EngineFacts, EngineOptions } from './start-engine.ts';
import { startEngine } from './start-engine.ts';

export type ClusterNode = Part &
  EngineFacts & {
    readonly name: string;
    /** As if the shared storage for repositories were mounted on this node; it is from the start. */
    mount(): void;
    /** What is left is an empty folder on the node's own disk. */
    unmount(): void;
  };

export type ElasticsearchCluster = {
  /** All of them may become master and hold data. */
  readonly nodes: readonly ClusterNode[];
  /** Where repositories with a relative location lie; every node sees it. */
  readonly repositoriesPath: string;
  kill(): Promise<void>;
};

export type ClusterOptions = Pick<EngineOptions, 'directory' | 'kind' | 'heapMb' | 'settings' | 'report'> & {
  /** Settings of one node, over the others. */
  readonly settingsOf?: (name: string) => Readonly<Record<string, string>>;
};

const NAMES = ['node-1', 'node-2', 'node-3'] as const;

/** A throw-away cluster of three nodes on the loopback address that find each other, with one storage for repositories. */
export const startElasticsearchCluster = async (options: ClusterOptions): Promise<ElasticsearchCluster> => {
  const { directory, settings = {}, settingsOf = () => ({}), ...rest } = options;
  const repositoriesPath = join(directory, 'repositories');
  mkdirSync(repositoriesPath, { recursive: true });
  const ports = [await findPort([]), await findPort([]), await findPort([])];
  const seeds = ports.map((port) => `127.0.0.1:${port}`).join();

  const startNode = async (name: string, at: number): Promise<ClusterNode> => {
    const storage = join(directory, name, 'storage');
    // the node may write into it meanwhile
    const remove = () => rmSync(storage, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    const unmount = () => {
      remove();
      mkdirSync(storage, { recursive: true });
    };
    const mount = () => {
      remove();
      symlinkSync(repositoriesPath, storage);
    };
    mkdirSync(join(directory, name), { recursive: true });
    mount();
    const part = await startEngine({
      ...{ ...rest, directory: join(directory, name), durable: false },
      settings: {
        ...{ 'node.name': name, 'path.repo': storage, 'discovery.type': 'multi-node' },
        ...{ 'transport.port': String(ports[at]), 'discovery.seed_hosts': seeds },
        'cluster.initial_master_nodes': NAMES.join(),
        ...settings,
        ...settingsOf(name),
      },
    });
    return Object.defineProperties({ name, mount, unmount } as ClusterNode, Object.getOwnPropertyDescriptors(part));
  };

  const started = await Promise.allSettled(NAMES.map(startNode));
  const nodes = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const kill = async () => {
    await Promise.all(
      nodes.map((node) => {
        node.signal('SIGCONT');
        return node.kill();
      }),
    );
  };
  const failed = started.find((result) => result.status === 'rejected');
  if (failed === undefined) return { nodes, repositoriesPath, kill };
  await kill();
  throw failed.reason;
};
