import type { BackupState, PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { LateEnd } from '@tandem/shared/domain/backup/state/late-ends.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import { type DriftChange, isNoticed } from '@tandem/shared/domain/reconciliation/drift.ts';
import type { Noted } from '../ports/backups.ts';
import { addEvents } from './add-events.ts';
import { withChanges } from './parts.ts';
import { type BackupRow, openOf, type Tables } from './tables.ts';

const NOTHING: Noted = { state: false, parts: [], ended: [] };

/** An open operation makes or deletes its snapshots. A suspended deletion touches none, and may wait for years. */
export const isBusy = (tables: Tables, backup: BackupRow): boolean => {
  const { kind, state } = openOf(tables, backup) ?? {};
  return kind === 'create' || (kind === 'delete' && state !== 'SUSPENDED');
};

export const noteState = (
  tables: Tables,
  key: string,
  state: BackupState,
  event: NewEvent,
  drift: readonly DriftChange[] = [],
  late: readonly LateEnd[] = [],
): Noted => {
  const backup = tables.backups.find((row) => row.key === key);
  if (backup === undefined || backup.deletedAt !== undefined || isBusy(tables, backup)) return NOTHING;
  if (drift.some((change) => backup.parts.some((part) => isAnother(part, change)))) return NOTHING;
  const noticed = drift.filter((change) => backup.parts.some((part) => isNews(part, change)));
  const isAbandoned = [...tables.operations.values()].some(
    (operation) => operation.backup === backup && operation.kind === 'create' && 'abandoned' in operation.detail,
  );
  const isDrifting = (number: number): boolean => drift.some((change) => change.number === number);
  const ended = late.filter(
    ({ part: { number, uuid } }) =>
      isAbandoned && !isDrifting(number) && backup.parts.some((part) => part.number === number && isOpenAs(part, uuid)),
  );
  backup.parts = backup.parts.map((part) => withEnd(withDrift(tables, part, noticed), ended));
  const changed = backup.state !== state;
  addEvents(tables, [...[...noticed, ...ended].map((one) => one.event), ...(changed ? [event] : [])], backup);
  backup.state = state;
  backup.stateSeenAt = tables.now();
  return { state: changed, parts: noticed.map(({ number }) => number), ended: ended.map(({ part }) => part.number) };
};

const isOpenAs = ({ state, uuid: recorded }: PartRecord, uuid: string): boolean =>
  (state === 'PLANNED' || state === 'STARTING' || state === 'IN_PROGRESS') &&
  (recorded === undefined || recorded === uuid);

const withEnd = (part: PartRecord, ended: readonly LateEnd[]): PartRecord => {
  const end = ended.find((late) => late.part.number === part.number);
  return end === undefined ? part : withChanges(part, end.part);
};

const isAnother = (part: PartRecord, { number, uuid }: DriftChange): boolean =>
  part.number === number && part.uuid !== uuid;

const isNews = (part: PartRecord, { number, found }: DriftChange): boolean =>
  part.number === number && !isNoticed(part.drift, found);

const withDrift = (tables: Tables, part: PartRecord, noticed: readonly DriftChange[]): PartRecord => {
  const change = noticed.find(({ number }) => number === part.number);
  if (change === undefined) return part;
  const { found } = change;
  return { ...part, drift: found && { is: found.is, uuid: found.uuid, noticedAt: tables.now() } };
};
