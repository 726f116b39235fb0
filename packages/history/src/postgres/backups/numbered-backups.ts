import type { BackupHistory, NumberedBackup } from '../../ports/backups.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, columns, plainJson, plainList, statement, text, total, type ValueOf, when } from '../sql/statement.ts';
import {
  asDate,
  asDrift,
  asLocation,
  CREATE_JSON,
  DRIFT_JSON,
  LOCATION_JSON,
  OLDEST_INDEX_JSON,
  OPEN_DELETION,
  SHARDS_JSON,
} from './backup-json.ts';

const b = columns<'Backup'>('b');
const p = columns<'Part'>('p');

const NUMBERED_JSON = plainJson({
  ...{ key: text(b.key), backupId: b.backupId, location: LOCATION_JSON, requestedAt: b.requestedAt },
  ...{ state: b.state, failure: b.failure, create: CREATE_JSON, deletion: OPEN_DELETION },
  parts: total(
    plainList(
      plainJson({
        ...{ number: p.number, snapshotName: p.snapshotName, state: p.state, uuid: p.uuid, versionId: p.versionId },
        ...{ startedAt: p.startedAt, shards: when('p.shards_total IS NOT NULL', SHARDS_JSON), failures: p.failures },
        ...{ oldestIndex: OLDEST_INDEX_JSON, drift: DRIFT_JSON },
      }),
      'ORDER BY p.number',
    ),
    'FROM part p WHERE p.backup_key = b.key',
  ),
});

// The condition is that of `backup_numbered`, word by word.
const NUMBERED = statement`
SELECT ${answer(plainList(NUMBERED_JSON, 'ORDER BY b.requested_at DESC, b.key DESC'))}
FROM (
  SELECT * FROM backup WHERE deleted_at IS NULL AND backup_id ~ '^[1-9][0-9]{0,15}$'
  ORDER BY requested_at DESC, key DESC LIMIT $1::int
) b`;

type NumberedJson = ValueOf<typeof NUMBERED_JSON>;

const asNumbered = (json: NumberedJson): NumberedBackup => ({
  ...json,
  location: asLocation(json.location),
  requestedAt: new Date(json.requestedAt),
  failure: json.failure ?? undefined,
  create: json.create ?? undefined,
  deletion: json.deletion ?? undefined,
  parts: json.parts.map((part) => ({
    ...part,
    uuid: part.uuid ?? undefined,
    versionId: part.versionId ?? undefined,
    oldestIndex: part.oldestIndex ?? undefined,
    startedAt: asDate(part.startedAt),
    shards: part.shards ?? undefined,
    drift: asDrift(part.drift),
  })),
});

export const numberedBackups =
  (database: Database): BackupHistory['numberedBackups'] =>
  async (limit) =>
    ((await database.ask(NUMBERED, limit)) ?? []).map(asNumbered);
