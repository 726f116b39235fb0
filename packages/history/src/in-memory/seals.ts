import type { ExportedBackup } from '@tandem/shared/contract/exported-backup.ts';
import type { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import type { Seal } from '@tandem/shared/contract/seals.ts';
import { hasId, type IdSpans } from '@tandem/shared/domain/history/seal/id-spans.ts';
import { FIRST_THROUGH } from '@tandem/shared/domain/history/seal/seal.ts';
import type { BackupWithEvents, SealHistory, Unsealed } from '../ports/seals.ts';
import { exportedEvent, microseconds } from './exported-event.ts';
import { methods } from './methods.ts';
import { type BackupRow, type EventRow, stored, type Tables } from './tables.ts';

/** Every event is seen as soon as it has an id: none is waited for. */
export const unsealedRows = (tables: Tables): readonly EventRow[] => {
  const { through, waiting } = tables.seals.at(-1) ?? { through: FIRST_THROUGH, waiting: [] };
  return tables.events.filter(({ id }) => BigInt(id) > BigInt(through) || hasId(waiting, id));
};

const unsealedEvents = (tables: Tables, limit: number): Unsealed => {
  const last = tables.seals.at(-1);
  return {
    at: microseconds(tables.now()),
    last: last && stored({ number: last.number, hash: last.hash, through: last.through, waiting: last.waiting }),
    events: unsealedRows(tables).slice(0, limit).map(exportedEvent),
    isLateComplete: true,
  };
};

const addSeal = (tables: Tables, seal: Seal): boolean => {
  const last = tables.seals.at(-1);
  if (seal.number !== (last?.number ?? 0) + 1 || seal.previous !== (last?.hash ?? null)) return false;
  tables.seals.push(stored(seal));
  return true;
};

const sealsAfter = (tables: Tables, number: number, limit: number): readonly Seal[] =>
  stored(tables.seals.filter((seal) => seal.number > number).slice(0, limit));

const sealsOf = (tables: Tables, eventIds: readonly string[]): readonly Seal[] =>
  stored(tables.seals.filter(({ events }) => eventIds.some((id) => hasId(events, id))));

const eventsIn = (tables: Tables, spans: IdSpans): readonly ExportedEvent[] =>
  tables.events.filter(({ id }) => hasId(spans, id)).map(exportedEvent);

const eventsNaming = (tables: Tables, backupId: string, limit: number) => {
  const all = tables.events.filter((event) => event.backupId === backupId);
  return { events: all.slice(0, limit).map(exportedEvent), count: all.length };
};

const isAfter = (key: string, after: string | undefined): boolean => after === undefined || BigInt(key) > BigInt(after);

const eventsInOrder = (tables: Tables, after: string | undefined, limit: number): readonly ExportedEvent[] =>
  tables.events
    .filter(({ id }) => isAfter(id, after))
    .slice(0, limit)
    .map(exportedEvent);

const jsonOf = (fact: BackupRow['proof'] | BackupRow['repositoryCheck']): ExportedBackup['proof'] =>
  fact === undefined ? null : (stored<unknown>(fact) as ExportedBackup['proof']);

const withEvents =
  (tables: Tables) =>
  (row: BackupRow): BackupWithEvents => ({
    backup: {
      key: row.key,
      backupId: row.backupId,
      origin: row.origin,
      state: row.state,
      requestedAt: microseconds(row.requestedAt),
      deletedAt: row.deletedAt ? microseconds(row.deletedAt) : null,
      labels: row.labels,
      note: row.note ?? null,
      hold: row.hold ? (stored(row.hold) as ExportedBackup['hold']) : null,
      heldUntil: row.hold ? (row.hold.until ?? 'infinity') : null,
      proof: jsonOf(row.proof),
      partialProof: jsonOf(row.partialProof),
      repositoryVerified: row.repositoryCheck?.verified ?? null,
      repositoryCheck: jsonOf(row.repositoryCheck),
      parts: row.parts.map(({ number, state, uuid }) => ({ number, state, uuid: uuid ?? null })),
    },
    events: tables.events.filter(({ backupKey }) => backupKey === row.key).map(exportedEvent),
  });

const backupsWithEvents = (tables: Tables, after: string | undefined, limit: number): readonly BackupWithEvents[] =>
  tables.backups
    .filter(({ key }) => isAfter(key, after))
    .slice(0, limit)
    .map(withEvents(tables));

const incarnationsWithEvents = (tables: Tables, backupId: string): readonly BackupWithEvents[] =>
  tables.backups.filter((row) => row.backupId === backupId).map(withEvents(tables));

const keysWithoutBackup = (tables: Tables, keys: readonly string[]): readonly string[] =>
  keys.filter((key) => !tables.backups.some((row) => row.key === key));

const eventsAreQuiet = (tables: Tables) => ({ quiet: true, seal: tables.seals.length });

export const seals = (tables: Tables): SealHistory =>
  methods(tables, {
    eventsAreQuiet,
    unsealedEvents,
    addSeal,
    sealsAfter,
    sealsOf,
    eventsIn,
    eventsNaming,
    eventsInOrder,
    backupsWithEvents,
    incarnationsWithEvents,
    keysWithoutBackup,
  });
