import { expect, it } from 'vitest';
import { accepted, completed, here, hereUnnamed, newCreate, operationId, requested } from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';

export const accepting = (makeHistory: MakeHistory): void => {
  it('keeps all that a worker needs', async () => {
    const { history } = await makeHistory();
    await accepted(history, newCreate(1, 'nightly'));
    const backup = await history.findBackup('nightly', here);
    expect(backup).toMatchObject({
      key: expect.stringMatching(/^\d+$/),
      backupId: 'nightly',
      optimizeVersion: '8.7.0',
      profile: 'optimize',
      indexPrefix: 'optimize',
      origin: 'requested',
      location: here,
      state: 'IN_PROGRESS',
      requestedAt: expect.any(Date),
      stateSeenAt: expect.any(Date),
      create: { operationId: operationId(1), state: 'QUEUED', revision: 1 },
    });
    expect(backup).toMatchObject({ endedAt: undefined, deletedAt: undefined, failure: undefined });
    expect(backup).toMatchObject({ proof: undefined, failedRehearsal: undefined });
    const untouched = { state: 'PLANNED', starts: 0, uuid: undefined, engineVersion: undefined, versionId: undefined };
    const times = {
      ...{ startedAt: undefined, endedAt: undefined, shards: undefined },
      ...{ bytes: undefined, failures: [], manifest: undefined, oldestIndex: undefined, drift: undefined },
    };
    expect(backup?.parts).toEqual([
      { number: 1, of: 2, snapshotName: 'nightly-1', indices: ['optimize-import'], ...untouched, ...times },
      {
        ...{ number: 2, of: 2, snapshotName: 'nightly-2', indices: ['optimize-process-a', 'optimize-process-b'] },
        ...untouched,
        ...times,
      },
    ]);
  });

  it('writes the first events', async () => {
    const { history } = await makeHistory();
    await accepted(history, newCreate(1, 'nightly', { events: [requested, { ...requested, kind: 'plan.changed' }] }));
    const events = await history.eventsOf('nightly', 10);
    expect(events.map(({ kind }) => kind)).toEqual(['backup.requested', 'plan.changed']);
    expect(events[0]).toMatchObject({ ...requested, backupId: 'nightly', reason: undefined, before: undefined });
  });

  it('accepts one of twenty at once', async () => {
    const { history } = await makeHistory();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => history.accept(newCreate(at, 'race'))));
    expect(answers.filter((answer) => answer.accepted)).toHaveLength(1);
    const refused = answers.flatMap((answer) => ('existing' in answer ? [answer.existing] : []));
    expect(new Set(refused.map(({ key }) => key)).size).toBe(1);
    expect(await history.eventsOf('race', 100)).toHaveLength(1);
  });

  it('refuses an id with the record that has it, and writes nothing', async () => {
    const { history } = await makeHistory();
    await accepted(history, newCreate(1, 'nightly'));
    const answer = await history.accept(newCreate(2, 'nightly', { optimizeVersion: '8.8.0' }));
    expect(answer).toMatchObject({ accepted: false, existing: { optimizeVersion: '8.7.0', create: { revision: 1 } } });
    expect(await history.eventsOf('nightly', 10)).toHaveLength(1);
    expect(await history.overdue(-1_000, 10)).toHaveLength(1);
  });

  const locations = [
    [
      'the same repository by uuid, under another name and cluster',
      here,
      { ...here, clusterUuid: 'b', repository: 'x' },
      false,
    ],
    ['a repository whose uuid only the record knows', here, hereUnnamed, false],
    ['a repository whose uuid only the request knows', hereUnnamed, here, false],
    ['the same name in the same cluster, both without uuid', hereUnnamed, hereUnnamed, false],
    ['the same name, re-registered with another uuid', here, { ...here, repositoryUuid: 'repository-b' }, true],
    ['another name in the same cluster, uuid unknown', here, { ...hereUnnamed, repository: 'others' }, true],
    ['the same name in another cluster, uuid unknown', here, { ...hereUnnamed, clusterUuid: 'cluster-b' }, true],
  ] as const;
  it.each(locations)('an id that is taken in %s -> accepted: %#', async (_, taken, command, free) => {
    const { history } = await makeHistory();
    await accepted(history, newCreate(1, 'nightly', { location: taken }));
    expect(await history.accept(newCreate(2, 'nightly', { location: command }))).toMatchObject({ accepted: free });
  });

  it('keeps a used id used after its end', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    expect(await history.accept(newCreate(2, 'nightly'))).toMatchObject({
      accepted: false,
      existing: { state: 'COMPLETED', create: { state: 'SUCCEEDED' } },
    });
  });

  it('keeps odd characters as they are', async () => {
    const { history } = await makeHistory();
    const odd = `o'dd "quoted" $1 \\u0041 \\ ; -- 漢字 🐘 \u202e \n`;
    await accepted(history, newCreate(1, odd, { requestId: odd, events: [{ ...requested, after: { [odd]: odd } }] }));
    expect(await history.findBackup(odd, undefined)).toMatchObject({ backupId: odd });
    expect(await history.eventsOf(odd, 1)).toMatchObject([{ backupId: odd, after: { [odd]: odd } }]);
  });
};
