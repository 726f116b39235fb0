import { expect, it } from 'vitest';
import type { DiscoveredSet } from '../ports/backups.ts';
import type { History } from '../ports/history.ts';
import type { UnrecordedPart, VersionFilter } from '../ports/versions.ts';
import { accepted, claimed, command, deleted, deletion, foundSet, keyOf, newCreate, operationId } from './examples.ts';
import type { MakeHistory } from './history-under-test.ts';

const SEVEN = 7_172_999;
const EIGHT = 8_537_000;
const NINE = 9_111_000;

type Versions = { readonly versionId?: number; readonly oldest?: number };

/** A set whose parts are of these versions; `state` of the backup. */
const setOf = (backupId: string, versions: readonly Versions[], state: DiscoveredSet['state'] = 'COMPLETED') => {
  const set = foundSet(backupId, { state });
  return {
    ...set,
    parts: set.parts.map((part, at) => {
      const { versionId = EIGHT, oldest } = versions[at] ?? {};
      const oldestIndex = oldest === undefined ? {} : { oldestIndex: { index: 'a', createdVersion: oldest } };
      return { ...part, uuid: `${backupId}-${at}`, versionId, ...oldestIndex };
    }),
  };
};

/** Completed ones of 7 (both parts), of 8 with an index of 7, of 8, of 8 with unknown indices, of 9; a failed and a deleted one of 7. */
const someVersions = async (history: History): Promise<void> => {
  await history.discover(
    setOf(
      'seven',
      [7, 7].map(() => ({ versionId: SEVEN, oldest: SEVEN })),
    ),
  );
  await history.discover(setOf('old-index', [{ oldest: EIGHT }, { oldest: SEVEN }]));
  await history.discover(setOf('eight', [{ oldest: EIGHT }, { oldest: EIGHT }]));
  await history.discover(setOf('unrecorded', [{ oldest: EIGHT }, {}]));
  await history.discover(
    setOf(
      'nine',
      [NINE, NINE].map((id) => ({ versionId: id, oldest: id })),
    ),
  );
  await history.discover(setOf('failed', [{ versionId: SEVEN, oldest: SEVEN }], 'FAILED'));
  await history.discover(setOf('gone', [{ versionId: SEVEN, oldest: SEVEN }]));
  await history.requestDeletion(await keyOf(history, 'gone'), command, deletion(90));
  await deleted(history, operationId(90));
};

const of = (
  snapshots: readonly number[],
  oldestIndices: readonly number[],
  unrecorded?: readonly number[],
): VersionFilter => ({
  ...{ snapshots, oldestIndices },
  ...(unrecorded === undefined ? {} : { unrecorded }),
});

export const versioning = (makeHistory: MakeHistory): void => {
  it('tells every version of snapshots and of their oldest indices once', async () => {
    const { history } = await makeHistory();
    expect(await history.recordedVersions()).toEqual({ snapshots: [], oldestIndices: [] });
    await someVersions(history);
    const all = [SEVEN, EIGHT, NINE];
    expect(await history.recordedVersions()).toEqual({ snapshots: all, oldestIndices: all });
  });

  it.each<[string, VersionFilter, readonly string[]]>([
    ['snapshots of 7', of([SEVEN], []), ['seven']],
    ['indices of 7', of([], [SEVEN]), ['old-index', 'seven']],
    ['both, each backup once', of([SEVEN, NINE], [SEVEN, NINE]), ['nine', 'old-index', 'seven']],
    ['indices that are not known in snapshots of 8', of([], [], [EIGHT]), ['unrecorded']],
    ['indices that are not known in snapshots of 7', of([], [], [SEVEN]), []],
    ['nothing', of([], []), []],
    ['a version that there is none of', of([1], [1]), []],
  ])('finds the completed backups of %s, the last one first', async (_, filter, ids) => {
    const { history } = await makeHistory();
    await someVersions(history);
    const found = await history.backupsOfVersions(filter, undefined, 10);
    expect(found.map(({ backupId }) => backupId)).toEqual(ids);
    expect(await history.countBackupsOfVersions(filter, 10)).toBe(ids.length);
    expect(await history.countBackupsOfVersions(filter, 1)).toBe(Math.min(1, ids.length));
  });

  it('pages without a gap, and tells what decides of each part', async () => {
    const { history } = await makeHistory();
    await someVersions(history);
    const filter = of([SEVEN, EIGHT, NINE], []);
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await history.backupsOfVersions(filter, after, 2);
      seen.push(...page.map(({ backupId }) => backupId));
      after = page.at(-1)?.key;
      if (page.length < 2) break;
    }
    expect(seen).toEqual(['nine', 'unrecorded', 'eight', 'old-index', 'seven']);
    const [old] = await history.backupsOfVersions(of([], [SEVEN]), undefined, 1);
    expect(old).toMatchObject({ backupId: 'old-index', optimizeVersion: '8.7.0', safetyOf: undefined });
    expect(old?.parts).toEqual(
      [EIGHT, SEVEN].map((createdVersion, at) => ({
        ...{ number: at + 1, snapshotName: `old-index-${at + 1}`, state: 'SUCCESS', engineVersion: '8.19.0' },
        ...{ versionId: EIGHT, oldestIndex: { index: 'a', createdVersion } },
      })),
    );
  });

  it('keeps the oldest index where a later change of the part says nothing of it', async () => {
    const { history } = await makeHistory();
    const set = setOf('eight', [{ oldest: SEVEN }, { oldest: EIGHT }]);
    await history.discover(set);
    await history.discover({ ...set, parts: set.parts.map(({ oldestIndex: _, ...part }) => part) });
    const { backups } = await history.livingBackups(undefined, 10);
    const oldest = backups[0]?.parts.map(({ oldestIndex }) => oldestIndex?.createdVersion);
    expect(oldest).toEqual([SEVEN, EIGHT]);
  });

  it('pages the parts whose oldest index was not recorded, with the manifests that they have', async () => {
    const { history } = await makeHistory();
    await history.discover(setOf('eight', [{ oldest: EIGHT }, { oldest: EIGHT }]));
    await history.discover(setOf('unrecorded', [{ oldest: EIGHT }, {}]));
    await withManifests(history, 'own');
    const seen: UnrecordedPart[] = [];
    for (let after: UnrecordedPart | undefined; ; after = seen.at(-1)) {
      const page = await history.unrecordedParts(after, 1);
      if (page.length === 0) break;
      seen.push(...page);
    }
    const [foreign, own] = [await keyOf(history, 'unrecorded'), await keyOf(history, 'own')];
    expect(seen).toEqual([
      { backupKey: foreign, number: 2, versionId: EIGHT, manifest: undefined },
      { backupKey: own, number: 1, versionId: EIGHT, manifest: MANIFESTS[0] },
      { backupKey: own, number: 2, versionId: EIGHT, manifest: MANIFESTS[1] },
    ]);
    expect(await history.unrecordedParts(undefined, 10)).toEqual(seen);
  });

  it('records the oldest index of a part once, and only for the manifest that it was found in', async () => {
    const { history } = await makeHistory();
    await withManifests(history, 'own');
    const backupKey = await keyOf(history, 'own');
    const found = (number: number, createdVersion: number, manifest = MANIFESTS[number - 1] ?? '') => ({
      ...{ backupKey, number, manifest },
      oldestIndex: { index: 'optimize-a', createdVersion },
    });
    expect(await history.recordOldestIndex(found(1, SEVEN))).toBe(true);
    expect(await history.recordOldestIndex(found(2, SEVEN, 'c'.repeat(64)))).toBe(false);
    expect(await history.recordOldestIndex(found(1, NINE))).toBe(false);
    expect((await history.unrecordedParts(undefined, 10)).map(({ number }) => number)).toEqual([2]);
    expect((await history.recordedVersions()).oldestIndices).toEqual([SEVEN]);
    expect((await history.findBackup('own', undefined))?.parts[0]?.oldestIndex).toEqual(found(1, SEVEN).oldestIndex);
  });
};

const MANIFESTS = ['a', 'b'].map((digit) => digit.repeat(64));

/** A set of our own as an earlier version recorded it: with manifests, and without oldest indices. */
const withManifests = async (history: History, backupId: string): Promise<void> => {
  const id = await accepted(history, newCreate(1, backupId));
  const { revision } = await claimed(history, id);
  const parts = MANIFESTS.map((before, at) => ({
    ...{ number: at + 1, state: 'SUCCESS' as const, uuid: `${backupId}-${at}`, versionId: EIGHT },
    manifest: { before, after: undefined },
  }));
  expect(
    await history.record(id, revision, { parts, outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' } }),
  ).toMatchObject({ written: true });
};
