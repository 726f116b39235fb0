import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { foundSet } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { UpgradeCheck, UpgradeCheckQuery } from '@tandem/shared/contract/compatibility.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { readInput } from '../http/read-input.ts';
import { checkUpgrade } from './upgrade-check.ts';

const SEVEN = 7_172_999;
const EIGHT = 8_537_000;
const OLD = 'optimize-alert_v4';

const history = () => inMemoryHistory({ now: () => new Date('2026-01-01T00:00:00Z') });
type History = ReturnType<typeof history>;

/** A COMPLETED set by 8 whose second part has an index of that version; undefined: not recorded. */
const record = (to: History, backupId: string, oldest: number | undefined) => {
  const set = foundSet(backupId);
  const oldestIndex = (number: number) => {
    const createdVersion = number === 2 ? oldest : EIGHT;
    return createdVersion === undefined ? {} : { oldestIndex: { index: OLD, createdVersion } };
  };
  const parts = set.parts.map((part) => ({
    ...part,
    uuid: `${backupId}-${part.number}`,
    ...oldestIndex(part.number),
  }));
  return to.discover({ ...set, parts });
};

let recorded: History;
let engine: ReturnType<typeof inMemoryEngine>;
const check = async (query: object) => {
  const deps = { history: recorded, engine, indexPrefix: 'optimize' };
  return UpgradeCheck.parse(await checkUpgrade(deps)(readInput(UpgradeCheckQuery, query, 'The query')));
};
const toNine = { engine: 'elasticsearch', version: '9' };

beforeEach(() => {
  recorded = history();
  engine = inMemoryEngine();
});

describe('a check before an upgrade', () => {
  it('finds nothing in an empty history and an empty engine', async () => {
    expect(await check(toNine)).toEqual({
      ...{ ...toNine, running: { engine: 'elasticsearch', version: '8.19.21' } },
      backups: {
        ...{ unusable: { count: 0, isMinimum: false }, undecided: { count: 0, isMinimum: false } },
        ...{ items: [], nextCursor: null },
      },
      indices: { known: true, unknownReason: null, checked: 0, unreadableCount: 0, unreadable: [] },
    });
  });

  it('names the backups that could not be restored, with the index that decides, and counts those that are not known', async () => {
    await record(recorded, 'old', SEVEN);
    await record(recorded, 'new', EIGHT);
    await record(recorded, 'unrecorded', undefined);
    const { backups } = await check(toNine);
    expect(backups).toMatchObject({
      ...{ unusable: { count: 1, isMinimum: false }, undecided: { count: 1, isMinimum: false }, nextCursor: null },
      items: [{ backupId: 'old', repository: 'backups', safetyOf: null }],
    });
    expect(backups.items[0]?.parts).toEqual([
      {
        ...{ number: 2, snapshotName: 'old-2', index: OLD, why: 'older' },
        ...{ version: 'Elasticsearch 7.17.29', versionId: SEVEN },
      },
    ]);
  });

  it.each([
    ['a downgrade', { engine: 'elasticsearch', version: '7.17' }, 'newer'],
    ['the other kind', { engine: 'opensearch', version: '3.8.0' }, 'other-kind'],
  ])('to %s finds every backup, and every index', async (_, query, why) => {
    await record(recorded, 'one', EIGHT);
    engine.createIndex(OLD);
    const { backups, indices } = await check(query);
    expect(backups.items[0]?.parts.map((part) => [part.index, part.why])).toEqual([
      [null, why],
      [null, why],
    ]);
    expect(indices).toMatchObject({ checked: 1, unreadableCount: 1 });
    expect(indices.unreadable).toEqual([{ index: OLD, createdBy: 'Elasticsearch 8.19.9', versionId: EIGHT, why }]);
  });

  it('pages through them, and refuses the cursor of another check', async () => {
    for (const id of ['a', 'b', 'c']) await record(recorded, id, SEVEN);
    const first = await check({ ...toNine, limit: '2' });
    expect(first.backups.items.map(({ backupId }) => backupId)).toEqual(['c', 'b']);
    const cursor = first.backups.nextCursor ?? '';
    const last = await check({ ...toNine, limit: '2', cursor });
    expect(last.backups.items.map(({ backupId }) => backupId)).toEqual(['a']);
    expect(last.backups).toMatchObject({ nextCursor: null, unusable: { count: 3, isMinimum: false } });
    const other = check({ engine: 'opensearch', version: '3', cursor });
    await expect(other).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('cuts the list of 10,000 indices, with their number', async () => {
    for (let nth = 0; nth < 10_000; nth += 1) engine.createIndex(`optimize-${String(nth).padStart(5, '0')}`);
    const { indices } = await check({ engine: 'opensearch', version: '2' });
    expect(indices).toMatchObject({ checked: 10_000, unreadableCount: 10_000 });
    expect(indices.unreadable).toHaveLength(100);
  });

  it('answers of the backups where the engine does not respond', async () => {
    await record(recorded, 'old', SEVEN);
    for (const method of ['info', 'createdVersions'] as const)
      engine.failNext(method, fail('ENGINE_UNREACHABLE', 'The engine is not reachable.', { call: method }));
    expect(await check(toNine)).toMatchObject({
      ...{ running: null, backups: { unusable: { count: 1 } } },
      indices: {
        ...{ known: false, unknownReason: 'The engine is not reachable.', checked: null, unreadableCount: null },
        unreadable: [],
      },
    });
  });

  it.each([
    [{ engine: 'elasticsearch', version: '10' }, 'version must be a version of a supported engine'],
    [{ engine: 'elasticsearch', version: '7.16.3' }, 'elasticsearch 7.17, elasticsearch 8, elasticsearch 9'],
    [{ engine: 'opensearch', version: '1.3.2' }, 'opensearch 2, opensearch 3'],
    [{ engine: 'opensearch', version: '' }, 'found "" for opensearch'],
    [{ engine: 'solr', version: '9' }, 'engine must be one of elasticsearch, opensearch, found "solr"'],
    [{ version: '9' }, 'engine'],
    [{ engine: 'elasticsearch' }, 'version'],
  ])('refuses %j', async (query, message) => {
    await expect(check(query)).rejects.toMatchObject({
      ...{ code: 'REQUEST_INVALID', message: expect.stringContaining(message) },
    });
  });
});
