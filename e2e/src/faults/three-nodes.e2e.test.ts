import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterNode } from '@tandem/local-stack/engine/elasticsearch-cluster.ts';
import { whyNoMount } from '@tandem/local-stack/why-no-mount.ts';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { planRestore, readRestore, rehearse, removeIndices, restore } from '../harness/requests/restores.ts';
import { backup, create, operation, untilOperation } from '../harness/requests/v1.ts';
import { fatIndexOfPart2 } from '../harness/services/slow-repository.ts';
import { useWorld } from '../harness/world.ts';
import { type OwnCluster, useOwnCluster } from './own-cluster.ts';
import { ownFolder } from './own-servers.ts';
import { expectPromise } from './promise.ts';
import { expectEnded, lookAround, type Sight, untilEnded } from './restore-promise.ts';
import { putBulk } from './slow-repository.ts';

const world = useWorld({ apps: false, data: 'none' });
let cluster: OwnCluster;
let before: Sight;
/** Of node-3 alone, where this machine lets us mount one. */
let smallDisk: string | undefined;

const fat = () => fatIndexOfPart2(world);
const drain = (name: string | null) =>
  world.engine.call('PUT', '_cluster/settings', {
    persistent: { 'cluster.routing.allocation.exclude._name': name },
  });

const mountSmallDisk = (): string => {
  const folder = ownFolder(world);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m,mode=0777', 'tmpfs', folder]);
  world.onEnd(async () => void execFileSync('umount', ['-l', folder]));
  return folder;
};

beforeAll(async () => {
  if (whyNoMount === undefined) smallDisk = mountSmallDisk();
  cluster = await useOwnCluster(world, (name) => ({
    ...(name === 'node-3' && smallDisk !== undefined ? { 'path.data': smallDisk } : {}),
  }));
  await putBulk(world.engine, fat(), 400);
  await world.engine.call('PUT', `${world.prefix}-*/_settings`, { number_of_replicas: 1 });
  const slow = { max_snapshot_bytes_per_sec: '150kb', max_restore_bytes_per_sec: '150kb' };
  await world.engine.call('PUT', `_snapshot/${world.repository}`, {
    ...{ type: 'fs', settings: { location: world.name, ...slow } },
  });
  const changes = { LEASE_DURATION: '1s', ENGINE_REQUEST_TIMEOUT: '4s', ENGINE_MASTER_TIMEOUT: '3s' };
  const [api, worker] = await Promise.all([world.startApi(changes), world.startWorker(changes)]);
  Object.assign(world, { api, worker });
  await create(world.api, 'base');
  await world.api.untilState('base', 'COMPLETED', 60_000);
  before = await lookAround(world);
  await world.engine.call('POST', '*/_flush?expand_wildcards=all');
}, 300_000);

beforeEach(async () => {
  if (smallDisk !== undefined) rmSync(join(smallDisk, 'ballast'), { force: true });
  await cluster.repair();
  await cluster.untilWhole();
});

/** The large index has something new, which is being copied out of its node. */
const startBackup = async (id: string): Promise<void> => {
  await putBulk(world.engine, fat(), 300);
  await create(world.api, id);
  await world.until(
    'part 2 runs',
    () => world.snapshotsOf(id),
    ([, second]) => second?.state === 'IN_PROGRESS',
  );
};

/** The large index is being copied back. */
const untilCopying = (id: string) =>
  world.until(
    'part 2 is being restored',
    () => readRestore(world.api, id),
    ({ progress }) => {
      const { shards, shardsDone } = progress as { readonly shards: number; readonly shardsDone: number };
      return shards === 6 && shardsDone < shards;
    },
  );

/** COMPLETED and whole, or FAILED with what happened: never one for the other. */
const expectTruth = async (id: string): Promise<void> => {
  const state = await world.until(
    `${id} has ended`,
    () => world.api.state(id),
    (seen) => seen !== 'IN_PROGRESS',
    // a part that the fault interrupted is taken again once the cluster has recovered, at 150 kB/s
    90_000,
  );
  await expectPromise(world, [id], state === 'COMPLETED' ? 'COMPLETED' : 'FAILED');
  if (state !== 'COMPLETED') expect((await backup(world.api, id)).failure).toMatchObject({ code: expect.any(String) });
};

/** Whatever happened meanwhile, and nothing but what was there before is in the cluster. */
const expectRestored = async (id: string): Promise<void> => {
  await untilEnded(world, id);
  await cluster.untilWhole();
  await expectEnded(world, id, 'SUCCEEDED', before);
};

const WHO: readonly (readonly [string, () => Promise<ClusterNode>])[] = [
  ['a data node', () => cluster.dataNodeOf(fat())],
  ['the elected master', () => cluster.master()],
];

describe.each(WHO)('kill -9 of %s, which comes back', (_, who) => {
  it('in the middle of a rehearsal: the backup is proven all the same, and nothing is left', async () => {
    const node = await who();
    const id = await rehearse(world.api, 'base');
    await untilCopying(id);
    await node.kill();
    await node.start();
    await expectRestored(id);
  });

  it('in the middle of a restore in place: all documents are back', async () => {
    const node = await who();
    await removeIndices(world.engine, `${world.prefix}-*`);
    const id = await restore(world.api, { backupId: 'base' });
    await untilCopying(id);
    await node.kill();
    await node.start();
    await expectRestored(id);
  });
});

it('a drained node: a rehearsal and a backup while its shards move away', async () => {
  const { name } = await cluster.dataNodeOf(fat());
  await drain(name);
  try {
    await expectRestored(await rehearse(world.api, 'base'));
    await startBackup('drained');
    await expectTruth('drained');
    const shards = await world.engine.call<{ node: string }[]>('GET', '_cat/shards?format=json');
    expect(shards.map(({ node }) => node)).not.toContain(name);
  } finally {
    await drain(null);
  }
});

it('a node without the shared storage: nothing is taken or planned until it has it, and it is named', async () => {
  const node = await cluster.dataNodeOf(fat());
  node.unmount();
  const operationId = await create(world.api, 'no-storage');
  const waiting = await world.until(
    'the create waits for an operator',
    () => operation(world.api, operationId),
    ({ attempts }) => attempts.length > 0,
  );
  expect(waiting.attempts.at(-1)).toMatchObject({
    failureClass: 'operator',
    reason: { code: 'REPOSITORY_UNAVAILABLE', data: { nodes: [node.name] } },
  });
  const { blockers } = await planRestore(world.api, { backupId: 'base', deleteExisting: true });
  expect(blockers).toContainEqual(
    expect.objectContaining({ code: 'REPOSITORY_UNAVAILABLE', message: expect.stringContaining(node.name) }),
  );
  expect(await world.snapshotsOf('no-storage')).toEqual([]);
  node.mount();
  await untilOperation(world, operationId, 'SUCCEEDED');
  await expectPromise(world, ['no-storage']);
});

describe.each(WHO)('kill -9 of %s', (name, who) => {
  it('in the middle of a backup: it is complete, or FAILED with a reason', async () => {
    const id = `killed-${name.replaceAll(' ', '-')}`;
    const node = await who();
    await startBackup(id);
    await node.kill();
    await expectTruth(id);
    await node.start();
  });
});

it('SIGSTOP of the elected master in the middle of a backup, and SIGCONT once another one is elected', async () => {
  const node = await cluster.master();
  await startBackup('frozen-master');
  cluster.freeze(node);
  try {
    await world.until('another master is elected', cluster.master, (elected) => elected !== node);
  } finally {
    cluster.thaw(node);
  }
  await expectTruth('frozen-master');
});

it('a rolling restart with a backup under way each time', async () => {
  for (const node of cluster.nodes) {
    const id = `rolling-${node.name}`;
    await startBackup(id);
    await node.stop();
    await node.start();
    await expectTruth(id);
    await cluster.untilWhole();
  }
}, 240_000);

it.skipIf(whyNoMount !== undefined)(
  `a full disk of one node: what is taken meanwhile is complete, or FAILED with a reason${whyNoMount === undefined ? '' : ` (skipped: ${whyNoMount})`}`,
  async () => {
    const ballast = join(smallDisk ?? '', 'ballast');
    await startBackup('full-disk');
    // until nothing fits any more
    spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k'], { stdio: 'ignore' });
    await expectTruth('full-disk');
    await create(world.api, 'still-full');
    await expectTruth('still-full');
    rmSync(ballast);
    await cluster.untilWhole();
    await create(world.api, 'room-again');
    await world.api.untilState('room-again', 'COMPLETED', 60_000);
    const id = await rehearse(world.api, 'room-again');
    expect(await untilEnded(world, id)).toMatchObject({ state: 'SUCCEEDED' });
  },
);
