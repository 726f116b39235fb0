import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, answeringEngine } from '../answering.fixture.ts';

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

const error = (type: string) => ({ error: { type, reason: 'not here' } });

const answering = async (answers: readonly Answer[]) => {
  const { engine, close } = await answeringEngine(answers);
  closings.push(close);
  return engine;
};

const settings = { persistent: { 'cluster.routing.allocation.enable': 'none' }, transient: {} };

describe('a managed service', () => {
  it.each([
    [403, 'security_exception'],
    [403, 'cluster_block_exception'],
    [404, 'api_not_available_exception'],
    [405, 'method_not_allowed'],
    [410, 'api_not_available_exception'],
  ])('that returns %i %s leaves a check unknown, and the others as they are', async (status, type) => {
    const engine = await answering([
      ['/_cluster/settings', 200, settings],
      ['/', status, error(type)],
    ]);
    expect(await engine.clusterConditions(['optimize-a'])).toEqual({
      settings: { 'cluster.routing.allocation.enable': 'none' },
      indexBlocks: undefined,
      lacking: undefined,
      redIndices: undefined,
    });
    expect(await engine.capacity()).toEqual({ nodes: undefined, diskWatched: true, freeShards: undefined });
    expect(await engine.storedCopies(['optimize-a'])).toBeUndefined();
  });

  it('that does not allow aliases to be read leaves them unknown', async () => {
    const engine = await answering([['/', 403, error('security_exception')]]);
    expect(await engine.aliasOwners(['optimize-alert'])).toBeUndefined();
  });
});

describe('the privileges of a restore', () => {
  const PATH = '/_security/user/_has_privileges';
  const lacking = async (status: number, body: object, names: readonly string[] = ['optimize-a', 'optimize-b']) => {
    const engine = await answering([
      [PATH, status, body],
      ['/', 403, error('security_exception')],
    ]);
    return (await engine.clusterConditions(names)).lacking;
  };
  const all = { manage: true, delete_index: true };
  const cluster = {
    ...{ create_snapshot: true, 'cluster:admin/snapshot/create': true, 'cluster:admin/snapshot/restore': true },
  };

  it('are missing where the engine says so, by index', async () => {
    const index = { 'optimize-b': { ...all, manage: false }, 'optimize-a': { ...all, delete_index: false } };
    expect(await lacking(200, { username: 'tandem', has_all_requested: false, cluster, index })).toEqual({
      ...{ snapshot: [], manage: ['optimize-b'], deleteIndex: ['optimize-a'] },
    });
    const none = { snapshot: [], manage: [], deleteIndex: [] };
    expect(await lacking(200, { cluster, index: { 'optimize-a': all } })).toEqual(none);
    expect(await lacking(200, { cluster, index: {} }, [])).toEqual(none);
  });

  it.each([
    [{ create_snapshot: false }, []],
    [{ 'cluster:admin/snapshot/create': false }, []],
    [{ create_snapshot: false, 'cluster:admin/snapshot/create': false }, ['create']],
    [{ 'cluster:admin/snapshot/restore': false }, ['restore']],
  ])('to snapshots are given by either name: %j', async (changes, snapshot) => {
    expect(await lacking(200, { cluster: { ...cluster, ...changes }, index: {} }, [])).toMatchObject({ snapshot });
  });

  it.each([
    [400, error('illegal_argument_exception')],
    [405, error('method_not_allowed')],
    [500, error('security_exception')],
    [403, error('security_exception')],
    [200, {}],
  ])('are not known from %i %j', async (status, body) => {
    expect(await lacking(status, body)).toBeUndefined();
  });
});

it.each([
  [503, 'ENGINE_BUSY'],
  [500, 'ENGINE_FAILED'],
])('an engine that returns %i does not count as one that forbids it', async (status, code) => {
  const engine = await answering([['/', status, error('x')]]);
  await expect(engine.clusterConditions(['optimize-a'])).rejects.toMatchObject({ code });
  await expect(engine.capacity()).rejects.toMatchObject({ code });
  await expect(engine.storedCopies(['optimize-a'])).rejects.toMatchObject({ code });
  await expect(engine.aliasOwners(['optimize-alert'])).rejects.toMatchObject({ code });
});
