import type { SettledCreate } from '../../ports/operations.ts';
import type { Database } from '../connection/open-database.ts';

const SINCE = `now() - make_interval(secs => $1::float8 / 1000)`;

// Two short lists, each the newest of an index; a backup has at most one create. LIMIT 1 keeps the planner from joining whole tables.
const SETTLED = `
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
SELECT coalesce(jsonb_agg(jsonb_build_object(
  'operationId', s.id,
  'location', jsonb_build_object('clusterUuid', b.cluster_uuid, 'repository', b.repository, 'repositoryUuid', b.repository_uuid),
  'parts', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('snapshotName', p.snapshot_name,
      'kept', CASE WHEN b.deleted_at IS NULL THEN p.uuid END) ORDER BY p.number), '[]')
    FROM part p WHERE p.backup_key = b.key
  )) ORDER BY s.at DESC, s.position DESC), '[]') AS answer
FROM settled s, LATERAL (SELECT * FROM backup WHERE key = s.backup_key LIMIT 1) b`;

type SettledJson = Omit<SettledCreate, 'location' | 'parts'> & {
  readonly location: Omit<SettledCreate['location'], 'repositoryUuid'> & { readonly repositoryUuid: string | null };
  readonly parts: readonly { readonly snapshotName: string; readonly kept: string | null }[];
};

const asSettledCreate = ({ location, parts, ...json }: SettledJson): SettledCreate => ({
  ...json,
  location: { ...location, repositoryUuid: location.repositoryUuid ?? undefined },
  parts: parts.map(({ snapshotName, kept }) => ({ snapshotName, kept: kept ?? undefined })),
});

export const settledCreates =
  (database: Database) =>
  async (withinMs: number, limit: number): Promise<readonly SettledCreate[]> => {
    const settled = await database.ask<readonly SettledJson[]>(SETTLED, withinMs, limit);
    return (settled ?? []).map(asSettledCreate);
  };
