import { repositoryKeyOf } from '@tandem/shared/domain/backup/location.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { LivingBackup, ReconciliationHistory, ReconciliationRecord } from '../ports/reconciliation.ts';
import { addEvents } from './add-events.ts';
import { methods } from './methods.ts';
import { isBusy } from './note-state.ts';
import { after, asRecord, type BackupRow, CLOCK_SLACK_MS, stored, type Tables } from './tables.ts';

type Method<Name extends keyof ReconciliationHistory> = (
  tables: Tables,
  ...command: Parameters<ReconciliationHistory[Name]>
) => Awaited<ReturnType<ReconciliationHistory[Name]>>;

const sortKeyOf = (row: BackupRow): readonly string[] => [
  row.backupId,
  repositoryKeyOf(row.location),
  row.optimizeVersion,
];

const compare = (one: readonly string[], other: readonly string[]): number => {
  const at = one.findIndex((text, index) => text !== other[index]);
  return at === -1 ? 0 : (one[at] ?? '') < (other[at] ?? '') ? -1 : 1;
};

const livingBackups: Method<'livingBackups'> = (tables, cursor, limit) => {
  const from: readonly string[] = cursor === undefined ? ['', '', ''] : JSON.parse(cursor);
  const page = tables.backups
    .filter((row) => row.deletedAt === undefined && compare(sortKeyOf(row), from) > 0)
    .sort((one, other) => compare(sortKeyOf(one), sortKeyOf(other)))
    .slice(0, limit);
  const last = page.length < limit ? undefined : page.at(-1);
  return { backups: page.map((row) => asLiving(tables, row)), next: last && JSON.stringify(sortKeyOf(last)) };
};

const asLiving = (tables: Tables, row: BackupRow): LivingBackup => {
  const { key, backupId, optimizeVersion, profile, indexPrefix, origin, location, state, create, parts } = asRecord(
    tables,
    row,
  );
  return {
    ...{ key, backupId, optimizeVersion, profile, indexPrefix, origin, location, state, create },
    parts: parts.map(({ number, of, snapshotName, state: is, uuid, versionId, oldestIndex, drift }) => ({
      ...{ number, of, snapshotName, uuid, versionId, oldestIndex, drift },
      state: is,
    })),
    busy: isBusy(tables, row),
    deleting: [...tables.operations.values()].some(
      ({ backup, kind, detail }) => backup === row && kind === 'delete' && (detail.removing ?? null) !== null,
    ),
  };
};

const openOne = ({ reconciliations }: Tables): ReconciliationRecord | undefined =>
  reconciliations.find(({ endedAt }) => endedAt === undefined);

const open = (
  tables: Tables,
  given: Pick<ReconciliationRecord, 'id' | 'trigger' | 'requestId' | 'actor'>,
): ReconciliationRecord => {
  const times = { requestedAt: tables.now(), startedAt: undefined, endedAt: undefined };
  const made = { ...given, ...times, complete: false, result: undefined };
  tables.reconciliations.push(made);
  return made;
};

const change = (tables: Tables, id: string, to: Partial<ReconciliationRecord>): boolean => {
  const at = tables.reconciliations.findIndex((row) => row.id === id && row.endedAt === undefined);
  const row = tables.reconciliations[at];
  if (row === undefined) return false;
  tables.reconciliations[at] = { ...row, ...to };
  return true;
};

const requestReconciliation: Method<'requestReconciliation'> = (tables, id, { actor, reason, requestId }) => {
  const standing = openOne(tables);
  if (standing) return standing;
  const why = omitUndefined({ reason, requestId });
  const after = { reconciliationId: id };
  addEvents(tables, [{ kind: 'reconcile.requested', actor, source: 'api', ...why, after }], { backupId: undefined });
  return open(tables, { id, trigger: 'request', requestId, actor });
};

const dueReconciliation: Method<'dueReconciliation'> = (tables, id, actor, everyMs) => {
  const standing = openOne(tables);
  if (standing || everyMs === undefined) return standing;
  const [since, until] = [after(tables.now(), -everyMs), after(tables.now(), CLOCK_SLACK_MS)];
  const isFresh = tables.reconciliations.some(({ endedAt }) => endedAt && endedAt > since && endedAt <= until);
  return isFresh ? undefined : open(tables, { id, trigger: 'schedule', requestId: undefined, actor });
};

const beginReconciliation: Method<'beginReconciliation'> = (tables, id) => {
  const startedAt = tables.reconciliations.find((row) => row.id === id)?.startedAt ?? tables.now();
  return change(tables, id, { startedAt });
};

const endReconciliation: Method<'endReconciliation'> = (tables, id, { complete, result, keepMs }) => {
  change(tables, id, { endedAt: tables.now(), complete, result: stored(result) });
  const lastComplete = tables.reconciliations.findLast((row) => row.complete)?.endedAt;
  const before = after(tables.now(), -keepMs);
  const kept = tables.reconciliations.filter(
    ({ endedAt }) =>
      endedAt === undefined || lastComplete === undefined || endedAt >= before || endedAt >= lastComplete,
  );
  tables.reconciliations.splice(0, tables.reconciliations.length, ...kept);
};

const findReconciliation: Method<'findReconciliation'> = (tables, id) =>
  id === undefined
    ? (openOne(tables) ?? tables.reconciliations.at(-1))
    : tables.reconciliations.find((row) => row.id === id);

export const reconciliation = (tables: Tables): ReconciliationHistory =>
  methods(tables, {
    livingBackups,
    requestReconciliation,
    dueReconciliation,
    beginReconciliation,
    endReconciliation,
    findReconciliation,
  });
