import type { LivingBackup, ReconciliationHistory } from '../../ports/reconciliation.ts';
import {
  asDrift,
  asLocation,
  CREATE_JSON,
  DRIFT_JSON,
  LOCATION_JSON,
  OLDEST_INDEX_JSON,
} from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, columns, exists, json, list, sql, statement, text, total, type ValueOf } from '../sql/statement.ts';
import { MAKES_OR_DELETES } from '../suspensions/suspended-rows.ts';

const b = columns<'Backup'>('b');
const p = columns<'Part'>('p');

const LIVING_JSON = json({
  cursor: sql<readonly string[]>('jsonb_build_array(b.backup_id, b.repository_key, b.optimize_version)'),
  ...{ key: text(b.key), backupId: b.backupId, optimizeVersion: b.optimizeVersion, profile: b.profile },
  ...{ indexPrefix: b.indexPrefix, origin: b.origin, location: LOCATION_JSON, state: b.state },
  parts: total(
    list(
      json({
        ...{ number: p.number, of: p.total, snapshotName: p.snapshotName, state: p.state },
        ...{ uuid: p.uuid, versionId: p.versionId, oldestIndex: OLDEST_INDEX_JSON, drift: DRIFT_JSON },
      }),
      'p.number',
    ),
    'FROM part p WHERE p.backup_key = b.key',
  ),
  create: CREATE_JSON,
  busy: exists(`FROM operation o WHERE o.backup_key = b.key AND ${MAKES_OR_DELETES('o')}`),
  deleting: exists(
    `FROM operation o WHERE o.backup_key = b.key AND o.kind = 'delete' AND o.detail ->> 'removing' IS NOT NULL`,
  ),
});

// In the order of the unique index of those that live: deleted ones are not in it.
const LIVING = statement`
SELECT ${answer(list(LIVING_JSON, 'b.backup_id, b.repository_key, b.optimize_version'))}
FROM (
  SELECT * FROM backup
  WHERE deleted_at IS NULL AND (backup_id, repository_key, optimize_version) > ($1, $2, $3)
  ORDER BY backup_id, repository_key, optimize_version LIMIT $4::int
) b`;

type LivingJson = ValueOf<typeof LIVING_JSON>;

const asLiving = ({ cursor: _, ...json }: LivingJson): LivingBackup => ({
  ...json,
  location: asLocation(json.location),
  create: json.create ?? undefined,
  parts: json.parts.map((part) => ({
    ...part,
    uuid: part.uuid ?? undefined,
    versionId: part.versionId ?? undefined,
    oldestIndex: part.oldestIndex ?? undefined,
    drift: asDrift(part.drift),
  })),
});

const FIRST = ['', '', ''];

export const livingBackups =
  (database: Database): ReconciliationHistory['livingBackups'] =>
  async (after, limit) => {
    const cursor: readonly string[] = after === undefined ? FIRST : JSON.parse(after);
    const found = (await database.ask(LIVING, ...cursor, limit)) ?? [];
    const last = found.length < limit ? undefined : found.at(-1)?.cursor;
    return { backups: found.map(asLiving), next: last && JSON.stringify(last) };
  };
