import type { NewPart, PartChange } from '../../ports/backups.ts';
import { storableJson } from '../../ports/storable.ts';

/** SHA-256 of a text in UTF-8, as hexadecimal digits. */
export type Digest = (text: string) => string;

/** Columns of a part that are stored as given, and their types. */
const STORED = {
  engine_version: 'text',
  version_id: 'int',
  started_at: 'timestamptz',
  ended_at: 'timestamptz',
  shards_total: 'int',
  shards_successful: 'int',
  shards_failed: 'int',
  oldest_index: 'text',
  oldest_created: 'int',
};

const listed = (each: (column: string, type: string) => string): string =>
  Object.entries(STORED)
    .map(([column, type]) => each(column, type))
    .join(', ');

const partRow = (part: PartChange & Partial<Omit<NewPart, 'state'>>, digest: Digest) => ({
  number: part.number,
  state: part.state,
  started: part.started,
  uuid: part.uuid ?? undefined,
  forget_uuid: part.uuid === null ? true : undefined,
  engine_version: part.engineVersion,
  version_id: part.versionId,
  started_at: part.startedAt,
  ended_at: part.endedAt,
  shards_total: part.shards?.total,
  shards_successful: part.shards?.successful,
  shards_failed: part.shards?.failed,
  bytes: part.bytes,
  failures: part.failures,
  manifest_before: part.manifest?.before,
  manifest_after: part.manifest?.after,
  oldest_index: part.oldestIndex?.index,
  oldest_created: part.oldestIndex?.createdVersion,
  names: part.indices,
  list: part.indices && digest(JSON.stringify(part.indices)),
  total: part.of,
  snapshot_name: part.snapshotName,
});

/** Parts for `partsFrom`; unchanged fields are absent. */
export const partRows = (parts: readonly (PartChange & Partial<Omit<NewPart, 'state'>>)[], digest: Digest): string =>
  storableJson(parts.map((part) => partRow(part, digest)));

/** The parts of that parameter as a table `n`. Digests are hexadecimal digits. */
export const partsFrom = (
  parameter: string,
): string => `jsonb_to_recordset(${parameter}::jsonb) AS n(number int, total int, snapshot_name text, names text[], list text, state text,
  started boolean, bytes bigint, uuid text, forget_uuid boolean, failures jsonb, manifest_before text, manifest_after text, ${listed((column, type) => `${column} ${type}`)})`;

/** Writes the rows of `parts`, which also have the `key` of their backup. */
export const insertParts = (parts: string): string => `
  INSERT INTO part (backup_key, number, total, snapshot_name, index_list_digest, state, uuid, bytes, failures, ${listed((column) => column)})
  SELECT key, number, total, snapshot_name, decode(list, 'hex'), coalesce(state, 'PLANNED'), uuid,
    CASE WHEN state = 'EMPTY' THEN 0 ELSE bytes END, coalesce(failures, '[]'),
    ${listed((column) => column)}
  FROM ${parts} ORDER BY number`;

/** `n` is about another snapshot: the drift of the previous one no longer applies. */
const IS_ANOTHER = '(n.forget_uuid IS TRUE OR coalesce(n.uuid <> p.uuid, n.uuid IS NOT NULL))';

/** Overwrites part `p` with `n`; absent fields stay unchanged. */
export const PART_CHANGES = `
  state = coalesce(n.state, p.state),
  starts = p.starts + (n.started IS TRUE)::int,
  index_list_digest = coalesce(decode(n.list, 'hex'), p.index_list_digest),
  uuid = CASE WHEN n.forget_uuid THEN NULL ELSE coalesce(n.uuid, p.uuid) END,
  bytes = CASE WHEN n.started THEN n.bytes ELSE coalesce(n.bytes, p.bytes) END,
  failures = coalesce(n.failures, p.failures),
  manifest_before = coalesce(decode(n.manifest_before, 'hex'), p.manifest_before),
  manifest_after = CASE WHEN n.manifest_before IS NOT NULL THEN decode(n.manifest_after, 'hex')
    WHEN p.manifest_before IS NOT NULL THEN coalesce(decode(n.manifest_after, 'hex'), p.manifest_after) END,
  ${['drift', 'drift_uuid', 'drift_noticed_at'].map((column) => `${column} = CASE WHEN NOT ${IS_ANOTHER} THEN p.${column} END`).join(', ')},
  ${listed((column) => `${column} = coalesce(n.${column}, p.${column})`)}`;

/** Stores the index lists of `part` rows, in the same order everywhere, so that statements cannot deadlock. */
export const keepIndexLists = (parts: string): string => `
  INSERT INTO index_list (digest, names)
  SELECT DISTINCT decode(n.list, 'hex'), n.names FROM ${parts} n WHERE n.list IS NOT NULL ORDER BY 1
  ON CONFLICT DO NOTHING`;
