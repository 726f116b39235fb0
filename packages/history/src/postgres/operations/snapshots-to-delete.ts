import type { SnapshotsToDelete } from '../../ports/operations.ts';
import { storableJson } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { isOperationId } from '../operation-id.ts';
import { answer, columns, json, list, statement, total } from '../sql/statement.ts';

const b = columns<'Backup'>('b');

const SNAPSHOTS_JSON = json({
  operationId: columns<'Operation'>('o').id,
  backupId: b.backupId,
  repository: b.repository,
  snapshotNames: total(
    list(columns<'Part'>('p').snapshotName, 'p.number'),
    `FROM part p
    WHERE p.backup_key = b.key AND p.state <> 'VANISHED'
      AND NOT (p.state = 'SUCCESS' AND coalesce((o.detail -> 'onlyUnfinished')::boolean, false))`,
  ),
});

const SNAPSHOTS = statement`
SELECT ${answer(list(SNAPSHOTS_JSON, 'o.position DESC'))}
FROM (SELECT DISTINCT id::uuid AS id FROM jsonb_array_elements_text($1::jsonb) id) requested,
  LATERAL (SELECT * FROM operation WHERE id = requested.id LIMIT 1) o,
  LATERAL (SELECT * FROM backup WHERE key = o.backup_key LIMIT 1) b
WHERE o.kind = 'delete'`;

export const snapshotsToDelete =
  (database: Database) =>
  async (operationIds: readonly string[]): Promise<readonly SnapshotsToDelete[]> => {
    const ids = operationIds.filter(isOperationId);
    return ids.length === 0 ? [] : ((await database.ask(SNAPSHOTS, storableJson(ids))) ?? []);
  };
