import { findJdks, missingJdk } from '@tandem/local-stack/engine/java.ts';
import { describe, expect, it } from 'vitest';
import { INDEX, useProxiedEngine } from '../proxied-engine.fixture.ts';
import { isOptionalCall, pathOf, SERVICES, type ServiceReply } from '../service-replies.fixture.ts';
import { snapshotRound } from '../snapshot-round.fixture.ts';

const AUTHORIZATION = `Basic ${Buffer.from('tandem:secret').toString('base64')}`;

const missing = missingJdk(await findJdks(), 'opensearch@2');

describe.skipIf(missing !== undefined)('A managed service that allows no call but those that are needed', () => {
  const opensearch = useProxiedEngine('opensearch@2');

  const connect = async (reply: ServiceReply, password = 'secret') => {
    const proxy = await opensearch.proxy((request) => {
      if (request.headers.authorization !== AUTHORIZATION) return { status: 401, body: 'Unauthorized' };
      return isOptionalCall(request) ? reply(pathOf(request)) : undefined;
    });
    return { engine: opensearch.connect({ url: proxy.url, username: 'tandem', password }), proxy };
  };

  it.each(SERVICES)('makes those checks "not known", and backups and restores work: %s', async (_, reply) => {
    const { engine, proxy } = await connect(reply);
    expect(await engine.capacity()).toEqual({ nodes: undefined, diskWatched: undefined, freeShards: undefined });
    const { settings, lacking, redIndices } = await engine.clusterConditions([INDEX]);
    expect({ settings, lacking, redIndices }).toEqual({
      settings: undefined,
      lacking: undefined,
      redIndices: undefined,
    });
    expect(await engine.storedCopies([INDEX])).toBeUndefined();
    expect(await engine.aliasOwners(['optimize-report'])).toBeUndefined();
    expect(await engine.runningSnapshots()).toBeUndefined();
    const { unread = [], ...templates } = await engine.readTemplates('optimize', [INDEX]);
    expect(Object.values(templates)).toEqual([{}, {}, {}, {}]);
    expect(unread.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['componentTemplates', 'indexTemplates', 'legacyTemplates']),
    );
    expect(unread.every(({ reason }) => reason !== '')).toBe(true);
    expect(new Set(proxy.answered).size).toBeGreaterThan(9);

    expect(await engine.listIndices('optimize')).toMatchObject([{ name: INDEX }]);
    expect(await engine.measureIndices([INDEX], 'operations-first')).toMatchObject([{ documents: 2 }]);
    await snapshotRound(engine, [INDEX]);
  });

  it('refuses a wrong password, which is a failure', async () => {
    const { engine } = await connect(() => ({ status: 500, body: {} }), 'wrong');
    await expect(engine.capacity()).rejects.toMatchObject({ code: 'ENGINE_FORBIDDEN' });
  });
});
