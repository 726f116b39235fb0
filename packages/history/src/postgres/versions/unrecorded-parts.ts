import { storableText } from '../../ports/storable.ts';
import type { VersionHistory } from '../../ports/versions.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, columns, given, isTrue, json, list, sql, statement, text } from '../sql/statement.ts';

const p = columns<'Part'>('p');

const ORDER = 'p.version_id, p.backup_key, p.number';

// The first comparison is the one that the index takes.
const PAGE = statement`
SELECT ${answer(
  list(
    json({
      ...{ backupKey: text(p.backupKey), number: p.number, versionId: given(p.versionId) },
      manifest: sql<string | null>("encode(p.manifest_before, 'hex')"),
    }),
    ORDER,
  ),
)}
FROM (
  SELECT p.version_id, p.backup_key, p.number, p.manifest_before FROM part p
  WHERE p.state = 'SUCCESS' AND p.oldest_created IS NULL
    AND (p.version_id, p.backup_key) >= ($1::int, $2::bigint)
    AND (p.version_id, p.backup_key, p.number) > ($1::int, $2::bigint, $3::int)
  ORDER BY ${ORDER} LIMIT $4::int
) p`;

const unrecordedParts =
  (database: Database): VersionHistory['unrecordedParts'] =>
  async (after, limit) => {
    const { versionId, backupKey, number } = after ?? { versionId: 0, backupKey: '0', number: 0 };
    const parts = (await database.ask(PAGE, versionId, backupKey, number, limit)) ?? [];
    return parts.map(({ manifest, ...part }) => ({ ...part, manifest: manifest ?? undefined }));
  };

const RECORD = statement`
UPDATE part p SET oldest_index = $4, oldest_created = $5::int
WHERE p.backup_key = $1::bigint AND p.number = $2::int AND p.oldest_created IS NULL AND p.manifest_before = decode($3, 'hex')
RETURNING ${answer(isTrue('true'))}`;

const recordOldestIndex =
  (database: Database): VersionHistory['recordOldestIndex'] =>
  async ({ backupKey, number, manifest, oldestIndex: { index, createdVersion } }) =>
    (await database.ask(RECORD, backupKey, number, manifest, storableText(index), createdVersion)) === true;

export const unrecorded = (database: Database): Pick<VersionHistory, 'unrecordedParts' | 'recordOldestIndex'> => ({
  unrecordedParts: unrecordedParts(database),
  recordOldestIndex: recordOldestIndex(database),
});
