import type { DeletionSummary } from '@tandem/shared/domain/backup/backup.ts';
import type { BackupSort } from '@tandem/shared/domain/history/backup-search.ts';
import type { BackupSummary } from '../../ports/search.ts';
import { asDate, asHold, type HoldJson, OPEN_DELETION } from '../backups/backup-json.ts';
import { HOLD_JSON } from '../labels/held.ts';

/**
 * A backup as lists show it, read by `asBackupSummary`; `b` is the row's alias, `more` further names and values. As json: with jsonb, which
 * sorts names and is serialized again, a page takes twice the time.
 */
export const summaryJson = (...more: readonly string[]): string =>
  `json_build_object(${[SUMMARY, ...more].join(', ')})`;

const SUMMARY = `
  'key', b.key::text, 'backupId', b.backup_id, 'optimizeVersion', b.optimize_version, 'profile', b.profile, 'origin', b.origin,
  'location', json_build_object('clusterUuid', b.cluster_uuid, 'repository', b.repository, 'repositoryUuid', b.repository_uuid),
  'requestedAt', b.requested_at, 'requestedBy', b.requested_by, 'state', b.state, 'stateSeenAt', b.state_seen_at,
  'endedAt', b.finished_at, 'deletedAt', b.deleted_at, 'failure', b.failure, 'provenAt', b.proof -> 'at',
  'labels', coalesce(b.labels, '{}'), 'note', b.note, 'hold', ${HOLD_JSON}, 'safetyOf', b.safety_of, 'versionAssumed', b.version_assumed,
  'repositoryVerified', b.repository_check -> 'verified',
  'parts', (
    SELECT coalesce(json_agg(json_build_object('number', p.number, 'of', p.total, 'snapshotName', p.snapshot_name, 'state', p.state,
      'uuid', p.uuid, 'bytes', p.bytes) ORDER BY p.number), '[]')
    FROM part p WHERE p.backup_key = b.key
  ), 'deletion', ${OPEN_DELETION}`;

/** A cursor: a time in microseconds, and a key that distinguishes rows of the same time. Parsed by `placeOf`. */
export const placeText = (time: string, key: string): string =>
  `(round(extract(epoch FROM ${time}) * 1000000))::bigint || '.' || ${key}`;

export const sortColumn = ({ by }: BackupSort): string => (by === 'requested' ? 'b.requested_at' : 'b.finished_at');

export type Place = { readonly time: string; readonly key: string };

/** The time as PostgreSQL reads it, to the microsecond. */
export const placeOf = (place: string): Place => {
  const [micros = '0', key = '0'] = place.split('.');
  const second = new Date(Number(BigInt(micros) / 1_000_000n) * 1_000).toISOString().slice(0, -'.000Z'.length);
  // a forged cursor may have a year that JavaScript writes with a sign
  return { time: `${second.replace(/^\+0*/, '')}.${micros.slice(-6).padStart(6, '0')}Z`, key };
};

/** A row that comes after the cursor in that direction. */
export const beyond = (row: string, newestFirst: boolean, time: string, key: string): string =>
  `${row} ${newestFirst ? '<' : '>'} (${time}, ${key})`;

type Times = 'requestedAt' | 'stateSeenAt' | 'endedAt' | 'deletedAt' | 'provenAt';
type Nullable = 'deletion' | 'failure' | 'note' | 'hold' | 'safetyOf' | 'repositoryVerified' | 'location' | 'parts';

export type SummaryJson = Omit<BackupSummary, Times | Nullable> & {
  readonly requestedAt: string;
  readonly stateSeenAt: string;
  readonly endedAt: string | null;
  readonly deletedAt: string | null;
  readonly provenAt: string | null;
  readonly note: string | null;
  readonly hold: HoldJson | null;
  readonly safetyOf: string | null;
  readonly repositoryVerified: boolean | null;
  readonly deletion: DeletionSummary | null;
  readonly failure: Exclude<BackupSummary['failure'], undefined> | null;
  readonly location: Omit<BackupSummary['location'], 'repositoryUuid'> & { readonly repositoryUuid: string | null };
  readonly parts: readonly (Omit<BackupSummary['parts'][number], 'uuid' | 'bytes'> & {
    readonly uuid: string | null;
    readonly bytes: number | null;
  })[];
};

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
