import type { BackupRecord, Location, PartDrift, PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { Hold, Labels } from '@tandem/shared/domain/backup/hold.ts';
import { HOLD_JSON, type HoldJson } from '../labels/held.ts';
import { isSuspended } from '../ledger/transition-sql.ts';
import { asLastError, LAST_ERROR_JSON } from '../operations/last-error.ts';
import type { Json } from '../sql/json-value.ts';
import { columns, given, isTrue, json, list, lookup, sql, text, total, type ValueOf, when } from '../sql/statement.ts';

export const LABELS_JSON = sql<Labels>("coalesce(b.labels, '{}')");

const b = columns<'Backup'>('b');
const p = columns<'Part'>('p');
const c = columns<'Operation'>('c');
const d = columns<'Operation'>('d');
const suspended = columns<'Operation'>('s');

/** The location of a row `b`. */
export const LOCATION_JSON = json({
  ...{ clusterUuid: b.clusterUuid, repository: b.repository, repositoryUuid: b.repositoryUuid },
  settingsDigest: b.settingsDigest,
});

export const asLocation = ({ repositoryUuid, settingsDigest, ...location }: Json<Location>): Location => ({
  ...location,
  repositoryUuid: repositoryUuid ?? undefined,
  settingsDigest: settingsDigest ?? undefined,
});

/** The last create of a row `b`. */
export const CREATE_JSON = lookup(
  json({ operationId: c.id, state: c.state, revision: c.revision }),
  "FROM operation c WHERE c.backup_key = b.key AND c.kind = 'create' ORDER BY c.position DESC LIMIT 1",
);

/** Deletions `d`, read as DeletionSummary. */
const DELETION = json({
  operationId: d.id,
  state: d.state,
  onlyUnfinished: isTrue("coalesce((d.detail -> 'onlyUnfinished')::boolean, false)"),
  keepsBackup: isTrue("coalesce((d.detail -> 'keepBackup')::boolean, false)"),
});

/** The open deletion of a row `b`, which may be an earlier one that was retried; else the last one. */
const LAST_DELETION = lookup(
  DELETION,
  `FROM operation d WHERE d.backup_key = b.key AND d.kind = 'delete' ORDER BY d.ended_at IS NULL DESC, d.position DESC LIMIT 1`,
);
export const OPEN_DELETION = lookup(
  DELETION,
  "FROM operation d WHERE d.backup_key = b.key AND d.kind = 'delete' AND d.ended_at IS NULL",
);

/** The drift of a row `p`, read by `asDrift`. */
export const DRIFT_JSON = when(
  'p.drift IS NOT NULL',
  json({ is: given(p.drift), uuid: p.driftUuid, noticedAt: given(p.driftNoticedAt) }),
);

export const SHARDS_JSON = json({
  total: given(p.shardsTotal),
  successful: given(p.shardsSuccessful),
  failed: given(p.shardsFailed),
});

const MANIFEST_JSON = json({
  before: sql<string>("encode(p.manifest_before, 'hex')"),
  after: sql<string | null>("encode(p.manifest_after, 'hex')"),
});

/** The oldest index of a row `p`. */
export const OLDEST_INDEX_JSON = when(
  'p.oldest_created IS NOT NULL',
  json({ index: given(p.oldestIndex), createdVersion: given(p.oldestCreated) }),
);

const PART_JSON = json({
  ...{ number: p.number, of: p.total, snapshotName: p.snapshotName, indices: columns<'IndexList'>('l').names },
  ...{ state: p.state, starts: p.starts, uuid: p.uuid, engineVersion: p.engineVersion, versionId: p.versionId },
  ...{ startedAt: p.startedAt, endedAt: p.endedAt, shards: when('p.shards_total IS NOT NULL', SHARDS_JSON) },
  ...{ bytes: p.bytes, failures: p.failures, manifest: when('p.manifest_before IS NOT NULL', MANIFEST_JSON) },
  ...{ oldestIndex: OLDEST_INDEX_JSON, drift: DRIFT_JSON },
});

/** A backup with its parts and its create operation as one JSON value, read by `asBackupRecord`. `b` is the row's alias. */
export const BACKUP_JSON = json({
  ...{ key: text(b.key), backupId: b.backupId, optimizeVersion: b.optimizeVersion, profile: b.profile },
  ...{ indexPrefix: b.indexPrefix, origin: b.origin, location: LOCATION_JSON, requestedAt: b.requestedAt },
  ...{ state: b.state, stateSeenAt: b.stateSeenAt, endedAt: b.finishedAt, deletedAt: b.deletedAt },
  ...{ failure: b.failure, proof: b.proof, partialProof: b.partialProof, failedRehearsal: b.doubt },
  ...{ labels: LABELS_JSON, note: b.note, hold: HOLD_JSON, safetyOf: b.safetyOf, versionAssumed: b.versionAssumed },
  ...{ ownership: b.ownership, repositoryCheck: b.repositoryCheck },
  parts: total(
    list(PART_JSON, 'p.number'),
    'FROM part p JOIN index_list l ON l.digest = p.index_list_digest WHERE p.backup_key = b.key',
  ),
  create: CREATE_JSON,
  deletion: LAST_DELETION,
  lastError: lookup(
    LAST_ERROR_JSON,
    "FROM operation o WHERE o.backup_key = b.key AND o.ended_at IS NULL AND o.kind IN ('create', 'delete')",
  ),
  suspended: lookup(
    json({ operationId: suspended.id, kind: suspended.kind }),
    `FROM operation s WHERE s.backup_key = b.key AND ${isSuspended('s')}`,
  ),
});

export type BackupJson = ValueOf<typeof BACKUP_JSON>;
type PartJson = BackupJson['parts'][number];

/** Where the parameters are the location's cluster uuid, repository and repository uuid: the row is in the same location. */
export const sameLocation = (cluster: string, repository: string, uuid: string): string => `CASE
  WHEN b.repository_uuid IS NOT NULL AND ${uuid} IS NOT NULL THEN b.repository_uuid = ${uuid}
  ELSE b.cluster_uuid = ${cluster} AND b.repository = ${repository} END`;

export const asHold = (json: HoldJson | null): Hold | undefined =>
  json === null ? undefined : { ...json, requestId: json.requestId };

export const asDate = (time: Date | string | null): Date | undefined => (time === null ? undefined : new Date(time));

/** What was read as JSON or by Prisma's client, which gives dates. */
export type WithTimes<Read, Times extends keyof Read> = Omit<Read, Times> & {
  readonly [Time in Times]: Read[Time] | Date;
};
const orUndefined = <T>(value: T | null): T | undefined => value ?? undefined;

export const asDrift = (json: Json<PartDrift> | null): PartDrift | undefined =>
  json === null ? undefined : { is: json.is, uuid: orUndefined(json.uuid), noticedAt: new Date(json.noticedAt) };

const asPartRecord = (part: PartJson): PartRecord => ({
  ...part,
  uuid: orUndefined(part.uuid),
  engineVersion: orUndefined(part.engineVersion),
  versionId: orUndefined(part.versionId),
  startedAt: asDate(part.startedAt),
  endedAt: asDate(part.endedAt),
  shards: orUndefined(part.shards),
  bytes: orUndefined(part.bytes),
  manifest: part.manifest ? { ...part.manifest, after: orUndefined(part.manifest.after) } : undefined,
  oldestIndex: orUndefined(part.oldestIndex),
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
