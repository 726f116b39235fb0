import type { BackupHistory } from '../../ports/backups.ts';
import type { Database } from '../open-database.ts';

// By `backup_by_installation`, newest first.
const PREVIOUS = `
SELECT jsonb_build_object('backupId', b.backup_id, 'ownership', b.ownership) AS answer FROM backup b
WHERE b.ownership IS NOT NULL AND b.key < $1::bigint
  AND b.repository_key = (SELECT repository_key FROM backup WHERE key = $1::bigint)
  AND b.index_prefix = (SELECT index_prefix FROM backup WHERE key = $1::bigint)
ORDER BY b.key DESC LIMIT 1`;

type Previous = NonNullable<Awaited<ReturnType<BackupHistory['previousOwnership']>>>;

export const previousOwnership = (database: Database): BackupHistory['previousOwnership'] => {
  return (key) => database.ask<Previous>(PREVIOUS, key);
};
