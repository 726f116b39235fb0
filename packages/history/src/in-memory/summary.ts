import { backupBytes } from '@tandem/shared/domain/backup/backup-bytes.ts';
import { dayIn } from '@tandem/shared/domain/history/calendar.ts';
import { type Period, periodStart } from '@tandem/shared/domain/history/periods.ts';
import { isCancelled } from '@tandem/shared/domain/operation/cancellation.ts';
import type {
  CalendarDay,
  HistorySummary,
  NewestBackups,
  PastRestore,
  Percentiles,
  Periods,
  Recovery,
  SummaryHistory,
} from '../ports/summary.ts';
import { figures, ofInstallation, percentile } from './figures.ts';
import { methods } from './methods.ts';
import { isRestore } from './restore-requests.ts';
import type { BackupRow, OperationRow, Tables } from './tables.ts';

const percentiles = (values: readonly (number | undefined)[]): Percentiles | undefined => {
  const sorted = values.filter((value) => value !== undefined).sort((one, other) => one - other);
  if (sorted.length === 0) return undefined;
  return { p50: Math.round(percentile(sorted, 0.5)), p95: Math.round(percentile(sorted, 0.95)) };
};

const tookMs = ({ requestedAt, endedAt }: BackupRow): number | undefined =>
  endedAt && endedAt.getTime() - requestedAt.getTime();

const periodsOf = (backups: readonly BackupRow[], by: Period): Periods =>
  [...Map.groupBy(backups, ({ requestedAt }) => periodStart(by, requestedAt).getTime())]
    .sort(([one], [other]) => one - other)
    .map(([start, all]) => {
      const taken = all.filter((backup) => !isCancelled(backup));
      const completed = taken.filter(({ state }) => state === 'COMPLETED');
      return {
        start: new Date(start),
        taken: taken.length,
        cancelled: all.length - taken.length,
        failed: taken.filter(({ state }) => state === 'FAILED').length,
        deleted: taken.filter(({ deletedAt }) => deletedAt !== undefined).length,
        durationMs: percentiles(completed.map(tookMs)),
        bytes: percentiles(completed.map(({ parts }) => backupBytes(parts))),
      };
    });

const recoveryOf = (backups: readonly BackupRow[], restores: readonly OperationRow[], now: Date): Recovery => {
  const ended = backups
    .flatMap(({ backupId, state, deletedAt, endedAt }) =>
      state === 'COMPLETED' && deletedAt === undefined && endedAt ? [{ backupId, endedAt }] : [],
    )
    .sort((one, other) => one.endedAt.getTime() - other.endedAt.getTime())
    .at(-1);
  return {
    lastCompleted: ended && { ...ended, ageMs: now.getTime() - ended.endedAt.getTime() },
    lastRestore: lastOf(restores, 'restore'),
    lastRehearsal: lastOf(restores, 'rehearse'),
  };
};

const lastOf = (restores: readonly OperationRow[], kind: OperationRow['kind']): PastRestore | undefined =>
  restores
    .filter((restore) => restore.kind === kind)
    .flatMap(({ id, backup, requestedAt, endedAt }) =>
      endedAt === undefined
        ? []
        : [
            {
              ...{ operationId: id, backupId: backup.backupId, endedAt },
              durationMs: endedAt.getTime() - requestedAt.getTime(),
            },
          ],
    )
    .sort((one, other) => one.endedAt.getTime() - other.endedAt.getTime())
    .at(-1);

const historySummary = (tables: Tables, by: Period, from: Date, to: Date): HistorySummary => {
  const now = tables.now();
  const restores = [...tables.operations.values()].filter((one) => isRestore(one) && one.state === 'SUCCEEDED');
  const taken = ofInstallation(tables).filter(({ requestedAt }) => requestedAt >= from && requestedAt < to);
  const ended = restores.filter(({ endedAt }) => endedAt !== undefined && endedAt >= from && endedAt < to);
  const versions = [...taken, ...ended.map(({ backup }) => backup)].map(({ optimizeVersion }) => optimizeVersion);
  return {
    periods: periodsOf(taken, by),
    recovery: recoveryOf(ofInstallation(tables), restores, now),
    versions: [...new Set(versions)].sort().map((optimizeVersion) => {
      const ofVersion = taken.filter((backup) => backup.optimizeVersion === optimizeVersion);
      const restored = ended.filter(({ backup }) => backup.optimizeVersion === optimizeVersion);
      return { optimizeVersion, periods: periodsOf(ofVersion, by), recovery: recoveryOf(ofVersion, restored, now) };
    }),
  };
};

const newestBackups = (tables: Tables, clusterUuid: string, indexPrefix: string): NewestBackups => {
  const living = ofInstallation(tables).filter(
    (row) => row.deletedAt === undefined && row.location.clusterUuid === clusterUuid && row.indexPrefix === indexPrefix,
  );
  return {
    completed: lastBy(
      living.filter(({ state }) => state === 'COMPLETED'),
      ({ endedAt }) => endedAt,
    ),
    proven: lastBy(
      living.filter(({ proof }) => proof !== undefined),
      ({ requestedAt }) => requestedAt,
    ),
  };
};

const lastBy = (rows: readonly BackupRow[], timeOf: (row: BackupRow) => Date | undefined): string | undefined =>
  rows
    .flatMap((row) => {
      const time = timeOf(row);
      return time === undefined ? [] : [{ key: row.key, time: time.getTime() }];
    })
    .sort((one, other) => one.time - other.time || Number(one.key) - Number(other.key))
    .at(-1)?.key;

const lastCluster = (tables: Tables): string | undefined =>
  tables.backups
    .filter(({ origin }) => origin !== 'discovered')
    .sort((one, other) => Number(one.key) - Number(other.key))
    .at(-1)?.location.clusterUuid;

const calendar = (tables: Tables, timeZone: string, from: string, to: string): readonly CalendarDay[] => {
  const dayOf = dayIn(timeZone);
  const days = Map.groupBy(ofInstallation(tables), ({ requestedAt }) => dayOf(requestedAt));
  return [...days]
    .filter(([date]) => date >= from && date <= to)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([date, backups]) => {
      const living = backups.filter(({ deletedAt }) => deletedAt === undefined);
      const states = Object.fromEntries(
        [...Map.groupBy(living, ({ state }) => state)].map(([state, those]) => [state, those.length]),
      );
      return { date, states, deleted: backups.length - living.length };
    });
};

export const summary = (tables: Tables): SummaryHistory =>
  methods(tables, { newestBackups, lastCluster, historySummary, calendar, figures });
