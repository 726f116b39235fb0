import { OPERATION_KINDS, OPERATION_STATES } from '@tandem/shared/domain/operation/operation.ts';
import type { OperationFilter, OperationHistory, OperationRecord } from '../../ports/operations.ts';
import type { RestoreHistory } from '../../ports/restores.ts';
import { storableText } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { isOperationId } from '../operation-id.ts';
import { asRestoreRecord, RESTORE_JSON, RESTORE_KINDS } from '../restores/restore-rows.ts';
import { answer, count, list, type Sql, type Statement, statement } from '../sql/statement.ts';
import { asOperationRecord, OPERATION_JSON } from './operation-json.ts';

const NEWEST = 'ORDER BY position DESC LIMIT $4::int';

// The open ones are few. Of each state and kind the newest ended ones are read from an index, as many as the page has at most; so a
// page costs the same however many have ended and however rare they are that fit. LIMIT 1 keeps the planner from joining whole tables.
const pageOf = (fits: string): string => `
  (
    SELECT * FROM operation
    WHERE ended_at IS NULL AND state = ANY ($1::text[]) AND kind = ANY ($2::text[]) AND position < $3::bigint ${fits}
    ${NEWEST}
  ) UNION ALL (
    SELECT ended.* FROM unnest($1::text[]) asked_state, unnest($2::text[]) asked_kind, LATERAL (
      SELECT * FROM operation
      WHERE ended_at IS NOT NULL AND state = asked_state AND kind = asked_kind AND position < $3::bigint ${fits}
      ${NEWEST}
    ) ended
  )`;

const OF_BACKUP = `
  SELECT * FROM operation
  WHERE backup_key = ANY (ARRAY(
      SELECT key FROM backup WHERE backup_id = $5::text AND deleted_at IS NULL
      UNION ALL SELECT key FROM backup WHERE backup_id = $5::text AND deleted_at IS NOT NULL
    ))
    AND state = ANY ($1::text[]) AND kind = ANY ($2::text[]) AND position < $3::bigint`;

/** One statement per filter that narrows, returning rows `json` of operations `o` and their backups `b`, newest first. */
const statementsOf = <Row>(row: Sql<Row>) => {
  const listed = (page: string) => statement`
SELECT ${answer(list(row, 'o.position DESC'))}
FROM (SELECT * FROM (${page}) every ${NEWEST}) o, LATERAL (SELECT * FROM backup WHERE key = o.backup_key LIMIT 1) b`;
  return {
    all: listed(pageOf('')),
    ofClass: listed(pageOf('AND error_class = $5::text')),
    ofBackup: listed(OF_BACKUP),
    ofBackupAndClass: listed(`${OF_BACKUP} AND error_class = $6::text`),
  };
};

type Statements<Value> = Readonly<Record<'all' | 'ofClass' | 'ofBackup' | 'ofBackupAndClass', Statement<Value>>>;

const counted = (page: string) => statement`SELECT ${answer(count())} FROM (${page} LIMIT $4::int) every`;

const COUNTS = {
  all: counted(pageOf('')),
  ofClass: counted(pageOf('AND error_class = $5::text')),
  ofBackup: counted(OF_BACKUP),
  ofBackupAndClass: counted(`${OF_BACKUP} AND error_class = $6::text`),
};

const statementFor = <Value>(
  statements: Statements<Value>,
  { backupId, errorClass }: OperationFilter,
): Statement<Value> => {
  if (backupId === undefined) return errorClass === undefined ? statements.all : statements.ofClass;
  return errorClass === undefined ? statements.ofBackup : statements.ofBackupAndClass;
};

/** Above every position. */
const FIRST_PAGE = '9223372036854775807';

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/** More operations than there can be. */
const EVERY = 2_147_483_647;

const valuesOf = (filter: OperationFilter, after: string | undefined, limit: number) => {
  const { states = OPERATION_STATES, kinds = OPERATION_KINDS, backupId, errorClass } = filter;
  return [
    ...[unique(states), unique(kinds), after ?? FIRST_PAGE, limit],
    ...(backupId === undefined ? [] : [storableText(backupId)]),
    ...(errorClass === undefined ? [] : [errorClass]),
  ];
};

const page = async <Row>(
  database: Database,
  statements: Statements<readonly Row[]>,
  filter: OperationFilter,
  after: string | undefined,
  limit: number,
): Promise<readonly Row[]> => {
  const rows = await database.ask(statementFor(statements, filter), ...valuesOf(filter, after, limit));
  return rows ?? [];
};

const OPERATIONS = statementsOf(OPERATION_JSON);

export const listOperations =
  (database: Database): OperationHistory['listOperations'] =>
  async (filter, after, limit) =>
    (await page(database, OPERATIONS, filter, after, limit)).map(asOperationRecord);

export const countOperations =
  (database: Database): OperationHistory['countOperations'] =>
  async (filter) =>
    (await database.ask(statementFor(COUNTS, filter), ...valuesOf(filter, undefined, EVERY))) ?? 0;

const RESTORES = statementsOf(RESTORE_JSON);

export const listRestores =
  (database: Database): RestoreHistory['listRestores'] =>
  async (filter, after, limit) =>
    (await page(database, RESTORES, { kinds: RESTORE_KINDS, ...filter }, after, limit)).map(asRestoreRecord);

const FIND = statement`SELECT ${answer(OPERATION_JSON)} FROM operation o JOIN backup b ON b.key = o.backup_key WHERE o.id = $1::uuid`;

export const findOperation =
  (database: Database) =>
  async (operationId: string): Promise<OperationRecord | undefined> => {
    if (!isOperationId(operationId)) return undefined;
    const json = await database.ask(FIND, operationId);
    return json && asOperationRecord(json);
  };
