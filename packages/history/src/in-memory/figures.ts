import type { BackupState } from '@tandem/shared/domain/backup/backup.ts';
import { NO_BACKUPS } from '@tandem/shared/domain/history/calendar.ts';
import { MAX_COUNTED } from '../ports/seals.ts';
import type { HistoryFigures } from '../ports/summary.ts';
import { unsealedRows } from './seals.ts';
import {
  activeOperations,
  after,
  type BackupRow,
  hasPassed,
  isFree,
  isTooFarAhead,
  type OperationRow,
  openOperations,
  type Tables,
} from './tables.ts';

const DAY_MS = 86_400_000;

/** Without safety backups. */
export const ofInstallation = ({ backups }: Pick<Tables, 'backups'>): readonly BackupRow[] =>
  backups.filter(({ safetyOf }) => safetyOf === undefined);

const seconds = (from: number, to: Date): number => (to.getTime() - from) / 1000;

const backupsByState = (tables: Tables): Record<BackupState, number> => {
  const counts = { ...NO_BACKUPS };
  for (const { state, deletedAt } of ofInstallation(tables)) if (deletedAt === undefined) counts[state] += 1;
  return counts;
};

const lastCompletedAge = (tables: Tables, now: Date): number | undefined => {
  const ends = ofInstallation(tables)
    .filter(({ state, deletedAt }) => state === 'COMPLETED' && deletedAt === undefined)
    .flatMap(({ endedAt }) => (endedAt ? [endedAt.getTime()] : []));
  return ends.length === 0 ? undefined : seconds(Math.max(...ends), now);
};

const lastFullProofAge = ({ backups }: Tables, now: Date): number | undefined => {
  const proven = backups.flatMap(({ proof, deletedAt }) =>
    proof === undefined || deletedAt !== undefined ? [] : [Date.parse(proof.at)],
  );
  return proven.length === 0 ? undefined : seconds(Math.max(...proven), now);
};

const groupOf = ({ kind, state, errorClass }: OperationRow): string => [kind, state, errorClass ?? 'none'].join(' ');

const operationsByClass = (open: readonly OperationRow[], now: Date): HistoryFigures['openOperations'] => {
  const groups = Map.groupBy(
    open.toSorted((one, other) => (groupOf(one) < groupOf(other) ? -1 : 1)),
    groupOf,
  );
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            kind: first.kind,
            state: first.state,
            errorClass: first.errorClass ?? ('none' as const),
            count: 1 + others.length,
            oldestSeconds: Math.max(...[first, ...others].map((one) => seconds(one.requestedAt.getTime(), now))),
          },
        ],
  );
};

const oldestDue = (open: readonly OperationRow[], now: Date): number | undefined => {
  const due = open.filter(
    (operation) => (operation.nextTickAt <= now || isTooFarAhead(operation, now)) && isFree(operation, now),
  );
  return due.length === 0 ? undefined : Math.max(...due.map((operation) => dueForSeconds(operation, now)));
};

/** Of one that lies too far ahead: by how much. */
const dueForSeconds = ({ nextTickAt, waitMs }: OperationRow, now: Date): number =>
  nextTickAt <= now ? seconds(nextTickAt.getTime(), now) : -seconds(nextTickAt.getTime() - waitMs, now);

const oldestSuspended = (open: readonly OperationRow[], now: Date): number | undefined => {
  const since = open.flatMap(({ suspension }) => (suspension ? [suspension.at.getTime()] : []));
  return since.length === 0 ? undefined : seconds(Math.min(...since), now);
};

/** Between two values in proportion, as PostgreSQL's percentile_cont. */
export const percentile = (sorted: readonly number[], share: number): number => {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
};

const partDurations = (tables: Tables, now: Date): HistoryFigures['partDurations'] => {
  const since = after(now, -DAY_MS);
  const took = ofInstallation(tables)
    .flatMap(({ parts }) => parts)
    .flatMap(({ number, state, startedAt, endedAt }) =>
      state === 'SUCCESS' && startedAt && endedAt && endedAt > since
        ? [{ number, seconds: seconds(startedAt.getTime(), endedAt) }]
        : [],
    );
  const groups = [...Map.groupBy(took, ({ number }) => number)].sort(([one], [other]) => one - other);
  return groups.map(([part, durations]) => {
    const sorted = durations.map((duration) => duration.seconds).sort((one, other) => one - other);
    return { part, count: sorted.length, p50Seconds: percentile(sorted, 0.5), p95Seconds: percentile(sorted, 0.95) };
  });
};

const lastReconciliation = ({ reconciliations }: Tables, now: Date): HistoryFigures['reconciliation'] => {
  const { endedAt, result } = reconciliations.findLast((row) => hasPassed(row.endedAt, now)) ?? {};
  if (endedAt === undefined || result === undefined) return undefined;
  const unreadRepositories = result.repositories.filter(({ unread }) => unread !== undefined).length;
  return { parts: result.parts, unreadRepositories, ageSeconds: seconds(endedAt.getTime(), now) };
};

const lastComplete = ({ reconciliations }: Tables, now: Date): number | undefined => {
  const { endedAt } = reconciliations.findLast(({ complete, endedAt: at }) => complete && hasPassed(at, now)) ?? {};
  return endedAt && seconds(endedAt.getTime(), now);
};

export const figures = (tables: Tables): HistoryFigures => {
  const now = tables.now();
  const open = openOperations(tables);
  const unsealed = unsealedRows(tables);
  return {
    backups: backupsByState(tables),
    lastCompletedAgeSeconds: lastCompletedAge(tables, now),
    lastFullProofAgeSeconds: lastFullProofAge(tables, now),
    openOperations: operationsByClass(open, now),
    oldestDueSeconds: oldestDue(activeOperations(tables), now),
    oldestSuspendedSeconds: oldestSuspended(open, now),
    reconciliation: lastReconciliation(tables, now),
    lastCompleteReconciliationSeconds: lastComplete(tables, now),
    changedRepositories: [...tables.changedRepositories.values()].filter((row) => row.acceptedAt === undefined).length,
    partDurations: partDurations(tables, now),
    unsealedEvents: Math.min(unsealed.length, MAX_COUNTED),
    oldestUnsealedSeconds: unsealed[0] && seconds(unsealed[0].at.getTime(), now),
  };
};
