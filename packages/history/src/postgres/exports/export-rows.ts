import { FORMULA_STARTS } from '@tandem/shared/domain/history/csv-cell.ts';
import { microseconds } from '../events/exported-event-json.ts';
import { HOLD_JSON } from '../labels/held.ts';
import { BYTES } from '../search/backup-clauses.ts';

/** How a row is written: as names and SQL expressions for JSON, and as cells in the order of the columns. */
export type ExportedRow = { readonly json: Readonly<Record<string, string>>; readonly cells: readonly string[] };

const STARTS = [...FORMULA_STARTS].map((start) => start.codePointAt(0)).join(',');

/** `csvCell` of packages/shared. */
const cell = (text: string): string =>
  `'"' || CASE WHEN ascii(ltrim(${text})) = ANY ('{${STARTS}}') THEN '''' ELSE '' END || replace(${text}, '"', '""') || '"'`;

/** Of JSON, which is converted to text once: of its values only a negative number begins like a formula. */
const jsonCell = (json: string, guard = ''): string => `'"' || ${guard}replace((${json})::text, '"', '""') || '"'`;

const anyJsonCell = (json: string): string =>
  jsonCell(json, `CASE WHEN jsonb_typeof(${json}) = 'number' AND ${json}::text LIKE '-%' THEN '''' ELSE '' END || `);

/** The row is `e`. As `ExportedEvent` of packages/shared has it. */
export const EXPORTED_EVENT: ExportedRow = {
  json: {
    id: 'e.id::text',
    at: microseconds('e.at'),
    backupKey: 'e.backup_key::text',
    backupId: 'e.backup_id',
    operationId: 'e.operation_id',
    kind: 'e.kind',
    actor: 'e.actor',
    source: 'e.source',
    reason: 'e.reason',
    requestId: 'e.request_id',
    before: 'e.before',
    after: 'e.after',
  },
  cells: [
    'e.id',
    microseconds('e.at'),
    'e.backup_key',
    cell('e.backup_id'),
    'e.operation_id',
    cell('e.kind'),
    cell(`(e.actor ->> 'kind')`),
    cell(`coalesce(e.actor ->> 'name', e.actor ->> 'address')`),
    cell('e.source'),
    cell('e.reason'),
    cell('e.request_id'),
    anyJsonCell('e.before'),
    anyJsonCell('e.after'),
  ],
};

const DURATION_MS = '(extract(epoch FROM b.finished_at - b.requested_at) * 1000)::bigint';

const LABELS = `coalesce(b.labels, '{}')`;

/** The one in force. */
const HOLD = `(SELECT json_build_object('reason', h -> 'reason', 'until', h -> 'until', 'by', h -> 'actor', 'at', h -> 'at',
  'requestId', h -> 'requestId') FROM (SELECT ${HOLD_JSON} AS h) hold WHERE h IS NOT NULL)`;

const PARTS = `(SELECT coalesce(json_agg(json_build_object('number', p.number, 'of', p.total, 'snapshotName', p.snapshot_name,
  'state', p.state, 'uuid', p.uuid, 'bytes', p.bytes) ORDER BY p.number), '[]') FROM part p WHERE p.backup_key = b.key)`;

/** The row is `b`. As `ExportedBackupLine` of packages/shared has it. */
export const EXPORTED_BACKUP: ExportedRow = {
  json: {
    key: 'b.key::text',
    backupId: 'b.backup_id',
    state: 'b.state',
    stateSeenAt: microseconds('b.state_seen_at'),
    origin: 'b.origin',
    optimizeVersion: 'b.optimize_version',
    profile: 'b.profile',
    clusterUuid: 'b.cluster_uuid',
    repository: 'b.repository',
    repositoryUuid: 'b.repository_uuid',
    requestedAt: microseconds('b.requested_at'),
    requestedBy: 'b.requested_by',
    finishedAt: microseconds('b.finished_at'),
    durationMs: DURATION_MS,
    bytes: BYTES,
    deletedAt: microseconds('b.deleted_at'),
    failure: 'b.failure',
    lastProvenAt: `b.proof ->> 'at'`,
    labels: LABELS,
    note: 'b.note',
    hold: HOLD,
    parts: PARTS,
    safetyOf: 'b.safety_of',
    versionAssumed: 'b.version_assumed',
    repositoryVerified: `b.repository_check -> 'verified'`,
  },
  cells: [
    'b.key',
    cell('b.backup_id'),
    cell('b.state'),
    microseconds('b.state_seen_at'),
    cell('b.origin'),
    cell('b.optimize_version'),
    cell('b.profile'),
    cell('b.cluster_uuid'),
    cell('b.repository'),
    cell('b.repository_uuid'),
    microseconds('b.requested_at'),
    cell(`(b.requested_by ->> 'kind')`),
    cell('b.requested_by_name'),
    microseconds('b.finished_at'),
    DURATION_MS,
    BYTES,
    microseconds('b.deleted_at'),
    jsonCell('b.failure'),
    cell(`(b.proof ->> 'at')`),
    jsonCell(LABELS),
    cell('b.note'),
    jsonCell(HOLD),
    jsonCell(PARTS),
    cell('b.safety_of::text'),
    cell(`CASE WHEN b.version_assumed THEN 'true' ELSE 'false' END`),
    cell(`(b.repository_check ->> 'verified')`),
  ],
};
