import type { RestoreRecord } from '../../ports/restores.ts';
import { isActive } from '../ledger/transition-sql.ts';
import { asOperationRecord, OPERATION_JSON } from '../operations/operation-json.ts';
import { json, merged, sql, type ValueOf } from '../sql/statement.ts';

export const RESTORE_KINDS = ['restore', 'rehearse'] as const;

/** The index that lets one restore at a time write to a cluster. */
export const ONE_RESTORE = 'operation_one_open_restore';

/** The same expression as in the index of those that SUCCEEDED. */
export const isRestore = (row: string): string => `(${row}.kind IN ('restore', 'rehearse'))`;

/** Row `r` is an open restore during which no create in that cluster may start, except its own safety backup. */
export const forbidsCreates = (clusterUuid: string, safetyOf: string): string => `r.restore_cluster = ${clusterUuid}
    AND ${isActive('r')} AND (r.detail -> 'inPlace')::boolean AND r.id::text IS DISTINCT FROM ${safetyOf}`;

/** As OPERATION_JSON, read by `asRestoreRecord`. */
export const RESTORE_JSON = merged(OPERATION_JSON, json({ detail: sql<RestoreRecord['detail']>('o.detail') }));

export type RestoreJson = ValueOf<typeof RESTORE_JSON>;

export const asRestoreRecord = ({ detail, ...json }: RestoreJson): RestoreRecord => ({
  ...asOperationRecord(json),
  detail,
});
