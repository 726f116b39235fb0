import type { ExportedBackupLine } from '@tandem/shared/contract/exports.ts';
import { backupBytes } from '@tandem/shared/domain/backup/backup-bytes.ts';
import type { Hold } from '@tandem/shared/domain/backup/hold.ts';
import { CSV_LINE_END, csvCell } from '@tandem/shared/domain/history/csv-cell.ts';
import { actorName } from '@tandem/shared/domain/history/event.ts';
import {
  EXPORT_ROWS,
  type Exported,
  type ExportFormat,
  type ExportHistory,
  type ExportPage,
  type ExportSpan,
} from '../ports/exports.ts';
import { exportedEvent, microseconds } from './exported-event.ts';
import { asSummary, fittingBackups, fittingEvents } from './search.ts';
import type { BackupRow, EventRow, Tables } from './tables.ts';

type Line = { readonly id: string; readonly json: () => unknown; readonly cells: () => readonly string[] };

const linesOf = (tables: Tables, { of, filter }: Exported): readonly Line[] =>
  of === 'events'
    ? fittingEvents(tables, filter).map(eventLine)
    : fittingBackups(tables, filter).map(backupLine(tables));

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

const eventLine = (row: EventRow): Line => ({
  id: row.id,
  json: () => exportedEvent(row),
  cells: () => {
    const { id, at, backupKey, backupId, operationId, kind, source, reason, requestId, before, after } =
      exportedEvent(row);
    const texts = [backupId, operationId, kind, row.actor.kind, actorName(row.actor), source, reason, requestId];
    return [id, at, backupKey ?? '', ...[...texts, json(before), json(after)].map(csvCell)];
  },
});

const orNull = <Value>(value: Value | undefined): Value | null => value ?? null;
const timeOf = (time: Date | undefined): string | null => (time === undefined ? null : microseconds(time));

const holdOf = ({ reason, until, actor, at, requestId }: Hold): ExportedBackupLine['hold'] => ({
  ...{ reason, until, by: actor, at },
  requestId: orNull(requestId),
});

const lineOf = (tables: Tables, row: BackupRow): ExportedBackupLine => {
  const { key, backupId, state, origin, optimizeVersion, profile, location, requestedBy, parts, ...rest } =
    asSummary(tables)(row);
  const { endedAt, requestedAt } = rest;
  return {
    ...{ key, backupId, state, stateSeenAt: microseconds(rest.stateSeenAt), origin, optimizeVersion, profile },
    ...{ clusterUuid: location.clusterUuid, repository: location.repository },
    repositoryUuid: orNull(location.repositoryUuid),
    ...{ requestedAt: microseconds(requestedAt), requestedBy, finishedAt: timeOf(endedAt) },
    durationMs: endedAt === undefined ? null : endedAt.getTime() - requestedAt.getTime(),
    bytes: orNull(backupBytes(parts)),
    ...{ deletedAt: timeOf(rest.deletedAt), failure: orNull(rest.failure) },
    lastProvenAt: orNull(row.proof?.at),
    ...{
      labels: { ...rest.labels },
      note: orNull(rest.note),
      hold: rest.hold === undefined ? null : holdOf(rest.hold),
    },
    parts: parts.map((part) => ({ ...part, uuid: orNull(part.uuid), bytes: orNull(part.bytes) })),
    ...{ safetyOf: orNull(rest.safetyOf), versionAssumed: rest.versionAssumed },
    repositoryVerified: orNull(rest.repositoryVerified),
  };
};

const backupLine =
  (tables: Tables) =>
  (row: BackupRow): Line => ({
    id: row.key,
    json: () => lineOf(tables, row),
    cells: () =>
      Object.entries(lineOf(tables, row)).flatMap(([name, value]) =>
        name === 'requestedBy' ? [row.requestedBy.kind, actorName(row.requestedBy)].map(csvCell) : [cellOf(value)],
      ),
  });

/** A number begins like no formula of anybody's. */
const cellOf = (value: unknown): string =>
  typeof value === 'number'
    ? String(value)
    : csvCell(typeof value === 'string' || value === null ? value : JSON.stringify(value));

const exportSpan = (tables: Tables, { of }: Exported): ExportSpan => ({
  after: '0',
  upTo: String(of === 'events' ? tables.events.length : tables.backups.length),
});

const exportPage = (
  tables: Tables,
  exported: Exported,
  format: ExportFormat,
  { after, upTo }: ExportSpan,
): ExportPage => {
  const within = linesOf(tables, exported).filter(({ id }) => BigInt(id) > BigInt(after) && BigInt(id) <= BigInt(upTo));
  const lines = within.slice(0, EXPORT_ROWS);
  const text = lines
    .map((line) => (format === 'csv' ? line.cells().join(',') : JSON.stringify(line.json())))
    .join(format === 'csv' ? CSV_LINE_END : '\n');
  return { text, next: within.length > lines.length ? lines.at(-1)?.id : undefined };
};

export const exports = (tables: Tables): Pick<ExportHistory, 'exportSpan' | 'exportPage'> => ({
  exportSpan: async (exported, signal) => {
    signal.throwIfAborted();
    return exportSpan(tables, exported);
  },
  exportPage: async (exported, format, span, signal) => {
    signal.throwIfAborted();
    return exportPage(tables, exported, format, span);
  },
});
