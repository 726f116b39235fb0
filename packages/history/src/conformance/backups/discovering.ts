import { expect, it } from 'vitest';
import { accepted, foundSet, here, hereUnnamed, newCreate } from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';

export const discovering = (makeHistory: MakeHistory): void => {
  it('takes a set into the history', async () => {
    const { history } = await makeHistory();
    const backup = await history.discover(foundSet('manual'));
    expect(backup).toMatchObject({
      origin: 'discovered',
      state: 'COMPLETED',
      requestedAt: new Date('2026-01-01T10:00:00Z'),
      endedAt: new Date('2026-01-01T10:05:00Z'),
      parts: [
        {
          number: 1,
          indices: ['found-1'],
          state: 'SUCCESS',
          uuid: 'uuid-1',
          shards: { total: 3, successful: 3, failed: 0 },
        },
        { number: 2, engineVersion: '8.19.0', versionId: 8_537_000, startedAt: new Date('2026-01-01T10:00:00Z') },
      ],
    });
    expect(backup.create).toBeUndefined();
    expect(await history.findBackup('manual', here)).toEqual(backup);
    expect(await history.eventsOf('manual', 10)).toMatchObject([{ kind: 'backup.discovered', source: 'sweep' }]);
  });

  it('takes a set in once, however many find it', async () => {
    const { history } = await makeHistory();
    const found = await Promise.all(Array.from({ length: 10 }, () => history.discover(foundSet('manual'))));
    expect(new Set(found.map(({ key }) => key)).size).toBe(1);
    expect(await history.discover(foundSet('manual', { location: hereUnnamed }))).toEqual(found[0]);
    expect(await history.eventsOf('manual', 10)).toHaveLength(1);
  });

  it('answers our own record where the set is one that we made, and leaves its parts alone', async () => {
    const { history } = await makeHistory();
    await accepted(history, newCreate(1, 'nightly'));
    const backup = await history.discover(foundSet('nightly'));
    expect(backup).toMatchObject({ origin: 'requested', parts: [{ state: 'PLANNED', uuid: undefined }, {}] });
    expect(await history.eventsOf('nightly', 10)).toHaveLength(1);
  });

  it('fills in a part that came later, without an event', async () => {
    const { history } = await makeHistory();
    const complete = foundSet('manual');
    const [first, second] = complete.parts;
    if (!first || !second) throw new Error('The example has two parts.');
    const missing = { number: 2, of: 2, snapshotName: second.snapshotName, indices: [], state: 'PLANNED' as const };
    await history.discover(foundSet('manual', { state: 'INCOMPLETE', parts: [first, missing] }));
    const replaced = foundSet('manual', { parts: [{ ...first, uuid: 'another' }, second] });
    const grown = await history.discover(replaced);
    expect(grown.parts).toMatchObject([{ uuid: 'uuid-1' }, { uuid: 'uuid-2', state: 'SUCCESS', indices: ['found-2'] }]);
    expect(await history.eventsOf('manual', 10)).toHaveLength(1);
  });

  it('takes in how a part went on under its uuid, and when the set was done', async () => {
    const { history } = await makeHistory();
    const complete = foundSet('manual');
    const [first, second] = complete.parts;
    if (!first || !second) throw new Error('The example has two parts.');
    const { endedAt: _, ...unfinished } = second;
    const running = { ...unfinished, state: 'IN_PROGRESS' as const };
    const before = await history.discover(foundSet('manual', { state: 'IN_PROGRESS', parts: [first, running] }));
    expect(before.endedAt).toBeUndefined();
    const after = await history.discover(complete);
    expect(after.parts).toMatchObject([{ state: 'SUCCESS' }, { state: 'SUCCESS', uuid: 'uuid-2' }]);
    expect(after.endedAt).toEqual(second.endedAt);
  });

  it('keeps an id from being accepted, whatever its version', async () => {
    const { history } = await makeHistory();
    await history.discover(foundSet('manual', { optimizeVersion: '8.6.0' }));
    expect(await history.accept(newCreate(1, 'manual'))).toMatchObject({
      accepted: false,
      existing: { origin: 'discovered', optimizeVersion: '8.6.0' },
    });
  });

  it('answers with the newest incarnation: the one requested last', async () => {
    const { history } = await makeHistory();
    const years = ['8.6.0 2024', '8.8.0 2026', '8.7.0 2025'].map((text) => text.split(' '));
    for (const [optimizeVersion = '', year] of years) {
      await history.discover(foundSet('manual', { optimizeVersion, requestedAt: new Date(`${year}-01-01T00:00:00Z`) }));
    }
    expect(await history.findBackup('manual', undefined)).toMatchObject({ optimizeVersion: '8.8.0' });
    expect(await history.findBackup('manual', here)).toMatchObject({ optimizeVersion: '8.8.0' });
  });

  it('answers with the requested location, before others', async () => {
    const { history } = await makeHistory();
    const elsewhere = { clusterUuid: 'cluster-b', repository: 'others', repositoryUuid: 'repository-b' };
    await history.discover(foundSet('manual', { requestedAt: new Date('2024-01-01T00:00:00Z') }));
    await history.discover(foundSet('manual', { location: elsewhere, requestedAt: new Date('2025-01-01T00:00:00Z') }));
    expect(await history.findBackup('manual', here)).toMatchObject({ location: here });
    expect(await history.findBackup('manual', hereUnnamed)).toMatchObject({ location: here });
    expect(await history.findBackup('manual', undefined)).toMatchObject({ location: elsewhere });
    const nowhere = { clusterUuid: 'c', repository: 'none', repositoryUuid: undefined };
    expect(await history.findBackup('manual', nowhere)).toMatchObject({ location: elsewhere });
    expect(await history.findBackup('unheard-of', here)).toBeUndefined();
  });
};
