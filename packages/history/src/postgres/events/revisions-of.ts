import type { EventHistory } from '../../ports/events.ts';
import { storableJson } from '../../ports/storable.ts';
import type { Database } from '../open-database.ts';

const newest = (lives: 'IS NULL' | 'IS NOT NULL'): string => `(
  SELECT n.key FROM backup n WHERE n.backup_id = asked.id AND n.deleted_at ${lives} ORDER BY n.requested_at DESC, n.key DESC LIMIT 1)`;

const REVISIONS = `
SELECT coalesce(jsonb_agg(jsonb_build_object(
  'backupId', b.backup_id,
  'lastEventId', coalesce((SELECT e.id FROM event e WHERE e.backup_id = b.backup_id ORDER BY e.id DESC LIMIT 1), 0)::text,
  'ended', b.deleted_at IS NOT NULL OR EXISTS (
    SELECT FROM operation s WHERE s.backup_key = b.key AND s.ended_at IS NULL AND s.suspended_at IS NOT NULL
  ) OR (
    b.state <> 'IN_PROGRESS' AND NOT EXISTS (SELECT FROM operation o WHERE o.backup_key = b.key AND o.ended_at IS NULL)
  )
)), '[]') AS answer
FROM (SELECT DISTINCT id FROM jsonb_array_elements_text($1::jsonb) id) asked,
  LATERAL (SELECT * FROM backup WHERE key = coalesce(${newest('IS NULL')}, ${newest('IS NOT NULL')}) LIMIT 1) b`;

export const revisionsOf =
  (database: Database): EventHistory['revisionsOf'] =>
  async (backupIds) =>
    backupIds.length === 0 ? [] : ((await database.ask(REVISIONS, storableJson(backupIds))) ?? []);
