import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { describeEngine } from '../conformance.ts';
import type { Engine } from '../port.ts';
import { askEngine, realEngineFixture } from '../real-engine.fixture.ts';
import { connectEngine } from '../registry.ts';

/** An engine that runs on this machine, with the file system of its repositories in reach. */
export type RealServer = {
  readonly version: string;
  readonly url: string;
  readonly repositoriesPath: string;
};

export type RealEngineOptions = {
  /** Such as opensearch@3. */
  readonly name: string;
  /** Runs before the first test. */
  readonly running: () => RealServer;
  /** Why no file system can be mounted here; undefined: it can. */
  readonly whyNoMount: string | undefined;
  /** Whether the disk watermarks count on its single data node. */
  readonly watchesItsDisk: boolean;
};

const timing = { requestTimeoutMs: 20_000, masterTimeoutMs: 10_000 };

/** What every engine must do, and what only a real one can show: its files, its shards, its disk. */
export const describeRealEngine = ({ name, running, whyNoMount, watchesItsDisk }: RealEngineOptions): void => {
  const connect = (): Engine => connectEngine({ url: running().url, ...timing });

  describeEngine(name, async () => {
    const engine = connect();
    const fixture = realEngineFixture(running().url, running().repositoriesPath);
    return { engine, connect, fixture, stop: () => engine.close() };
  });

  describe(`${name}, seen through the adapter`, () => {
    const owner = { backupId: 'b', operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.1.0' };
    let server: RealServer;
    let engine: Engine;
    let ask: ReturnType<typeof askEngine>;
    let fixture: ReturnType<typeof realEngineFixture>;

    beforeAll(() => {
      server = running();
      engine = connect();
      ask = askEngine(server.url);
      fixture = realEngineFixture(server.url, server.repositoriesPath);
    });
    afterAll(() => engine.close());

    it('is the version that was started', async () => {
      expect((await engine.info()).version).toBe(server.version);
    });

    it('shows a running snapshot without an end, aborts it, and knows it no more', async () => {
      const location = `${server.repositoriesPath}/slow-${process.pid}`;
      const settings = { location, max_snapshot_bytes_per_sec: '10kb' };
      await ask('PUT', '/_snapshot/slow', { type: 'fs', settings });
      await fixture.createIndex('slow-data', 0);
      await ask('PUT', '/slow-data/_doc/1', { text: Array.from({ length: 40_000 }, () => Math.random()).join(' ') });
      await ask('POST', '/slow-data/_refresh');
      await engine.startSnapshot({ repository: 'slow', name: 'running', indices: ['slow-data'], owner });
      const [snapshot] = await engine.findSnapshots('slow', ['running']);
      expect(snapshot).toMatchObject({ state: 'IN_PROGRESS', endedAt: undefined, owner, indices: ['slow-data'] });
      await engine.deleteSnapshot('slow', 'running');
      expect(await engine.findSnapshots('slow', ['running'])).toEqual([]);
    });

    it('does not take a snapshot that cannot be read for one that is gone', async () => {
      await fixture.createRepository('rotten');
      await fixture.createIndex('rotten-data', 1);
      await engine.startSnapshot({ repository: 'rotten', name: 'rots', indices: ['rotten-data'], owner });
      await fixture.finishSnapshots('rotten');
      const folder = `${server.repositoriesPath}/rotten-${process.pid}`;
      const file = (await readdir(folder)).find((name) => name.startsWith('snap-')) ?? '';
      await rename(join(folder, file), join(folder, `x${file}`));
      await expect(engine.findSnapshots('rotten', ['rots'])).rejects.toMatchObject({ code: 'REPOSITORY_UNAVAILABLE' });
      await expect(engine.findSnapshots('rotten', ['absent'])).resolves.toEqual([]);
      await rename(join(folder, `x${file}`), join(folder, file));
      await expect(engine.findSnapshots('rotten', ['rots'])).resolves.toHaveLength(1);
    });

    it.skipIf(whyNoMount !== undefined)(
      'tells a repository that it cannot write from one that it cannot use',
      async () => {
        const folder = `${server.repositoriesPath}/locked-${process.pid}`;
        await mkdir(folder);
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=0777', 'tmpfs', folder]);
        onTestFinished(() => void execFileSync('umount', ['-l', folder]));
        await fixture.createRepository('locked');
        await fixture.createIndex('locked-data', 1);
        await engine.startSnapshot({ repository: 'locked', name: 'one', indices: ['locked-data'], owner });
        await fixture.finishSnapshots('locked');
        execFileSync('mount', ['-o', 'remount,ro', folder]);
        const unwritable = { code: 'REPOSITORY_UNAVAILABLE', data: { onlyWriting: true } };
        await expect(engine.verifyRepository('locked')).rejects.toMatchObject(unwritable);
        await expect(engine.readRepository('locked')).resolves.toMatchObject({ name: 'locked', readOnly: undefined });
        await expect(engine.findSnapshots('locked', ['one'])).resolves.toHaveLength(1);
        execFileSync('mount', ['-o', 'remount,rw', folder]);
        await engine.verifyRepository('locked');
      },
    );

    it('names a repository that cannot be used, with the reason', async () => {
      await ask('PUT', '/_snapshot/broken?verify=false', {
        type: 'fs',
        settings: { location: `${server.repositoriesPath}/broken-${process.pid}` },
      });
      await rm(`${server.repositoriesPath}/broken-${process.pid}`, { recursive: true, force: true });
      await writeFile(`${server.repositoriesPath}/broken-${process.pid}`, 'in the way');
      const unavailable = { code: 'REPOSITORY_UNAVAILABLE', data: { reason: expect.stringContaining('broken') } };
      await fixture.createIndex('broken-data', 1);
      const snapshot = { repository: 'broken', name: 'never', indices: ['broken-data'], owner };
      await expect(engine.readRepository('broken')).rejects.toMatchObject(unavailable);
      await expect(engine.findSnapshots('broken', ['a'])).rejects.toMatchObject(unavailable);
      await expect(engine.startSnapshot(snapshot)).rejects.toMatchObject(unavailable);
    });

    it('distinguishes a snapshot that the engine refuses from its other errors', async () => {
      await fixture.createRepository('strict');
      await ask('PUT', '/unassigned?wait_for_active_shards=0', {
        settings: { number_of_replicas: 0, 'routing.allocation.require._name': 'nowhere' },
      });
      const snapshot = { repository: 'strict', name: 'unassigned', indices: ['unassigned'], owner };
      await engine.startSnapshot(snapshot).then(
        async () => {
          await fixture.finishSnapshots('strict');
          expect(await engine.findSnapshots('strict', ['unassigned'])).not.toMatchObject([{ state: 'SUCCESS' }]);
        },
        (error: unknown) =>
          expect(error).toMatchObject({ code: 'ENGINE_FAILED', data: { type: 'snapshot_exception' } }),
      );
    });

    const untilAbandoned = async (name: string) => {
      for (;;) {
        const [recovery] = await engine.indexRecoveries([name]);
        if (recovery === undefined || recovery.failures.length > 0) return recovery;
        await sleep(50);
      }
    };

    const saved = async (repository: string) => {
      await fixture.createRepository(repository);
      await fixture.createIndex(`${repository}-data`, 2);
      const indices = [`${repository}-data`];
      await engine.startSnapshot({ repository, name: 'saved', indices, owner });
      await fixture.finishSnapshots(repository);
      const rename = { pattern: '$', replacement: '-copy' };
      return { repository, snapshot: 'saved', indices, rename, as: 'copy' } as const;
    };

    const deleteFiles = async (repository: string, prefix: string): Promise<void> => {
      const folder = `${server.repositoriesPath}/${repository}-${process.pid}`;
      const files = (await readdir(folder, { recursive: true })).filter((file) => basename(file).startsWith(prefix));
      expect(files).not.toEqual([]);
      for (const file of files) await rm(join(folder, file));
    };

    it('reports the shard whose file is corrupt, names the snapshot, and deletes the index', async () => {
      const restore = await saved('rot');
      await deleteFiles('rot', '__');
      await engine.startRestore(restore);
      const recovery = await untilAbandoned('rot-data-copy');
      const reason = expect.stringContaining('NoSuchFileException');
      expect(recovery).toMatchObject({
        ...{ shards: 1, shardsDone: 0, failures: [{ shard: 0, reason, lost: false }] },
        source: { repository: 'rot', snapshot: 'saved', restoreUuid: expect.stringMatching(/./) },
      });
      expect(recovery?.failures[0]?.reason).not.toContain('\n');
      await engine.deleteIndices(['rot-data-copy']);
      expect(await engine.describeIndices(['rot-data-copy'])).toEqual([]);
    });

    it('reports the shard that no node may hold, and says why', async () => {
      const restore = await saved('filtered');
      await ask('PUT', '/_cluster/settings', { transient: { 'cluster.routing.allocation.exclude._name': '*' } });
      await engine.startRestore(restore);
      const recovery = await untilAbandoned('filtered-data-copy');
      await ask('PUT', '/_cluster/settings', { transient: { 'cluster.routing.allocation.exclude._name': null } });
      const reason = expect.stringContaining('cluster.routing.allocation.exclude');
      expect(recovery).toMatchObject({ shards: 1, shardsDone: 0, failures: [{ shard: 0, lost: false, reason }] });
      await engine.deleteIndices(['filtered-data-copy']);
    });

    it('does not take a snapshot that cannot be read for one that is gone, when restoring it either', async () => {
      const restore = await saved('unreadable');
      await deleteFiles('unreadable', 'snap-');
      await expect(engine.startRestore(restore)).rejects.toMatchObject({ code: 'REPOSITORY_UNAVAILABLE' });
    });

    it('refuses to restore under the name of an alias', async () => {
      const restore = await saved('aliased');
      await fixture.createIndex('aliased-other', 1, { aliases: ['aliased-data-copy'] });
      await expect(engine.startRestore(restore)).rejects.toMatchObject({ code: 'RESTORE_REFUSED' });
    });

    it('reports how much may still be written below the low watermark, and by how much it is exceeded', async () => {
      const set = (low: string | null, watched: boolean | null) =>
        ask('PUT', '/_cluster/settings', {
          transient: {
            'cluster.routing.allocation.disk.threshold_enabled': watched,
            'cluster.routing.allocation.disk.watermark.low': low,
            'cluster.routing.allocation.disk.watermark.high': low,
            'cluster.routing.allocation.disk.watermark.flood_stage': low,
          },
        });
      const room = async () => {
        const { nodes, diskWatched } = await engine.capacity();
        return { bytes: nodes?.[0]?.freeBytes ?? 0, diskWatched };
      };
      await set('1gb', true);
      const wide = await room();
      await set('100tb', true);
      const exceeded = await room();
      await set(null, null);
      expect([wide.diskWatched, exceeded.diskWatched]).toEqual([watchesItsDisk, watchesItsDisk]);
      // others write to the same disk meanwhile
      expect(Math.abs(wide.bytes - exceeded.bytes - (100 * 1024 - 1) * 1024 ** 3)).toBeLessThan(500_000_000);
      expect(exceeded.bytes).toBeLessThan(0);
    });

    it('does not heed watermarks that are off', async () => {
      await ask('PUT', '/_cluster/settings', {
        transient: { 'cluster.routing.allocation.disk.threshold_enabled': false },
      });
      const { diskWatched } = await engine.capacity();
      await ask('PUT', '/_cluster/settings', {
        transient: { 'cluster.routing.allocation.disk.threshold_enabled': null },
      });
      expect(diskWatched).toBe(false);
    });

    it('names the index whose primary no node may hold as red', async () => {
      await ask('PUT', '/red-data?wait_for_active_shards=0', {
        settings: {
          number_of_shards: 1,
          number_of_replicas: 0,
          'index.routing.allocation.require._name': 'no-such-node',
        },
      });
      expect((await engine.clusterConditions([])).redIndices).toContain('red-data');
      expect(await engine.storedCopies(['red-data'])).toEqual([]);
      await engine.deleteIndices(['red-data']);
      expect((await engine.clusterConditions([])).redIndices).not.toContain('red-data');
    });

    it('reads two thousand names in seconds', async () => {
      const names = Array.from({ length: 2_000 }, (_, part) => `optimize-process-instance-of-some-process-${part}_v8`);
      const begun = performance.now();
      expect(await engine.describeIndices(names)).toEqual([]);
      expect(await engine.measureIndices(names, 'operations-first')).toEqual([]);
      expect(performance.now() - begun).toBeLessThan(15_000);
    });
  });
};
