import type { OperationEnd } from '@tandem/shared/domain/operation/operation.ts';
import type { Content, RestoreFilter, RestoreHistory, RestoreRecord } from '../ports/restores.ts';
import { methods } from './methods.ts';
import { asOperationRecord, operationsThatFit } from './operations.ts';
import { isRestore, requestRestore, stopRestore } from './restore-requests.ts';
import { activeOperations, after, type OperationRow, type Tables } from './tables.ts';

const RESTORES = ['restore', 'rehearse'] as const;

export const asRestoreRecord = (operation: OperationRow): RestoreRecord => ({
  ...asOperationRecord(operation),
  detail: operation.detail,
});

const findRestore = (tables: Tables, operationId: string): RestoreRecord | undefined => {
  const operation = tables.operations.get(operationId);
  return operation && isRestore(operation) ? asRestoreRecord(operation) : undefined;
};

const listRestores = (
  tables: Tables,
  filter: RestoreFilter,
  afterPosition: string | undefined,
  limit: number,
): readonly RestoreRecord[] =>
  operationsThatFit(tables, { kinds: RESTORES, ...filter }, afterPosition, limit).map(asRestoreRecord);

const lastEnded = (tables: Tables): readonly (OperationRow & { readonly endedAt: Date })[] =>
  [...tables.operations.values()]
    .flatMap((operation) => (operation.endedAt ? [{ ...operation, endedAt: operation.endedAt }] : []))
    .sort((one, other) => other.endedAt.getTime() - one.endedAt.getTime() || other.position - one.position);

const pastReports = (tables: Tables, limit: number): Awaited<ReturnType<RestoreHistory['pastReports']>> =>
  lastEnded(tables)
    .filter((operation) => isRestore(operation) && operation.state === 'SUCCEEDED')
    .flatMap(({ detail }) => (isReport(detail.report) ? [detail.report] : []))
    .slice(0, limit);

const isReport = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const openCreates = (tables: Tables, clusterUuid: string): Awaited<ReturnType<RestoreHistory['openCreates']>> =>
  activeOperations(tables)
    .filter(({ kind, backup }) => kind === 'create' && backup.location.clusterUuid === clusterUuid)
    .map(({ id, backup }) => ({ operationId: id, backupId: backup.backupId }));

const endedRehearsals = (
  tables: Tables,
  withinMs: number,
  limit: number,
): Awaited<ReturnType<RestoreHistory['endedRehearsals']>> => {
  const since = after(tables.now(), -withinMs);
  return lastEnded(tables)
    .filter(({ kind, endedAt }) => kind === 'rehearse' && endedAt > since)
    .slice(0, limit)
    .map(({ id, backup, state }) => ({ operationId: id, backupId: backup.backupId, state: state as OperationEnd }));
};

const keepContents = (tables: Tables, contents: readonly Content[]): void => {
  for (const { digest, body } of contents) {
    if (!tables.contents.has(digest)) tables.contents.set(digest, Uint8Array.from(body));
  }
};

const readContents = (tables: Tables, digests: readonly string[]): readonly Content[] =>
  [...new Set(digests)].flatMap((digest) => {
    const body = tables.contents.get(digest);
    return body === undefined ? [] : [{ digest, body: Uint8Array.from(body) }];
  });

export const restores = (tables: Tables): RestoreHistory =>
  methods(tables, {
    requestRestore,
    findRestore,
    listRestores,
    stopRestore,
    pastReports,
    openCreates,
    endedRehearsals,
    keepContents,
    readContents,
  });
