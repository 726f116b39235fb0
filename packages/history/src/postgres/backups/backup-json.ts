import type {
  BackupRecord,
  FailedRehearsal,
  Location,
  PartDrift,
  PartRecord,
  Proof,
  RepositoryCheck,
} from '@tandem/shared/domain/backup/backup.ts';
import type { Hold } from '@tandem/shared/domain/backup/hold.ts';
import { HOLD_JSON } from '../labels/held.ts';
import { isSuspended } from '../ledger/transition-sql.ts';
import { asLastError, LAST_ERROR_JSON, type LastErrorJson } from '../operations/last-error.ts';

/** The location of a row `b`. */
export const LOCATION_JSON = `jsonb_build_object('clusterUuid', b.cluster_uuid, 'repository', b.repository, 'repositoryUuid', b.repository_uuid,
    'settingsDigest', b.settings_digest)`;

export const asLocation = ({ repositoryUuid, settingsDigest, ...location }: Json<Location>): Location => ({
  ...location,
  repositoryUuid: repositoryUuid ?? undefined,
  settingsDigest: settingsDigest ?? undefined,
});

/** The last create of a row `b`. */
export const CREATE_JSON = `(
    SELECT jsonb_build_object('operationId', c.id, 'state', c.state, 'revision', c.revision)
    FROM operation c WHERE c.backup_key = b.key AND c.kind = 'create' ORDER BY c.position DESC LIMIT 1
  )`;

/** Deletions `d`, read as DeletionSummary. */
const DELETION = `jsonb_build_object('operationId', d.id, 'state', d.state, 'onlyUnfinished', coalesce((d.detail -> 'onlyUnfinished')::boolean, false))`;

/** The open deletion of a row `b`, which may be an earlier one that was retried; else the last one. */
const LAST_DELETION = `(
    SELECT ${DELETION} FROM operation d WHERE d.backup_key = b.key AND d.kind = 'delete' ORDER BY d.ended_at IS NULL DESC, d.position DESC LIMIT 1
  )`;
export const OPEN_DELETION = `(
    SELECT ${DELETION} FROM operation d WHERE d.backup_key = b.key AND d.kind = 'delete' AND d.ended_at IS NULL
  )`;

/** The drift of a row `p`, read by `asDrift`. */
export const DRIFT_JSON = `CASE WHEN p.drift IS NOT NULL THEN jsonb_build_object(
        'is', p.drift, 'uuid', p.drift_uuid, 'noticedAt', p.drift_noticed_at) END`;

/** A backup with its parts and its create operation as one JSON value, read by `asBackupRecord`. `b` is the row's alias. */
export const BACKUP_JSON = `jsonb_build_object(
  'key', b.key::text, 'backupId', b.backup_id, 'optimizeVersion', b.optimize_version, 'profile', b.profile, 'indexPrefix', b.index_prefix, 'origin', b.origin,
  'location', ${LOCATION_JSON},
  'requestedAt', b.requested_at, 'state', b.state, 'stateSeenAt', b.state_seen_at, 'endedAt', b.finished_at,
  'deletedAt', b.deleted_at, 'failure', b.failure, 'proof', b.proof,
  'partialProof', b.partial_proof, 'failedRehearsal', b.doubt,
  'labels', coalesce(b.labels, '{}'), 'note', b.note, 'hold', ${HOLD_JSON}, 'safetyOf', b.safety_of, 'versionAssumed', b.version_assumed, 'ownership', b.ownership,
  'repositoryCheck', b.repository_check,
  'parts', (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'number', p.number, 'of', p.total, 'snapshotName', p.snapshot_name, 'indices', l.names, 'state', p.state, 'starts', p.starts,
      'uuid', p.uuid, 'engineVersion', p.engine_version, 'versionId', p.version_id, 'startedAt', p.started_at, 'endedAt', p.ended_at,
      'shards', CASE WHEN p.shards_total IS NOT NULL THEN jsonb_build_object(
        'total', p.shards_total, 'successful', p.shards_successful, 'failed', p.shards_failed) END,
      'bytes', p.bytes, 'failures', p.failures,
      'manifest', CASE WHEN p.manifest_before IS NOT NULL THEN jsonb_build_object(
        'before', encode(p.manifest_before, 'hex'), 'after', encode(p.manifest_after, 'hex')) END,
      'drift', ${DRIFT_JSON}
    ) ORDER BY p.number), '[]')
    FROM part p JOIN index_list l ON l.digest = p.index_list_digest
    WHERE p.backup_key = b.key
  ),
  'create', ${CREATE_JSON},
  'deletion', ${LAST_DELETION},
  'lastError', (
    SELECT ${LAST_ERROR_JSON} FROM operation o WHERE o.backup_key = b.key AND o.ended_at IS NULL AND o.kind IN ('create', 'delete')
  ),
  'suspended', (
    SELECT jsonb_build_object('operationId', s.id, 'kind', s.kind)
    FROM operation s WHERE s.backup_key = b.key AND ${isSuspended('s')}
  )
)`;

/** Where the parameters are the location's cluster uuid, repository and repository uuid: the row is in the same location. */
export const samePlace = (cluster: string, repository: string, uuid: string): string => `CASE
  WHEN b.repository_uuid IS NOT NULL AND ${uuid} IS NOT NULL THEN b.repository_uuid = ${uuid}
  ELSE b.cluster_uuid = ${cluster} AND b.repository = ${repository} END`;

/** JSON has null where our records have undefined, and text where they have dates. */
export type Json<T> = T extends Date
  ? string
  : T extends object
    ? { [K in keyof T]: Json<T[K]> }
    : T extends undefined
      ? null
      : T;
export type BackupJson = Json<
  Omit<
    BackupRecord,
    'hold' | 'ownership' | 'proof' | 'partialProof' | 'failedRehearsal' | 'repositoryCheck' | 'lastError'
  >
> & {
  readonly hold: HoldJson | null;
  readonly ownership: BackupRecord['ownership'] | null;
  /** Stored as they were recorded. */
  readonly proof: Proof | null;
  readonly partialProof: Proof | null;
  readonly failedRehearsal: FailedRehearsal | null;
  readonly repositoryCheck: RepositoryCheck | null;
  readonly lastError: LastErrorJson | null;
};

/** `until` is null in both: until it is released. */
export type HoldJson = Omit<Hold, 'requestId'> & { readonly requestId?: string };

export const asHold = (json: HoldJson | null): Hold | undefined =>
  json === null ? undefined : { ...json, requestId: json.requestId };

export const asDate = (text: string | null): Date | undefined => (text === null ? undefined : new Date(text));
const orUndefined = <T>(value: T | null): T | undefined => value ?? undefined;

export const asDrift = (json: Json<PartDrift> | null): PartDrift | undefined =>
  json === null ? undefined : { is: json.is, uuid: orUndefined(json.uuid), noticedAt: new Date(json.noticedAt) };

const asPartRecord = (part: Json<PartRecord>): PartRecord => ({
  ...part,
  uuid: orUndefined(part.uuid),
  engineVersion: orUndefined(part.engineVersion),
  versionId: orUndefined(part.versionId),
  startedAt: asDate(part.startedAt),
  endedAt: asDate(part.endedAt),
  shards: orUndefined(part.shards),
  bytes: orUndefined(part.bytes),
  manifest: part.manifest ? { ...part.manifest, after: orUndefined(part.manifest.after) } : undefined,
  drift: asDrift(part.drift),
});

export const asBackupRecord = (json: BackupJson): BackupRecord => ({
  ...json,
  location: asLocation(json.location),
  requestedAt: new Date(json.requestedAt),
  stateSeenAt: new Date(json.stateSeenAt),
  endedAt: asDate(json.endedAt),
  deletedAt: asDate(json.deletedAt),
  failure: orUndefined(json.failure),
  proof: orUndefined(json.proof),
  partialProof: orUndefined(json.partialProof),
  failedRehearsal: orUndefined(json.failedRehearsal),
  note: orUndefined(json.note),
  hold: asHold(json.hold),
  safetyOf: orUndefined(json.safetyOf),
  ownership: orUndefined(json.ownership),
  repositoryCheck: orUndefined(json.repositoryCheck),
  parts: json.parts.map(asPartRecord),
  create: orUndefined(json.create),
  suspended: orUndefined(json.suspended),
  deletion: orUndefined(json.deletion),
  lastError: asLastError(json.lastError),
});
