import type { OperationEnd } from '@tandem/shared/domain/operation/operation.ts';
import type { StatusFigures, StatusHistory } from '../ports/status.ts';
import { ofInstallation } from './figures.ts';
import { methods } from './methods.ts';
import { type BackupRow, hasPassed, type Tables } from './tables.ts';

const MAX_COUNTED = 100;

type Ended = { readonly endedAt: Date; readonly key: string };

const inOrder = (one: Ended, other: Ended): number =>
  one.endedAt.getTime() - other.endedAt.getTime() || Number(one.key) - Number(other.key);

/** Those in that state, the one that ended last first. */
const endedLast = (backups: readonly BackupRow[], state: BackupRow['state']) =>
  backups
    .flatMap((row) => (row.state === state && row.endedAt !== undefined ? [{ ...row, endedAt: row.endedAt }] : []))
    .sort((one, other) => -inOrder(one, other));

const lastRestore = ({ operations }: Tables): StatusFigures['lastRestore'] => {
  const ended = [...operations.values()].filter(({ kind, endedAt }) => kind === 'restore' && endedAt !== undefined);
  const last = ended.toSorted((one, other) => one.position - other.position).at(-1);
  if (last === undefined) return undefined;
  const { id: operationId, backup, state, failure } = last;
  return { operationId, backupId: backup.backupId, state: state as OperationEnd, failure };
};

const statusFigures = (tables: Tables, limit: number): StatusFigures => {
  const now = tables.now();
  const ageMs = (time: Date): number => Math.max(0, now.getTime() - time.getTime());
  const living = ofInstallation(tables).filter(({ deletedAt }) => deletedAt === undefined);
  const completed = endedLast(living, 'COMPLETED');
  const [last] = completed;
  const failed = endedLast(living, 'FAILED').filter((row) => last === undefined || inOrder(row, last) > 0);
  const proven = living
    .toSorted(
      (one, other) => one.requestedAt.getTime() - other.requestedAt.getTime() || Number(one.key) - Number(other.key),
    )
    .findLast(({ proof }) => proof !== undefined);
  const provenAt = new Date(proven?.proof?.at ?? 0);
  return {
    completed: completed
      .slice(0, limit)
      .map(({ backupId, optimizeVersion, endedAt }) => ({ backupId, optimizeVersion, endedAt, ageMs: ageMs(endedAt) })),
    proven: proven && { backupId: proven.backupId, provenAt, ageMs: ageMs(provenAt) },
    failed: failed[0] && { backupId: failed[0].backupId, count: Math.min(failed.length, MAX_COUNTED) },
    lastRestore: lastRestore(tables),
    parts: tables.reconciliations.findLast((row) => hasPassed(row.endedAt, now))?.result?.parts,
  };
};

export const status = (tables: Tables): StatusHistory => methods(tables, { statusFigures });
