import type { BackupSort } from '@tandem/shared/domain/history/backup-search.ts';
import type { BackupSummary } from '../../ports/search.ts';
import { asDate, asHold, LABELS_JSON, OPEN_DELETION } from '../backups/backup-json.ts';
import { HOLD_JSON } from '../labels/held.ts';
import { columns, plainJson, plainList, sql, text, total, type ValueOf } from '../sql/statement.ts';

const b = columns<'Backup'>('b');
const p = columns<'Part'>('p');

const PARTS_JSON = total(
  plainList(
    plainJson({
      ...{ number: p.number, of: p.total, snapshotName: p.snapshotName, state: p.state, uuid: p.uuid },
      bytes: p.bytes,
    }),
    'ORDER BY p.number',
  ),
  'FROM part p WHERE p.backup_key = b.key',
);

/** A backup `b` as lists show it, read by `asBackupSummary`. */
const SUMMARY = {
  ...{ key: text(b.key), backupId: b.backupId, optimizeVersion: b.optimizeVersion, profile: b.profile },
  origin: b.origin,
  location: plainJson({ clusterUuid: b.clusterUuid, repository: b.repository, repositoryUuid: b.repositoryUuid }),
  ...{ requestedAt: b.requestedAt, requestedBy: b.requestedBy, state: b.state, stateSeenAt: b.stateSeenAt },
  ...{ endedAt: b.finishedAt, deletedAt: b.deletedAt, failure: b.failure },
  provenAt: sql<string | null>("b.proof -> 'at'"),
  ...{ labels: LABELS_JSON, note: b.note, hold: HOLD_JSON, safetyOf: b.safetyOf, versionAssumed: b.versionAssumed },
  repositoryVerified: sql<boolean | null>("b.repository_check -> 'verified'"),
  parts: PARTS_JSON,
  deletion: OPEN_DELETION,
};

export const SUMMARY_JSON = plainJson(SUMMARY);

/** With its cursor in a list that is sorted by that column. */
export const placedSummary = (column: string) =>
  plainJson({ ...SUMMARY, cursor: sql<string>(cursorText(column, 'b.key')) });

/** A cursor: a time in microseconds, and a key that distinguishes rows of the same time. Parsed by `cursorOf`. */
export const cursorText = (time: string, key: string): string =>
  `(round(extract(epoch FROM ${time}) * 1000000))::bigint || '.' || ${key}`;

export const sortColumn = ({ by }: BackupSort): string => (by === 'requested' ? 'b.requested_at' : 'b.finished_at');

export type Cursor = { readonly time: string; readonly key: string };

/** The time as PostgreSQL reads it, to the microsecond. */
export const cursorOf = (cursor: string): Cursor => {
  const [micros = '0', key = '0'] = cursor.split('.');
  const second = new Date(Number(BigInt(micros) / 1_000_000n) * 1_000).toISOString().slice(0, -'.000Z'.length);
  // a forged cursor may have a year that JavaScript writes with a sign
  return { time: `${second.replace(/^\+0*/, '')}.${micros.slice(-6).padStart(6, '0')}Z`, key };
};

/** A row that comes after the cursor in that direction. */
export const beyond = (row: string, newestFirst: boolean, time: string, key: string): string =>
  `${row} ${newestFirst ? '<' : '>'} (${time}, ${key})`;

type SummaryJson = ValueOf<typeof SUMMARY_JSON>;

export const asBackupSummary = (json: SummaryJson): BackupSummary => ({
  ...json,
  location: { ...json.location, repositoryUuid: json.location.repositoryUuid ?? undefined },
  requestedAt: new Date(json.requestedAt),
  stateSeenAt: new Date(json.stateSeenAt),
  endedAt: asDate(json.endedAt),
  deletedAt: asDate(json.deletedAt),
  provenAt: asDate(json.provenAt),
  failure: json.failure ?? undefined,
  note: json.note ?? undefined,
  hold: asHold(json.hold),
  safetyOf: json.safetyOf ?? undefined,
  repositoryVerified: json.repositoryVerified ?? undefined,
  deletion: json.deletion ?? undefined,
  parts: json.parts.map((part) => ({ ...part, uuid: part.uuid ?? undefined, bytes: part.bytes ?? undefined })),
});
