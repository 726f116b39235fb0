import type { LivingBackup, ReconciliationHistory } from '../../ports/reconciliation.ts';
import { asDrift, asLocation, CREATE_JSON, DRIFT_JSON, type Json, LOCATION_JSON } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { MAKES_OR_DELETES } from '../suspensions/suspended-rows.ts';

// In the order of the unique index of those that live: deleted ones are not in it.
const LIVING = `
SELECT coalesce(jsonb_agg(jsonb_build_object(
  'place', jsonb_build_array(b.backup_id, b.repository_key, b.optimize_version),
  'key', b.key::text, 'backupId', b.backup_id, 'optimizeVersion', b.optimize_version, 'profile', b.profile,
  'indexPrefix', b.index_prefix, 'origin', b.origin, 'location', ${LOCATION_JSON}, 'state', b.state,
  'parts', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('number', p.number, 'of', p.total, 'snapshotName', p.snapshot_name,
      'state', p.state, 'uuid', p.uuid, 'versionId', p.version_id, 'drift', ${DRIFT_JSON}) ORDER BY p.number), '[]')
    FROM part p WHERE p.backup_key = b.key
  ),
  'create', ${CREATE_JSON},
  'busy', EXISTS (
    SELECT FROM operation o WHERE o.backup_key = b.key AND ${MAKES_OR_DELETES('o')}
  ),
  'deleting', EXISTS (
    SELECT FROM operation o WHERE o.backup_key = b.key AND o.kind = 'delete' AND o.detail ->> 'removing' IS NOT NULL
  )
) ORDER BY b.backup_id, b.repository_key, b.optimize_version), '[]') AS answer
FROM (
  SELECT * FROM backup
  WHERE deleted_at IS NULL AND (backup_id, repository_key, optimize_version) > ($1, $2, $3)
  ORDER BY backup_id, repository_key, optimize_version LIMIT $4::int
) b`;

type LivingJson = Json<LivingBackup> & { readonly place: readonly string[] };

const asLiving = ({ place: _, ...json }: LivingJson): LivingBackup => ({
  ...json,
  location: asLocation(json.location),
  create: json.create ?? undefined,
  parts: json.parts.map((part) => ({
    ...part,
    uuid: part.uuid ?? undefined,
    versionId: part.versionId ?? undefined,
    drift: asDrift(part.drift),
  })),
});

const FIRST = ['', '', ''];

export const livingBackups =
  (database: Database): ReconciliationHistory['livingBackups'] =>
  async (after, limit) => {
    const place: readonly string[] = after === undefined ? FIRST : JSON.parse(after);
    const found = (await database.ask<readonly LivingJson[]>(LIVING, ...place, limit)) ?? [];
    const last = found.length < limit ? undefined : found.at(-1)?.place;
    return { backups: found.map(asLiving), next: last && JSON.stringify(last) };
  };
