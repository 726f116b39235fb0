import { backupBytes } from '@tandem/shared/domain/backup/backup-bytes.ts';
import { livingHold } from '@tandem/shared/domain/backup/hold.ts';
import type { BackupFilter, BackupSort } from '@tandem/shared/domain/history/backup-search.ts';
import { actorName } from '@tandem/shared/domain/history/event.ts';
import type { StoredEvent } from '../ports/events.ts';
import type { BackupPast, BackupSummary, EventFilter, SearchHistory, WithCursor } from '../ports/search.ts';
import { methods } from './methods.ts';
import { isRestore } from './restore-requests.ts';
import { asRestoreRecord } from './restores.ts';
import { asDeletion, type BackupRow, type EventRow, openOf, type Tables } from './tables.ts';

type Fits<Filter, Row> = {
  readonly [Field in keyof Filter]-?: (row: Row, value: NonNullable<Filter[Field]>) => boolean;
};

const fitsAll = <Filter extends object, Row>(table: Fits<Filter, Row>, filter: Filter, row: Row): boolean =>
  (Object.keys(table) as (keyof Filter)[]).every((field) => {
    const value = filter[field];
    return value === undefined || value === null || table[field](row, value);
  });

const durationMs = ({ requestedAt, endedAt }: BackupRow): number =>
  endedAt === undefined ? Number.NaN : endedAt.getTime() - requestedAt.getTime();

const inBytes = ({ parts }: BackupRow): number => backupBytes(parts) ?? Number.NaN;

const fitsAt = (now: Date): Fits<BackupFilter, BackupRow> => ({
  states: ({ state }, states) => states.includes(state),
  version: ({ optimizeVersion }, version) => optimizeVersion === version,
  repository: ({ location }, repository) => location.repository === repository,
  origins: ({ origin }, origins) => origins.includes(origin),
  actor: ({ requestedBy }, actor) => actorName(requestedBy) === actor,
  id: ({ backupId }, id) => backupId === id,
  idPrefix: ({ backupId }, prefix) => backupId.startsWith(prefix),
  part: ({ parts }, name) => parts.some(({ snapshotName }) => snapshotName === name),
  index: ({ parts }, name) => parts.some(({ indices }) => indices.includes(name)),
  requestedFrom: ({ requestedAt }, from) => requestedAt >= from,
  requestedTo: ({ requestedAt }, to) => requestedAt < to,
  endedFrom: ({ endedAt }, from) => endedAt !== undefined && endedAt >= from,
  endedTo: ({ endedAt }, to) => endedAt !== undefined && endedAt < to,
  minDurationMs: (row, ms) => durationMs(row) >= ms,
  maxDurationMs: (row, ms) => durationMs(row) <= ms,
  bytesFrom: (row, from) => inBytes(row) >= from,
  bytesTo: (row, to) => inBytes(row) < to,
  deleted: ({ deletedAt }, deleted) => (deletedAt !== undefined) === deleted,
  provenBefore: ({ proof }, before) => proof === undefined || new Date(proof.at) < before,
  label: ({ labels }, { key, value }) => labels[key] === value,
  held: ({ hold }, held) => (livingHold(hold, now) !== undefined) === held,
});

type Cursor = { readonly micros: bigint; readonly key: bigint };

const cursorAt = (at: Date, key: string): Cursor => ({ micros: BigInt(at.getTime()) * 1_000n, key: BigInt(key) });
const cursorText = ({ micros, key }: Cursor): string => `${micros}.${key}`;
const readCursor = (text: string): Cursor => {
  const [micros = '0', key = '0'] = text.split('.');
  return { micros: BigInt(micros), key: BigInt(key) };
};
const compare = (one: Cursor, other: Cursor): number =>
  Number(one.micros - other.micros) || Number(one.key - other.key);

type Standing<Row> = { readonly row: Row; readonly cursor: Cursor };

/** Sorted, starting after the cursor. */
const pageOf = <Row>(all: readonly Standing<Row>[], newestFirst: boolean, after: string | undefined, limit: number) => {
  const way = newestFirst ? -1 : 1;
  const from = after === undefined ? undefined : readCursor(after);
  return [...all]
    .sort((one, other) => way * compare(one.cursor, other.cursor))
    .filter(({ cursor }) => from === undefined || way * compare(cursor, from) > 0)
    .slice(0, limit);
};

export const fittingEvents = (tables: Tables, filter: EventFilter): readonly EventRow[] =>
  tables.events.filter((event) => fitsAll(eventFits, filter, event));

export const fittingBackups = (tables: Tables, filter: BackupFilter): readonly BackupRow[] => {
  const fits = fitsAt(tables.now());
  return tables.backups.filter((row) => fitsAll(fits, filter, row));
};

const standing = (tables: Tables, filter: BackupFilter, { by }: BackupSort): readonly Standing<BackupRow>[] =>
  fittingBackups(tables, filter).flatMap((row) => {
    const at = by === 'requested' ? row.requestedAt : row.endedAt;
    return at === undefined ? [] : [{ row, cursor: cursorAt(at, row.key) }];
  });

export const asSummary =
  (tables: Tables) =>
  (row: BackupRow): BackupSummary => {
    const { key, backupId, optimizeVersion, profile, origin, requestedAt, requestedBy } = row;
    const { state, stateSeenAt, endedAt, deletedAt, failure, proof } = row;
    const open = openOf(tables, row);
    return {
      ...{ key, backupId, optimizeVersion, profile, origin, requestedAt, requestedBy },
      ...{ state, stateSeenAt, endedAt, deletedAt, failure },
      location: { ...row.location },
      provenAt: proof && new Date(proof.at),
      labels: row.labels,
      note: row.note,
      hold: livingHold(row.hold, tables.now()),
      ...{ safetyOf: row.safetyOf, versionAssumed: row.versionAssumed },
      repositoryVerified: row.repositoryCheck?.verified,
      deletion: open?.kind === 'delete' ? asDeletion(open) : undefined,
      parts: row.parts.map(({ number, of, snapshotName, state: is, uuid, bytes }) => ({
        number,
        of,
        snapshotName,
        state: is,
        uuid,
        bytes,
      })),
    };
  };

const searchBackups = (
  tables: Tables,
  ...[filter, sort, after, limit]: Parameters<SearchHistory['searchBackups']>
): readonly WithCursor<BackupSummary>[] =>
  pageOf(standing(tables, filter, sort), sort.newestFirst, after, limit).map(({ row, cursor }) => ({
    ...asSummary(tables)(row),
    cursor: cursorText(cursor),
  }));

const countBackups = (tables: Tables, filter: BackupFilter, sort: BackupSort, max: number): number =>
  Math.min(max, standing(tables, filter, sort).length);

const newestFirst = (one: BackupRow, other: BackupRow): number =>
  other.requestedAt.getTime() - one.requestedAt.getTime() || Number(other.key) - Number(one.key);

const incarnationsOf = (tables: Tables, backupId: string): readonly BackupSummary[] =>
  tables.backups
    .filter((row) => row.backupId === backupId)
    .sort(newestFirst)
    .map(asSummary(tables));

const backupOfSnapshot = (tables: Tables, name: string): readonly BackupSummary[] =>
  tables.backups
    .filter(({ parts }) => parts.some(({ snapshotName }) => snapshotName === name))
    .sort(
      (one, other) =>
        Number(one.deletedAt !== undefined) - Number(other.deletedAt !== undefined) || newestFirst(one, other),
    )
    .map(asSummary(tables));

const pastOf = (tables: Tables, backupKey: string): BackupPast => {
  const operations = [...tables.operations.values()].filter(({ backup }) => backup.key === backupKey);
  const attempts = tables.attempts.flatMap((attempt) => {
    const operation = operations.find(({ id }) => id === attempt.operationId);
    return operation === undefined ? [] : [{ ...attempt, kind: operation.kind }];
  });
  return { attempts, restores: operations.filter(isRestore).reverse().map(asRestoreRecord) };
};

const eventFits: Fits<EventFilter, StoredEvent> = {
  backupId: (event, id) => event.backupId === id,
  actor: (event, actor) => actorName(event.actor) === actor,
  kinds: (event, kinds) => kinds.includes(event.kind),
  from: (event, from) => event.at >= from,
  to: (event, to) => event.at < to,
  requestId: (event, id) => event.requestId === id,
};

const earliest = (times: readonly Date[]): Date | undefined =>
  times.length === 0
    ? undefined
    : new Date(times.reduce((first, at) => Math.min(first, at.getTime()), Number.POSITIVE_INFINITY));

const historyFrom = (tables: Tables): Awaited<ReturnType<SearchHistory['historyFrom']>> => ({
  backups: earliest(tables.backups.map(({ requestedAt }) => requestedAt)),
  events: earliest(tables.events.map(({ at }) => at)),
});

const searchEvents = (
  tables: Tables,
  filter: EventFilter,
  after: string | undefined,
  limit: number,
): readonly WithCursor<StoredEvent>[] => {
  const all = tables.events
    .filter((event) => fitsAll(eventFits, filter, event))
    .map((row) => ({ row, cursor: cursorAt(row.at, row.id) }));
  return pageOf(all, true, after, limit).map(({ row, cursor }) => ({ ...row, cursor: cursorText(cursor) }));
};

export const search = (tables: Tables): SearchHistory =>
  methods(tables, { searchBackups, countBackups, incarnationsOf, backupOfSnapshot, pastOf, historyFrom, searchEvents });
