import type { BackupFilter, BackupSort } from '@tandem/shared/domain/history/backup-search.ts';
import { expect, it } from 'vitest';
import type { DiscoveredSet } from '../../ports/backups.ts';
import type { History } from '../../ports/history.ts';
import type { Annotation } from '../../ports/labels.ts';
import type { EventFilter } from '../../ports/search.ts';
import {
  accepted,
  claimed,
  command,
  completed,
  deleted,
  deletion,
  failed,
  foundSet,
  here,
  keyOf,
  newCreate,
  operationId,
  someone,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';
import { newRestore, restored } from '../restores/examples.ts';
import { expectOnceInOrder, walk } from './walking.ts';

const NEWEST: BackupSort = { by: 'requested', newestFirst: true };
const ENDS: BackupSort = { by: 'ended', newestFirst: true };

const day = (nth: number): Date => new Date(Date.UTC(2026, 0, nth));

/** Requested on the nth day of January, and finished nth hours later. */
const found = (nth: number, backupId: string, given: Partial<DiscoveredSet> = {}): DiscoveredSet => {
  const set = foundSet(backupId, { requestedAt: day(nth), ...given });
  const endedAt = new Date(day(nth).getTime() + nth * 3_600_000);
  return { ...set, parts: set.parts.map((part) => ({ ...part, endedAt, bytes: nth * 1_000 })) };
};

const there = { ...here, repository: 'archive', repositoryUuid: 'repository-b' };
const manual = { kind: 'system', name: 'a "person" with \\ and \u{1f600}' } as const;

/** a–d were found on days 1 to 4; e was requested and COMPLETED, f and g FAILED, g is IN_PROGRESS, and h was deleted; all of those now. */
const someOfEach = async (history: History): Promise<void> => {
  await history.discover(found(1, 'a'));
  await history.discover(found(2, 'b', { state: 'INCOMPLETE', optimizeVersion: '8.6.0' }));
  await history.discover(found(3, 'c', { location: there }));
  await history.discover(found(4, 'c-2', { event: { ...foundSet('x').event, actor: manual } }));
  await completed(history, newCreate(5, 'e', { origin: 'scheduled' }));
  await failed(history, newCreate(6, 'f'));
  await completed(history, newCreate(7, 'h'));
  await history.requestDeletion(await keyOf(history, 'h'), command, deletion(8));
  await deleted(history, operationId(8));
  await accepted(history, newCreate(9, 'g', { actor: { kind: 'anonymous', address: '10.0.0.9' } }));
  const annotate = async (id: string, annotation: Annotation) =>
    history.annotate(await keyOf(history, id), command, annotation);
  await annotate('b', { labels: { env: 'test', ticket: 'T-1' }, note: 'a note' });
  await annotate('e', { labels: { env: 'test' }, hold: { reason: 'audit', until: undefined } });
  await annotate('a', { hold: { reason: 'law', until: new Date('2100-01-01T00:00:00Z') } });
};

const idsOf = async (history: History, filter: BackupFilter, sort = NEWEST): Promise<string> =>
  (await history.searchBackups(filter, sort, undefined, 100)).map(({ backupId }) => backupId).join(' ');

const later = { requestedFrom: new Date('2026-02-01T00:00:00Z') };
const january = { requestedTo: later.requestedFrom };

const filters: readonly (readonly [BackupFilter, string])[] = [
  [{}, 'g h f e c-2 c b a'],
  [{ states: ['FAILED'] }, 'f'],
  [{ states: ['FAILED', 'IN_PROGRESS', 'FAILED'] }, 'g f'],
  [{ states: [] }, ''],
  [{ version: '8.6.0' }, 'b'],
  [{ repository: 'archive' }, 'c'],
  [{ origins: ['scheduled', 'requested'] }, 'g h f e'],
  [{ actor: 'sweep' }, 'c b a'],
  [{ actor: manual.name }, 'c-2'],
  [{ actor: '10.0.0.9' }, 'g'],
  [{ actor: '127.0.0.1', states: ['FAILED'] }, 'f'],
  [{ id: 'c' }, 'c'],
  [{ id: 'C' }, ''],
  [{ id: '%' }, ''],
  [{ id: 'h', deleted: false }, ''],
  [{ id: 'a', states: ['FAILED'] }, ''],
  [{ idPrefix: 'c' }, 'c-2 c'],
  [{ idPrefix: 'c-' }, 'c-2'],
  [{ idPrefix: '_' }, ''],
  [{ part: 'c-2-1' }, 'c-2'],
  [{ part: 'e-2', origins: ['discovered'] }, ''],
  [{ index: 'optimize-import' }, 'g h f e'],
  [{ index: 'found-2', repository: 'archive' }, 'c'],
  [{ index: 'found-3' }, ''],
  [{ ...january, requestedFrom: day(2) }, 'c-2 c b'],
  [{ requestedFrom: day(2), requestedTo: day(3) }, 'b'],
  [{ requestedFrom: day(2), requestedTo: day(2) }, ''],
  [{ endedFrom: new Date(day(2).getTime() + 7_200_000), endedTo: day(4) }, 'c b'],
  [{ ...january, minDurationMs: 7_200_000, maxDurationMs: 10_800_000 }, 'c b'],
  [{ ...later, minDurationMs: 0 }, 'h f e'],
  [{ ...later, minDurationMs: 3_600_000 }, ''],
  [{ ...january, bytesFrom: 4_000, bytesTo: 8_000 }, 'c b'],
  [{ ...january, bytesFrom: 8_001 }, ''],
  [{ ...later, bytesFrom: 0 }, ''],
  [{ deleted: true }, 'h'],
  [{ deleted: false }, 'g f e c-2 c b a'],
  [{ deleted: false, actor: 'sweep' }, 'c b a'],
  [{ label: { key: 'env', value: 'test' } }, 'e b'],
  [{ label: { key: 'ticket', value: 'T-1' } }, 'b'],
  [{ label: { key: 'env', value: 'T-1' } }, ''],
  [{ held: true }, 'e a'],
  [{ held: true, actor: 'sweep' }, 'a'],
  [{ held: true, label: { key: 'env', value: 'test' } }, 'e'],
  [{ held: false }, 'g h f c-2 c b'],
  [{ deleted: false, provenBefore: new Date('2026-03-01T00:00:00Z') }, 'g f e c-2 c b a'],
];

export const auditing = (makeHistory: MakeHistory): void => {
  it('finds the backups that fit, newest first, and counts them', async () => {
    const { history } = await makeHistory();
    await someOfEach(history);
    for (const [filter, ids] of filters) {
      expect(await idsOf(history, filter), JSON.stringify(filter)).toBe(ids);
      const many = ids === '' ? 0 : ids.split(' ').length;
      expect(await history.countBackups(filter, NEWEST, 100), JSON.stringify(filter)).toBe(many);
      expect(await history.countBackups(filter, NEWEST, 2)).toBe(Math.min(2, many));
    }
  });

  it('lists by request and by end, both ways, and by end those that ended', async () => {
    const { history } = await makeHistory();
    await someOfEach(history);
    for (const [filter, ids] of filters) {
      const oldestFirst = ids.split(' ').reverse().join(' ');
      expect(await idsOf(history, filter, { ...NEWEST, newestFirst: false }), JSON.stringify(filter)).toBe(oldestFirst);
      const ended = ids.split(' ').filter((id) => id !== 'g');
      expect(await idsOf(history, filter, ENDS), JSON.stringify(filter)).toBe(ended.join(' '));
      expect(await history.countBackups(filter, ENDS, 100)).toBe(ended.filter(Boolean).length);
      expect(await idsOf(history, filter, { ...ENDS, newestFirst: false })).toBe(ended.reverse().join(' '));
    }
  });

  it('finds those that were never proven, or not since', async () => {
    const { history } = await makeHistory();
    // after the request, as every proof is
    const [proven, never] = ['2126-03-01T12:00:00.000Z', 'never'];
    await completed(history, newCreate(1, 'proven'));
    await completed(history, newCreate(2, never));
    await history.requestRestore(newRestore(3, await keyOf(history, 'proven'), { kind: 'rehearse' }));
    const { revision } = await claimed(history, operationId(3));
    const figures = { milliseconds: 1, whole: true, indices: 1, documents: 1, bytes: 1, compared: [] };
    const proof = { operationId: operationId(3), at: proven, ...figures };
    const outcome = { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' } as const;
    await history.record(operationId(3), revision, { evidence: { proof }, outcome });
    const unproven = (before: string) => idsOf(history, { deleted: false, provenBefore: new Date(before) });
    expect(await unproven('2126-03-01T12:00:00.000Z')).toBe('never');
    expect(await unproven('2126-03-01T12:00:00.001Z')).toBe('never proven');
    const [row] = await history.searchBackups({ id: 'proven' }, NEWEST, undefined, 1);
    expect(row?.provenAt).toEqual(new Date(proven));
  });

  it('goes on after a cursor, in either direction', async () => {
    const { history } = await makeHistory();
    await someOfEach(history);
    for (const [filter, ids] of filters) {
      const forth = await walk(history, filter, NEWEST, 2);
      expect(forth.map(({ backupId }) => backupId).join(' '), JSON.stringify(filter)).toBe(ids);
      const back = await walk(history, filter, { ...NEWEST, newestFirst: false }, 3, forth.at(-1)?.cursor);
      expect(back.map(({ backupId }) => backupId)).toEqual(ids.split(' ').reverse().slice(1));
    }
  });

  it('tells each of one and the same time once', async () => {
    const { history } = await makeHistory();
    const ids = Array.from({ length: 7 }, (_, nth) => `same-${nth}`);
    for (const id of ids) await history.discover(found(1, id));
    for (const sort of [NEWEST, ENDS]) {
      expect((await walk(history, {}, sort, 2)).map(({ backupId }) => backupId)).toEqual([...ids].reverse());
    }
  });

  it('tells each once, in order, while others come', async () => {
    const { history } = await makeHistory();
    await expectOnceInOrder(history, found);
  });

  it('tells what a list shows of a backup', async () => {
    const { history } = await makeHistory();
    await failed(history, newCreate(1, 'nightly'), 'terminal');
    const record = await history.findBackup('nightly', here);
    const [row] = await history.searchBackups({}, NEWEST, undefined, 1);
    expect(row).toEqual({
      ...{ key: record?.key, backupId: 'nightly', optimizeVersion: '8.7.0', profile: 'optimize', origin: 'requested' },
      ...{ location: here, requestedAt: record?.requestedAt, requestedBy: someone, state: 'FAILED' },
      ...{
        stateSeenAt: record?.stateSeenAt,
        endedAt: record?.endedAt,
        deletedAt: undefined,
        ...{ provenAt: undefined, labels: {}, note: undefined, hold: undefined },
        ...{ safetyOf: undefined, versionAssumed: false, repositoryVerified: undefined },
      },
      failure: record?.failure,
      parts: [1, 2].map((number) => ({
        ...{ number, of: 2, snapshotName: `nightly-${number}`, state: 'PLANNED', uuid: undefined, bytes: undefined },
      })),
      cursor: expect.stringMatching(/^\d+\.\d+$/),
    });
    const { cursor: _, ...summary } = row ?? {};
    expect(await history.incarnationsOf('nightly')).toEqual([summary]);
    expect(await history.backupOfSnapshot('nightly-2')).toEqual([summary]);
  });

  it('knows every incarnation of an id, and of a snapshot those that live first', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    await history.requestDeletion(await keyOf(history, 'nightly'), command, deletion(2));
    await deleted(history, operationId(2));
    await accepted(history, newCreate(3, 'nightly'));
    await history.discover(found(1, 'nightly', { optimizeVersion: '8.6.0' }));
    const versions = (await history.incarnationsOf('nightly')).map((row) => [row.optimizeVersion, row.state]);
    expect(versions).toEqual([
      ['8.7.0', 'IN_PROGRESS'],
      ['8.7.0', 'INCOMPLETE'],
      ['8.6.0', 'COMPLETED'],
    ]);
    const ofSnapshot = (await history.backupOfSnapshot('nightly-1')).map((row) => [row.state, row.deletedAt]);
    expect(ofSnapshot).toEqual([
      ['IN_PROGRESS', undefined],
      ['COMPLETED', undefined],
      ['INCOMPLETE', expect.any(Date)],
    ]);
    expect(await history.incarnationsOf('nobody')).toEqual([]);
    expect(await history.backupOfSnapshot("'; --")).toEqual([]);
  });

  it('tells the attempts, restores and rehearsals of one incarnation', async () => {
    const { history } = await makeHistory();
    await failed(history, newCreate(1, 'other'), 'terminal');
    await completed(history, newCreate(2, 'nightly'));
    const key = await keyOf(history, 'nightly');
    await history.requestRestore(newRestore(3, key));
    await restored(history, operationId(3));
    await history.requestRestore(newRestore(4, key, { kind: 'rehearse' }));
    const past = await history.pastOf(key);
    expect(past.attempts).toEqual([]);
    expect(past.restores).toEqual(await history.listRestores({}, undefined, 10));
    expect(past.restores.map(({ kind }) => kind)).toEqual(['rehearse', 'restore']);
    const failedOne = await history.pastOf(await keyOf(history, 'other'));
    const [attempt] = await history.attemptsOf(operationId(1));
    expect(failedOne).toEqual({
      attempts: [{ ...attempt, operationId: operationId(1), kind: 'create' }],
      restores: [],
    });
    expect(await history.pastOf('999')).toEqual({ attempts: [], restores: [] });
  });

  it('finds the events that fit, newest first', async () => {
    const { history } = await makeHistory();
    await someOfEach(history);
    await history.appendEvents([{ kind: 'backup.refused', actor: manual, source: 'api', backupId: undefined }]);
    const every = await history.searchEvents({}, undefined, 100);
    expect(every.map(({ id }) => Number(id))).toEqual(every.map((_, at) => every.length - at));
    const cases: readonly (readonly [EventFilter, (event: (typeof every)[number]) => boolean])[] = [
      [{ backupId: 'h' }, ({ backupId }) => backupId === 'h'],
      [{ actor: manual.name }, ({ actor }) => 'name' in actor && actor.name === manual.name],
      [{ actor: 'nobody' }, () => false],
      [{ kinds: ['backup.discovered', 'backup.refused'] }, ({ kind }) => /discovered|refused/.test(kind)],
      [{ kinds: [] }, () => false],
      [{ requestId: 'request-9' }, ({ requestId }) => requestId === 'request-9'],
      [{ from: new Date('2026-01-01T00:00:00Z'), to: new Date('9999-01-01T00:00:00Z') }, () => true],
      [{ to: new Date('2026-01-01T00:00:00Z') }, () => false],
      [{ backupId: 'h', requestId: 'request-9' }, (event) => event.backupId === 'h' && event.requestId === 'request-9'],
    ];
    for (const [filter, fits] of cases) {
      expect(await history.searchEvents(filter, undefined, 100), JSON.stringify(filter)).toEqual(every.filter(fits));
    }
  });

  it('goes on with events after a cursor', async () => {
    const { history } = await makeHistory();
    await someOfEach(history);
    const every = await history.searchEvents({}, undefined, 100);
    const [first] = await history.searchEvents({}, undefined, 1);
    await history.appendEvents([{ kind: 'backup.refused', actor: manual, source: 'api', backupId: 'z' }]);
    expect(await history.searchEvents({}, first?.cursor, 3)).toEqual(every.slice(1, 4));
    expect(await history.searchEvents({}, every.at(-1)?.cursor, 3)).toEqual([]);
  });
};
