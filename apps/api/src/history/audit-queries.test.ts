import { foundSet, newCreate } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { BackupPage, BackupSearch, EventPage, EventSearch } from '@tandem/shared/contract/audit.ts';
import { type Failure, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { readInput } from '../http/read-input.ts';
import { findSnapshot } from './find-snapshot.ts';
import { searchBackups } from './search-backups.ts';
import { searchEvents } from './search-events.ts';

let now = Date.parse('2026-03-01T00:00:00Z');
const history = inMemoryHistory({ now: () => new Date(now) });
const deps = { history, now: () => new Date(now) };

const backups = async (query: object) => searchBackups(deps, readInput(BackupSearch, query, 'The query'));
const events = async (query: object) => searchEvents(deps, readInput(EventSearch, query, 'The query'));
const ids = async (query: object) => (await backups(query)).items.map(({ backupId }) => backupId).join(' ');

const refusal = async (asked: Promise<unknown>): Promise<Failure> => {
  const error = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isFailure(error)) return error;
  throw new Error(`Not refused: ${error}`);
};

beforeAll(async () => {
  for (const nth of [1, 2, 3, 4, 5]) {
    now += 3_600_000;
    await history.accept(newCreate(nth, `b-${nth}`));
  }
  await history.discover(foundSet('found', { requestedAt: new Date('2026-01-01T10:00:00Z') }));
});

const wrong: readonly (readonly [string, object, RegExp])[] = [
  ['a day that is none', { requestedFrom: '2026-02-30T00:00:00Z' }, /^requestedFrom must be a time.*"2026-02-30T00/],
  ['no zone', { requestedTo: '2026-02-01T00:00:00' }, /^requestedTo must be a time that there is, with its zone/],
  ['a date alone', { endedFrom: '2026-02-01' }, /^endedFrom must be a time/],
  ['the year 0', { endedTo: '0000-01-01T00:00:00Z' }, /^endedTo must be a time.*from 1970 to 9999/],
  ['the last year of JavaScript', { provenBefore: '+275760-09-13T00:00:00Z' }, /^provenBefore must be a time.*275760/],
  ['a plus that was not escaped', { requestedFrom: '2026-01-01T00:00:00 02:00' }, /%2B01:00, found "2026/],
  [
    'from beyond to',
    { requestedFrom: '2026-02-01T00:00:00Z', requestedTo: '2026-01-01T00:00:00Z' },
    /^requestedFrom must not be beyond requestedTo: swap them, found 2026-02-01T00:00:00.000Z and 2026-01-01/,
  ],
  ['a duration beyond the other', { minDuration: '2m', maxDuration: '1s' }, /^minDuration must not be beyond maxDur/],
  [
    'bytes with a unit',
    { bytesFrom: '5GB' },
    /^bytesFrom must be a whole number of bytes, at most 9007199254740991, for example 1000000000, found "5GB"/,
  ],
  ['more bytes than are counted', { bytesTo: '9007199254740993' }, /^bytesTo must be .* found "9007199254740993"\.$/],
  ['bytes beyond the other', { bytesFrom: '2', bytesTo: '1' }, /^bytesFrom must not be beyond bytesTo: .* 2 and 1\.$/],
  [
    'an unknown state',
    { state: 'DONE' },
    /^state\.0 must be one of COMPLETED, .* separated by commas, found "DONE"\.$/,
  ],
  [
    'an unknown filter',
    { stat: 'FAILED' },
    /^The query must not contain "stat"; allowed: state, optimizeVersion, repository/,
  ],
  ['an unknown order', { sort: 'version' }, /^sort must be one of -requested, .*found "version"\.$/],
  ['too many', { limit: '1001' }, /^limit must be between 1 and 1000, for example 50, found 1001\.$/],
  ['a flag that is none', { deleted: 'yes' }, /^deleted must be true or false, found "yes"\.$/],
  ['twice the same', { optimizeVersion: ['1', '2'] }, /^optimizeVersion must be given once/],
];

describe('searching backups', () => {
  it.each(wrong)('refuses %s, naming field, value and remedy', async (_, query, message) => {
    const failure = await refusal(backups(query));
    expect(failure.code).toBe('REQUEST_INVALID');
    expect(failure.message).toMatch(message);
  });

  it('answers what the contract says, page by page, and counts when asked', async () => {
    const first = await backups({ limit: '2', total: 'true' });
    expect(BackupPage.parse(first)).toMatchObject({ total: 6, totalIsCapped: false });
    const second = await backups({ limit: '2', cursor: first.nextCursor });
    expect(second).not.toHaveProperty('total');
    const third = await backups({ limit: '2', cursor: second.nextCursor });
    expect(third.nextCursor).toBeNull();
    const all = [first, second, third].flatMap(({ items }) => items.map(({ backupId }) => backupId));
    expect(all).toEqual(['b-5', 'b-4', 'b-3', 'b-2', 'b-1', 'found']);
  });

  it('takes every filter by its name', async () => {
    const range = { requestedFrom: '2026-01-01T00:00:00Z', requestedTo: '2026-04-01T02:00:00+02:00' };
    expect(await ids({ ...range, origin: 'discovered' })).toBe('found');
    expect(await ids({ ...range, index: 'found-1', optimizeVersion: '8.7.0', repository: 'backups' })).toBe('found');
    expect(await ids({ ...range, minDuration: '1m', maxDuration: '5m', state: 'COMPLETED' })).toBe('found');
    expect(await ids({ ...range, bytesFrom: '0' })).toBe('');
    expect(await ids({ ...range, backupIdPrefix: 'b-', sort: 'requested' })).toBe('b-1 b-2 b-3 b-4 b-5');
    expect(await ids({ sort: 'ended' })).toBe('found');
    expect(await ids({ backupId: 'b-2', snapshotName: 'b-2-1', origin: 'requested' })).toBe('b-2');
    expect(await ids({ actor: 'sweep' })).toBe('found');
    expect(await ids({ deleted: 'true' })).toBe('');
    expect(await ids({ provenBefore: '2027-01-01T00:00:00Z', limit: '1' })).toBe('b-5');
  });

  it.each([
    [
      'version',
      { optimizeVersion: '8.7.0' },
      '2025-12-01T05:00:00.000Z',
      '2026-03-01T05:00:00.000Z',
      'b-5 b-4 b-3 b-2 b-1 found',
    ],
    [
      'a begin alone',
      { index: 'found-1', requestedFrom: '2026-01-02T00:00:00Z' },
      '2026-01-02T00:00:00.000Z',
      '2026-03-01T05:00:00.000Z',
      '',
    ],
    [
      'an end alone',
      { bytesFrom: '0', requestedTo: '2026-01-01T00:00:00Z' },
      '2025-10-03T00:00:00.000Z',
      '2026-01-01T00:00:00.000Z',
      '',
    ],
    [
      'the end of a backup',
      { optimizeVersion: '8.7.0', sort: 'ended' },
      '2025-12-01T05:00:00.000Z',
      '2026-03-01T05:00:00.000Z',
      'found',
    ],
  ])('searches 90 days for what needs a range: %s', async (_, query, from, to, found) => {
    const page = BackupPage.parse(await backups(query));
    expect(page.items.map(({ backupId }) => backupId).join(' ')).toBe(found);
    expect(page).toMatchObject({ range: { from, to, defaulted: true }, historyFrom: '2026-01-01T10:00:00.000Z' });
  });

  it('pages through a default range while time goes on, and finds nothing before it', async () => {
    const first = await backups({ optimizeVersion: '8.7.0', limit: '4' });
    const later = { history, now: () => new Date('2026-03-25T00:00:00Z') };
    const { nextCursor: cursor } = first;
    const query = readInput(BackupSearch, { optimizeVersion: '8.7.0', limit: '4', cursor }, 'The query');
    expect((await searchBackups(later, query)).items.map(({ backupId }) => backupId)).toEqual(['b-1', 'found']);
    later.now = () => new Date('2026-04-25T00:00:00Z');
    expect((await searchBackups(later, query)).items.map(({ backupId }) => backupId)).toEqual(['b-1']);
  });

  it('shows no range where none was put in', async () => {
    for (const query of [{}, { backupId: 'b-1', optimizeVersion: '8.7.0' }]) {
      const page = await backups(query);
      expect(page).not.toHaveProperty('range');
      expect(page).not.toHaveProperty('historyFrom');
    }
  });

  it('takes a cursor for the list that it is of, and for no other', async () => {
    const { nextCursor } = await backups({ state: 'IN_PROGRESS', limit: '1' });
    expect(await ids({ state: 'IN_PROGRESS', limit: '1', cursor: nextCursor })).toBe('b-4');
    for (const other of [{}, { state: 'FAILED' }, { state: 'IN_PROGRESS', sort: 'requested' }]) {
      expect((await refusal(backups({ ...other, cursor: nextCursor }))).code).toBe('CURSOR_INVALID');
    }
    expect((await refusal(backups({ cursor: 'nonsense' }))).code).toBe('CURSOR_INVALID');
  });
});

describe('searching events', () => {
  it('answers them newest first, page by page', async () => {
    const first = await events({ limit: '4' });
    EventPage.parse(first);
    const second = await events({ limit: '4', cursor: first.nextCursor });
    const found = [...first.items, ...second.items].map(({ backupId }) => backupId);
    expect([...found].sort()).toEqual(['b-1', 'b-2', 'b-3', 'b-4', 'b-5', 'found']);
    expect(second.nextCursor).toBeNull();
    expect((await refusal(events({ backupId: 'b-1', cursor: first.nextCursor }))).code).toBe('CURSOR_INVALID');
  });

  it('searches 90 days for what needs a range or a backup, and gets neither', async () => {
    const range = { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' };
    expect((await events({ ...range, kind: 'backup.requested', actor: '127.0.0.1' })).items).toHaveLength(5);
    expect((await events({ backupId: 'b-1', requestId: 'request-1' })).items).toHaveLength(1);
    const page = EventPage.parse(await events({ requestId: 'request-1', from: range.from }));
    expect(page.items).toHaveLength(5);
    expect(page).toMatchObject({
      range: { from: '2026-03-01T00:00:00.000Z', to: new Date(now).toISOString(), defaulted: true },
      historyFrom: '2026-03-01T01:00:00.000Z',
    });
    expect(await events(range)).not.toHaveProperty('range');
    expect((await refusal(events({ from: range.to, to: range.from }))).message).toMatch(/^from must not be beyond to/);
  });
});

it('finds the backup of a snapshot', async () => {
  expect(await findSnapshot(deps, 'b-3-2')).toMatchObject({ part: 2, backup: { backupId: 'b-3' }, others: [] });
  expect((await refusal(findSnapshot(deps, 'nobody'))).code).toBe('BACKUP_NOT_FOUND');
});

it('says of an empty history that it has no beginning', async () => {
  const empty = { history: inMemoryHistory({ now: deps.now }), now: deps.now };
  const query = readInput(BackupSearch, { optimizeVersion: '3.9.0' }, 'The query');
  expect(await searchBackups(empty, query)).toMatchObject({ items: [], historyFrom: null });
});
