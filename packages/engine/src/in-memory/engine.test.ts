import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import { describeEngine } from '../conformance.ts';
import { inMemoryEngine } from './engine.ts';

describeEngine('The engine in memory', async () => {
  const engine = inMemoryEngine();
  return {
    engine,
    connect: () => inMemoryEngine(),
    fixture: {
      createIndex: async (name, docs, options) => engine.createIndex(name, docs, options),
      createRepository: async (name) => engine.createRepository(name),
      setReadOnly: async (name, readOnly) => engine.setReadOnly(name, readOnly),
      limitSnapshots: async (name, max) => engine.limitSnapshots(name, max),
      moveRepository: async (name, place = name) => engine.moveRepository(name, place),
      putMetadata: async (prefix, metadata) => engine.putMetadata(prefix, metadata),
      makeForeignSnapshot: async (repository, name, indices) => void engine.putSnapshot(repository, { name, indices }),
      finishSnapshots: async () => engine.finishAll(),
      setClusterSettings: async (settings) => engine.setClusterSettings(settings),
      addDocuments: async (name, documents) => engine.write(name, documents.length),
      finishRestores: async () => engine.finishAll(),
    },
    stop: async () => undefined,
  };
});

const owner = { backupId: 'b', operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.1.0' };
const snapshot = { repository: 'backups', name: 'one', indices: ['optimize-a', 'optimize-b'], owner };

const prepared = (options?: Parameters<typeof inMemoryEngine>[0]) => {
  const engine = inMemoryEngine(options);
  engine.createRepository('backups');
  engine.createIndex('optimize-a', 1);
  engine.createIndex('optimize-b', 2);
  return engine;
};

const stateOf = async (engine: ReturnType<typeof prepared>) =>
  (await engine.findSnapshots('backups', ['one'])).map(({ state }) => state);

describe('The engine in memory, driven', () => {
  it('runs a snapshot until `finish` ends it', async () => {
    const engine = prepared();
    await engine.startSnapshot(snapshot);
    expect(engine.running('backups')).toEqual(['one']);
    expect((await engine.findSnapshots('backups', ['one']))[0]?.endedAt).toBeUndefined();
    const failures = [{ index: 'optimize-b', shard: 0, reason: 'no space left' }];
    engine.finish('backups', 'one', { state: 'PARTIAL', failures });
    expect(await engine.findSnapshots('backups', ['one'])).toMatchObject([
      { state: 'PARTIAL', failures, shards: { total: 2, successful: 1, failed: 1 } },
    ]);
  });

  it('ends snapshots by a policy', async () => {
    const engine = prepared({ endOf: () => ({ state: 'FAILED', reason: 'on purpose' }) });
    await engine.startSnapshot(snapshot);
    expect(await engine.findSnapshots('backups', ['one'])).toMatchObject([{ state: 'FAILED', reason: 'on purpose' }]);
  });

  it('forgets running snapshots when it restarts', async () => {
    const engine = prepared();
    await engine.startSnapshot(snapshot);
    engine.restart();
    expect(await stateOf(engine)).toEqual([]);
  });

  it.each([
    ['before', []],
    ['after', ['IN_PROGRESS']],
  ] as const)('fails a call once, %s it takes effect', async (when, states) => {
    const engine = prepared();
    const failure = fail('ENGINE_TIMEOUT', 'on purpose');
    engine.failNext('startSnapshot', failure, when);
    await expect(engine.startSnapshot(snapshot)).rejects.toBe(failure);
    expect(await stateOf(engine)).toEqual(states);
    expect(engine.calls.map(({ method }) => method)).toEqual(['startSnapshot', 'findSnapshots']);
  });

  it('delays a call for as long as its hook does', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const engine = prepared({ before: ({ method }) => (method === 'startSnapshot' ? held : undefined) });
    const starting = engine.startSnapshot(snapshot);
    expect(await stateOf(engine)).toEqual([]);
    release();
    await starting;
    expect(await stateOf(engine)).toEqual(['IN_PROGRESS']);
  });

  it('has repositories that can be read while nothing can be written into them', async () => {
    const engine = prepared({ endOf: () => ({ state: 'SUCCESS' }) });
    await engine.startSnapshot(snapshot);
    engine.stopWrites('backups', 'no space left on device');
    const refused = { code: 'REPOSITORY_UNAVAILABLE', data: { onlyWriting: true } };
    await expect(engine.verifyRepository('backups')).rejects.toMatchObject(refused);
    await expect(engine.startSnapshot({ ...snapshot, name: 'two' })).rejects.toMatchObject({ code: refused.code });
    await expect(engine.deleteSnapshot('backups', 'one')).rejects.toMatchObject({ code: refused.code });
    expect(await stateOf(engine)).toEqual(['SUCCESS']);
    engine.stopWrites('backups');
    await engine.verifyRepository('backups');
  });

  it('has repositories that break and recover', async () => {
    const engine = prepared();
    engine.breakRepository('backups', 'the disk is gone');
    await expect(engine.readRepository('backups')).rejects.toMatchObject({ code: 'REPOSITORY_UNAVAILABLE' });
    engine.breakRepository('backups');
    await expect(engine.readRepository('backups')).resolves.toMatchObject({ name: 'backups' });
  });
});

describe('The engine in memory, restoring', () => {
  const restore = {
    repository: 'backups',
    snapshot: 'one',
    indices: ['optimize-a'],
    rename: { pattern: '^optimize-', replacement: 'look-' },
    as: 'copy',
  } as const;

  const saved = async (options?: Parameters<typeof inMemoryEngine>[0]) => {
    const engine = prepared({ endOf: () => ({ state: 'SUCCESS' }), ...options });
    await engine.startSnapshot(snapshot);
    engine.write('optimize-a', 5);
    return engine;
  };

  const documentsOf = async (engine: ReturnType<typeof prepared>, name: string) =>
    (await engine.measureIndices([name], 'operations-first'))[0]?.documents;

  it('restores what was there when the snapshot began, once `finishRestore` is called', async () => {
    const engine = await saved();
    await engine.startRestore(restore);
    expect(engine.restoring()).toEqual(['look-a']);
    await expect(documentsOf(engine, 'look-a')).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
    await expect(engine.deleteSnapshot('backups', 'one')).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
    engine.finishRestore('look-a');
    expect([await documentsOf(engine, 'look-a'), await documentsOf(engine, 'optimize-a')]).toEqual([1, 6]);
  });

  it('fails the shards of a corrupt snapshot', async () => {
    const engine = await saved({ endOfRestore: () => ({}) });
    engine.rotSnapshot('backups', 'one', 'optimize-a');
    await engine.startRestore(restore);
    expect(await engine.indexRecoveries(['look-a'])).toMatchObject([
      { shards: 1, shardsDone: 0, failures: [{ shard: 0 }], source: { snapshot: 'one' } },
    ]);
  });

  it('restores other documents than the saved ones on request', async () => {
    const engine = await saved({ endOfRestore: () => ({}) });
    engine.alterSnapshot('backups', 'one', 'optimize-a', 7);
    await engine.startRestore(restore);
    expect(await documentsOf(engine, 'look-a')).toBe(7);
  });

  it('loses a running restore and forgets all sources when it restarts', async () => {
    const engine = await saved();
    await engine.startRestore(restore);
    engine.restart();
    expect(await engine.indexRecoveries(['look-a'])).toMatchObject([{ failures: [{ shard: 0 }], source: undefined }]);
  });

  it('writes over a closed index, which keeps its uuid', async () => {
    const engine = await saved({ endOfRestore: () => ({}) });
    engine.createIndex('look-a', 9, { closed: true });
    const [before] = await engine.describeIndices(['look-a']);
    await engine.startRestore(restore);
    expect(await engine.describeIndices(['look-a'])).toMatchObject([{ uuid: before?.uuid, open: true }]);
    expect(await documentsOf(engine, 'look-a')).toBe(1);
  });

  it('does not delete an index that is being saved', async () => {
    const engine = prepared();
    await engine.startSnapshot(snapshot);
    await expect(engine.deleteIndices(['optimize-a'])).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
  });

  it('refuses what the caller may not do, once it has security', async () => {
    const engine = await saved();
    const names = ['optimize-a', 'optimize-b'];
    expect((await engine.clusterConditions(names)).lacking).toBeUndefined();
    engine.withhold({ snapshot: ['create', 'restore'], deleteIndex: ['optimize-a'] });
    engine.withhold({ manage: ['optimize-a', 'other'] });
    const lacking = { snapshot: ['create', 'restore'], manage: ['optimize-a'], deleteIndex: ['optimize-a'] };
    expect((await engine.clusterConditions(names)).lacking).toEqual(lacking);
    const forbidden = { code: 'ENGINE_FORBIDDEN' };
    await expect(engine.startSnapshot({ ...snapshot, name: 'two' })).rejects.toMatchObject(forbidden);
    await expect(engine.startRestore(restore)).rejects.toMatchObject(forbidden);
    await expect(engine.deleteIndices(names)).rejects.toMatchObject(forbidden);
    await expect(engine.setIndexBlock(names, 'write', 'set')).rejects.toMatchObject(forbidden);
  });
});
