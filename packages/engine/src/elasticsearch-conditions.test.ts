import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, answeringEngine } from './answering.fixture.ts';

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
  ])('that answers %i %s leaves a check unknown, and the others as they are', async (status, type) => {
    const engine = await answering([
      ['/_cluster/settings', 200, settings],
      ['/', status, error(type)],
    ]);
    expect(await engine.clusterConditions(['optimize-a'])).toEqual({
      settings: { 'cluster.routing.allocation.enable': 'none' },
      indexBlocks: undefined,
      unmanageable: undefined,
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

describe('the privilege to change settings', () => {
  const PATH = '/_security/user/_has_privileges';
  const unmanageable = async (status: number, body: object) => {
    const engine = await answering([
      [PATH, status, body],
      ['/', 403, error('security_exception')],
    ]);
    return (await engine.clusterConditions(['optimize-a', 'optimize-b'])).unmanageable;
  };

  it('is missing where the engine says so, by index', async () => {
    const index = { 'optimize-b': { manage: false }, 'optimize-a': { manage: true } };
    expect(await unmanageable(200, { username: 'tandem', has_all_requested: false, index })).toEqual(['optimize-b']);
    expect(await unmanageable(200, { index: { 'optimize-a': { manage: true } } })).toEqual([]);
  });

  it.each([
    [400, error('illegal_argument_exception')],
    [405, error('method_not_allowed')],
    [500, error('security_exception')],
    [403, error('security_exception')],
    [200, {}],
  ])('is not known from %i %j', async (status, body) => {
    expect(await unmanageable(status, body)).toBeUndefined();
  });
});

it.each([
  [503, 'ENGINE_BUSY'],
  [500, 'ENGINE_FAILED'],
])('an engine that answers %i is not taken for one that does not allow it', async (status, code) => {
  const engine = await answering([['/', status, error('x')]]);
  await expect(engine.clusterConditions(['optimize-a'])).rejects.toMatchObject({ code });
  await expect(engine.capacity()).rejects.toMatchObject({ code });
  await expect(engine.storedCopies(['optimize-a'])).rejects.toMatchObject({ code });
  await expect(engine.aliasOwners(['optimize-alert'])).rejects.toMatchObject({ code });
});
