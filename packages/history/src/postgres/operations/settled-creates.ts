import type { SettledCreate } from '../../ports/operations.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, columns, json, list, statement, total, type ValueOf, when } from '../sql/statement.ts';

const b = columns<'Backup'>('b');
const p = columns<'Part'>('p');

const SETTLED_JSON = json({
  operationId: columns<'Operation'>('s').id,
  location: json({ clusterUuid: b.clusterUuid, repository: b.repository, repositoryUuid: b.repositoryUuid }),
  parts: total(
    list(json({ snapshotName: p.snapshotName, kept: when('b.deleted_at IS NULL', p.uuid) }), 'p.number'),
    'FROM part p WHERE p.backup_key = b.key',
  ),
});

const SINCE = `now() - make_interval(secs => $1::float8 / 1000)`;

// Two short lists, each the newest of an index; a backup has at most one create. LIMIT 1 keeps the planner from joining whole tables.
const SETTLED = statement`
WITH cancelled AS (
  SELECT o.id, o.backup_key, o.position, o.ended_at AS at FROM operation o
  WHERE o.kind = 'create' AND o.state = 'CANCELLED' AND o.ended_at > ${SINCE} AND NOT o.detail ? 'abandoned'
  ORDER BY o.ended_at DESC LIMIT $2::int
), deleted AS (
  SELECT b.key, b.deleted_at AS at FROM backup b
  WHERE b.deleted_at IS NOT NULL AND b.deleted_at > ${SINCE}
  ORDER BY b.deleted_at DESC LIMIT $2::int
), settled AS (
  SELECT id, backup_key, position, max(at) AS at FROM (
    SELECT id, backup_key, position, at FROM cancelled
    UNION ALL
    SELECT o.id, o.backup_key, o.position, d.at
    FROM deleted d, LATERAL (
      SELECT * FROM operation WHERE backup_key = d.key AND kind = 'create' ORDER BY position DESC LIMIT 1
    ) o
  ) each GROUP BY 1, 2, 3 ORDER BY max(at) DESC, position DESC LIMIT $2::int
)
SELECT ${answer(list(SETTLED_JSON, 's.at DESC, s.position DESC'))}
FROM settled s, LATERAL (SELECT * FROM backup WHERE key = s.backup_key LIMIT 1) b`;

const asSettledCreate = ({ location, parts, ...json }: ValueOf<typeof SETTLED_JSON>): SettledCreate => ({
  ...json,
  location: { ...location, repositoryUuid: location.repositoryUuid ?? undefined },
  parts: parts.map(({ snapshotName, kept }) => ({ snapshotName, kept: kept ?? undefined })),
});

export const settledCreates =
  (database: Database) =>
  async (withinMs: number, limit: number): Promise<readonly SettledCreate[]> => {
    const settled = await database.ask(SETTLED, withinMs, limit);
    return (settled ?? []).map(asSettledCreate);
  };
