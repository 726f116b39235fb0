import { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import { BACKUP_COLUMNS, EVENT_COLUMNS, ExportedBackupLine } from '@tandem/shared/contract/exports.ts';
import { CSV_LINE_END, FORMULA_STARTS, readCell } from '@tandem/shared/domain/history/csv-cell.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import type { DiscoveredSet } from '../ports/backups.ts';
import { EXPORT_ROWS, type Exported, type ExportFormat } from '../ports/exports.ts';
import type { History } from '../ports/history.ts';
import { command, completed, failed, foundSet, keyOf, newCreate, requested } from './examples.ts';
import type { HistoryUnderTest, MakeHistory } from './history-under-test.ts';

const never = new AbortController().signal;

/** All pages, as a file has them. */
const exported = async ({ exports }: HistoryUnderTest, command: Exported, format: ExportFormat): Promise<string[]> => {
  const span = await exports.exportSpan(command, never);
  const texts: string[] = [];
  for (let after: string | undefined = span.after; after !== undefined; ) {
    const page = await exports.exportPage(command, format, { ...span, after }, never);
    if (page.text !== '') texts.push(page.text);
    after = page.next;
  }
  return texts;
};

const linesOf = async (under: HistoryUnderTest, command: Exported): Promise<Record<string, unknown>[]> =>
  (await exported(under, command, 'ndjson')).flatMap((text) => text.split('\n').map((line) => JSON.parse(line)));

const rowsOf = async (
  under: HistoryUnderTest,
  command: Exported,
  columns: readonly string[],
): Promise<Record<string, string>[]> => {
  const text = (await exported(under, command, 'csv')).join(CSV_LINE_END);
  return parse(text, { columns: [...columns], record_delimiter: CSV_LINE_END });
};

const events = (filter: Extract<Exported, { of: 'events' }>['filter'] = {}): Exported => ({ of: 'events', filter });
const backups = (filter: Extract<Exported, { of: 'backups' }>['filter'] = {}): Exported => ({ of: 'backups', filter });

/** What spreadsheets and parsers stumble over. */
const NASTY = [
  ...[...FORMULA_STARTS].flatMap((start) => [`${start}1+1`, start, `  ${start}cmd`]),
  ...['=HYPERLINK("http://evil","x")', 'a,b;c', 'say "so"', 'two\r\nlines', '\n', '', ' ', '\\', '\u{1f600}\u2028'],
];

const saying = (text: string): NewEvent & { backupId: string } => ({
  ...requested,
  ...{ actor: { kind: 'system', name: text }, reason: text, requestId: text, backupId: text },
  after: { text, deep: [text] },
});

const found = (nth: number, given: Partial<DiscoveredSet> = {}): DiscoveredSet =>
  foundSet(`found-${nth}`, { requestedAt: new Date(Date.UTC(2026, 0, nth)), ...given });

const nameOf = (actor: Readonly<Record<string, unknown>>): unknown => actor.name ?? actor.address;

const someOfEach = async (history: History): Promise<void> => {
  for (const nth of [1, 2, 3]) await history.discover(found(nth));
  await completed(history, newCreate(1, 'good'), { verified: true });
  await failed(history, newCreate(2, 'bad'));
  const noted = { labels: { env: '=1+1' }, note: '@SUM(1)', hold: { reason: 'audit', until: undefined } };
  await history.annotate(await keyOf(history, 'good'), command, noted);
};

export const exporting = (makeHistory: MakeHistory): void => {
  it('tells every event with all its columns, in the order of their ids', async () => {
    const under = await makeHistory();
    await someOfEach(under.history);
    const lines = await linesOf(under, events());
    const searched = await under.history.searchEvents({}, undefined, 100);
    expect(lines.map(({ id }) => id)).toEqual(searched.map(({ id }) => id).sort((a, b) => Number(a) - Number(b)));
    for (const line of lines) {
      const event = ExportedEvent.parse(line);
      const same = searched.find(({ id }) => id === event.id);
      expect(new Date(event.at)).toEqual(same?.at);
      expect(event).toMatchObject({ kind: same?.kind, actor: same?.actor, backupId: same?.backupId ?? null });
      expect(event.after ?? undefined).toEqual(same?.after);
    }
    expect(Object.keys(lines[0] ?? {})).toEqual(Object.keys(ExportedEvent.shape));
  });

  it('tells every backup as a search does, in the order of their keys', async () => {
    const under = await makeHistory();
    await someOfEach(under.history);
    const lines = (await linesOf(under, backups())).map((line) => ExportedBackupLine.parse(line));
    const searched = await under.history.searchBackups({}, { by: 'requested', newestFirst: true }, undefined, 100);
    expect(lines.map(({ key }) => key)).toEqual(searched.map(({ key }) => key).sort((a, b) => Number(a) - Number(b)));
    expect(lines.map(({ backupId }) => backupId)).toEqual(['found-1', 'found-2', 'found-3', 'good', 'bad']);
    for (const line of lines) {
      const same = searched.find(({ key }) => key === line.key);
      expect(new Date(line.requestedAt)).toEqual(same?.requestedAt);
      expect(line.finishedAt && new Date(line.finishedAt)).toEqual(same?.endedAt);
      expect(line).toMatchObject({
        state: same?.state,
        requestedBy: same?.requestedBy,
        failure: same?.failure ?? null,
        repositoryVerified: line.backupId === 'good' ? true : null,
      });
      expect(same?.repositoryVerified ?? null).toBe(line.repositoryVerified);
      expect(line.parts.map(({ snapshotName }) => snapshotName)).toEqual(same?.parts.map((part) => part.snapshotName));
    }
  });

  it('is read back from CSV as it was, whatever the texts hold, and no cell begins like a formula', async () => {
    const under = await makeHistory();
    await under.history.appendEvents(NASTY.map(saying));
    const rows = await rowsOf(under, events(), EVENT_COLUMNS);
    expect(rows).toHaveLength(NASTY.length);
    rows.forEach((row, nth) => {
      const text = NASTY[nth] ?? '';
      expect(Object.values(row).filter((cell) => /^ *[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(cell))).toEqual([]);
      for (const column of ['backupId', 'actor', 'reason', 'requestId']) {
        expect(readCell(row[column] ?? ''), column).toBe(text);
      }
      expect(JSON.parse(readCell(row.after ?? ''))).toEqual({ text, deep: [text] });
      expect(row).toMatchObject({ id: String(nth + 1), kind: 'backup.requested', actorKind: 'system', before: '' });
    });
    const lines = await linesOf(under, events());
    expect(lines.map(({ reason }) => reason)).toEqual(NASTY);
    const values = [-1, 0, '-1', '=1', [-1], false];
    await under.history.appendEvents(values.map((after) => ({ ...saying('x'), after })));
    const cells = (await rowsOf(under, events({ backupId: 'x' }), EVENT_COLUMNS)).map(({ after = '' }) => after);
    expect(cells.map((cell) => JSON.parse(readCell(cell)))).toEqual(values);
    expect(cells[0]).toBe("'-1");
  });

  it('tells the same of a backup as CSV', async () => {
    const under = await makeHistory();
    await someOfEach(under.history);
    const lines = await linesOf(under, backups());
    const rows = await rowsOf(under, backups(), BACKUP_COLUMNS);
    rows.forEach((row, nth) => {
      const line = ExportedBackupLine.parse(lines[nth]);
      const { requestedByKind, requestedBy, failure, labels, hold, parts, durationMs, bytes, ...texts } = row;
      expect([requestedByKind, requestedBy]).toEqual([line.requestedBy.kind, nameOf(line.requestedBy)]);
      expect(failure === '' ? null : JSON.parse(failure ?? '')).toEqual(line.failure);
      expect([labels, hold].map((text) => (text === '' ? null : JSON.parse(text ?? '')))).toEqual([
        line.labels,
        line.hold,
      ]);
      expect(JSON.parse(parts ?? '')).toEqual(line.parts);
      expect([durationMs, bytes]).toEqual([line.durationMs, line.bytes].map((value) => String(value ?? '')));
      for (const [column, text] of Object.entries(texts)) {
        expect(readCell(text), column).toBe(String(line[column as 'key'] ?? ''));
      }
    });
    expect(rows).toHaveLength(5);
  });

  it('holds what fits, and nothing that was written after it began', async () => {
    const under = await makeHistory();
    await someOfEach(under.history);
    const span = await under.exports.exportSpan(events(), never);
    await under.history.discover(found(9));
    const { text } = await under.exports.exportPage(events(), 'ndjson', span, never);
    expect(text).not.toContain('found-9');
    const [from, to] = [new Date(Date.UTC(2026, 0, 2)), new Date(Date.UTC(2026, 0, 4))];
    const cases: readonly (readonly [Exported, string])[] = [
      [backups({ requestedFrom: from, requestedTo: to }), 'found-2 found-3'],
      [backups({ requestedFrom: from, requestedTo: to, states: [] }), ''],
      [backups({ requestedTo: from }), 'found-1'],
      [backups({ endedTo: new Date(Date.UTC(2026, 0, 2)) }), 'found-1 found-2 found-3 found-9'],
      [backups({ states: ['FAILED', 'FAILED'] }), 'bad'],
      [backups({ id: 'good' }), 'good'],
      [backups({ part: 'found-3-1' }), 'found-3'],
      [backups({ actor: '127.0.0.1' }), 'good bad'],
      [backups({ index: 'nobody' }), ''],
      [events({ backupId: 'found-9' }), 'found-9'],
      [events({ kinds: ['backup.discovered'] }), 'found-1 found-2 found-3 found-9'],
      [events({ kinds: ['backup.discovered'], from: new Date(0), to: new Date(0) }), ''],
      [events({ kinds: ['backup.requested'], from: new Date(0), to: new Date('9999-01-01T00:00:00Z') }), 'good bad'],
    ];
    for (const [command, ids] of cases) {
      const lines = await linesOf(under, command);
      expect(lines.map(({ backupId }) => backupId).join(' '), JSON.stringify(command)).toBe(ids);
    }
  });

  it('goes on page by page, and tells each row once', async () => {
    const under = await makeHistory();
    const many = EXPORT_ROWS + 7;
    await under.history.appendEvents(
      Array.from({ length: many }, (_, nth) => ({ ...requested, backupId: 'same', reason: `reason ${nth}` })),
    );
    for (const command of [events(), events({ backupId: 'same' }), events({ kinds: ['backup.requested'] })]) {
      const texts = await exported(under, command, 'ndjson');
      expect(texts).toHaveLength(2);
      const reasons = texts.flatMap((text) => text.split('\n').map((line) => JSON.parse(line).reason));
      expect(reasons).toEqual(Array.from({ length: many }, (_, nth) => `reason ${nth}`));
    }
  });

  it('rejects with what its signal was aborted with', async () => {
    const { exports } = await makeHistory();
    const gone = AbortSignal.abort(new Error('the client has gone'));
    await expect(exports.exportSpan(events(), gone)).rejects.toThrow('the client has gone');
    const page = exports.exportPage(events(), 'csv', { after: '0', upTo: '9' }, gone);
    await expect(page).rejects.toThrow('the client has gone');
  });
};
