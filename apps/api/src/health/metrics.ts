import type { HistoryLine } from '@tandem/history/ports/rollback.ts';
import type { HistoryFigures } from '@tandem/history/ports/summary.ts';
import type { QueueHealth } from '@tandem/queue/port.ts';
import { BACKUP_STATES, DRIFTS } from '@tandem/shared/domain/backup/backup.ts';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = {
  readonly onAnswered: (route: string, method: string, status: number, seconds: number) => void;
  readonly onDenied: (code: string) => void;
  /** The Prometheus text with current figures. The figures of a source that does not respond are left out, and tandem_source_up shows it. */
  readonly text: () => Promise<{ readonly contentType: string; readonly body: string }>;
};

export type MetricsSources = {
  readonly figures: () => Promise<HistoryFigures>;
  readonly line: () => Promise<HistoryLine>;
  readonly queueHealth: () => Promise<QueueHealth>;
};

export const createMetrics = ({ figures, line, queueHealth }: MetricsSources): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `tandem_${name}`, help, labelNames, registers: [registry] });
  const http = new Histogram({
    name: 'tandem_http_request_duration_seconds',
    help: 'Response time by route.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const denied = new Counter({
    name: 'tandem_requests_denied_total',
    help: 'Requests that were denied, by failure code.',
    labelNames: ['code'],
    registers: [registry],
  });
  const up = gauge('source_up', 'Whether the source of figures responded to this scrape.', 'source');
  const backups = gauge('backups', 'Backups that are not deleted, by last seen state.', 'state');
  const lastCompleted = gauge(
    'last_completed_backup_age_seconds',
    'Age of the newest COMPLETED backup, without safety backups of restores.',
  );
  const open = gauge(
    'open_operations',
    'Open operations by kind, state and failure class of their last error.',
    'kind',
    'state',
    'failure_class',
  );
  const lastProof = gauge(
    'last_full_proof_age_seconds',
    'Age of the newest full proof of a backup that is not deleted: a rehearsal that restored and compared all of it.',
  );
  const openAge = gauge(
    'open_operation_age_seconds',
    'Time since the oldest open operation of that kind and state was requested.',
    'kind',
    'state',
  );
  const oldestDue = gauge('oldest_due_operation_seconds', 'How long the longest waiting open operation has been due.');
  const oldestSuspended = gauge(
    'oldest_suspended_operation_seconds',
    'How long the longest suspended operation has been SUSPENDED; 0: none is.',
  );
  const parts = gauge(
    'part_duration_seconds',
    'Durations of parts that ended in the last 24 hours.',
    'part',
    'quantile',
  );
  const partsEnded = gauge('parts_ended', 'Parts that ended in the last 24 hours.', 'part');
  const unsealed = gauge('unsealed_events', 'Events that are not sealed yet; 10000 means that many or more.');
  const oldestUnsealed = gauge(
    'oldest_unsealed_event_age_seconds',
    'Age of the oldest event that is not sealed; 0: all are sealed.',
  );
  const rolledBack = gauge('history_rolled_back', '1: PostgreSQL was rolled back, which is not acknowledged yet.');
  const heartbeat = gauge('history_heartbeat_age_seconds', 'Age of the heartbeat, which bounds what a rollback loses.');
  const jobs = gauge('queue_jobs', 'Jobs in Redis.', 'state');
  const oldestJob = gauge('oldest_waiting_job_age_seconds', 'Age of the oldest job that could run now.');

  const drifted = gauge('drifted_parts', 'Parts that differed from their record in the last reconciliation.', 'drift');
  const unread = gauge('unread_repositories', 'Repositories that the last reconciliation could not read.');
  const changedRepositories = gauge(
    'changed_repositories',
    'Repositories that do not match their record; backups into them are refused until an operator accepts them.',
  );
  const reconciled = gauge(
    'last_reconciliation_age_seconds',
    'Age of the last reconciliation of the history with the repositories.',
  );
  const reconciledAll = gauge(
    'last_complete_reconciliation_age_seconds',
    'Age of the last reconciliation that could read every repository.',
  );

  const showReconciliation = ({ reconciliation, lastCompleteReconciliationSeconds }: HistoryFigures): void => {
    drifted.reset();
    for (const drift of DRIFTS) if (reconciliation !== undefined) drifted.set({ drift }, reconciliation.parts[drift]);
    setOrRemove(unread, reconciliation?.unreadRepositories);
    setOrRemove(reconciled, reconciliation?.ageSeconds);
    setOrRemove(reconciledAll, lastCompleteReconciliationSeconds);
  };
  const showHistory = (now: HistoryFigures): void => {
    for (const state of BACKUP_STATES) backups.set({ state }, now.backups[state]);
    setOrRemove(lastCompleted, now.lastCompletedAgeSeconds);
    setOrRemove(lastProof, now.lastFullProofAgeSeconds);
    showReconciliation(now);
    changedRepositories.set(now.changedRepositories);
    open.reset();
    openAge.reset();
    for (const { kind, state, errorClass, count } of now.openOperations)
      open.inc({ kind, state, failure_class: errorClass }, count);
    for (const { kind, state, oldestSeconds } of oldestOfEach(now.openOperations))
      openAge.set({ kind, state }, oldestSeconds);
    oldestDue.set(now.oldestDueSeconds ?? 0);
    oldestSuspended.set(now.oldestSuspendedSeconds ?? 0);
    unsealed.set(now.unsealedEvents);
    oldestUnsealed.set(now.oldestUnsealedSeconds ?? 0);
    parts.reset();
    partsEnded.reset();
    for (const { part, count, p50Seconds, p95Seconds } of now.partDurations) {
      partsEnded.set({ part }, count);
      parts.set({ part, quantile: '0.5' }, p50Seconds);
      parts.set({ part, quantile: '0.95' }, p95Seconds);
    }
  };
  const showLine = ({ rollback, heartbeatAt, now }: HistoryLine): void => {
    rolledBack.set(rollback === undefined ? 0 : 1);
    heartbeat.set(Math.max(0, Date.parse(now) - Date.parse(heartbeatAt)) / 1_000);
  };
  const showQueue = (now: QueueHealth): void => {
    for (const state of ['waiting', 'active', 'delayed'] as const) jobs.set({ state }, now[state]);
    oldestJob.set((now.oldestWaitingMs ?? 0) / 1000);
  };

  const text = async () => {
    const [history, queue, seen] = await Promise.allSettled([figures(), queueHealth(), line()]);
    up.set({ source: 'postgresql' }, history.status === 'fulfilled' ? 1 : 0);
    up.set({ source: 'redis' }, queue.status === 'fulfilled' ? 1 : 0);
    // stale figures would look current, and an alert on an age would never fire
    if (history.status === 'fulfilled') showHistory(history.value);
    else {
      forget(
        [backups, open, openAge, parts, partsEnded, drifted],
        [
          lastCompleted,
          lastProof,
          oldestDue,
          oldestSuspended,
          unsealed,
          oldestUnsealed,
          unread,
          changedRepositories,
          reconciled,
          reconciledAll,
        ],
      );
    }
    if (seen.status === 'fulfilled') showLine(seen.value);
    else forget([], [rolledBack, heartbeat]);
    if (queue.status === 'fulfilled') showQueue(queue.value);
    else forget([jobs], [oldestJob]);
    return { contentType: registry.contentType, body: await registry.metrics() };
  };
  return {
    text,
    onAnswered: (route, method, status, seconds) => http.observe({ route, method, status }, seconds),
    onDenied: (code) => denied.inc({ code }),
  };
};

/** By kind and state; the last value of a label set wins. */
const oldestOfEach = (rows: HistoryFigures['openOperations']): HistoryFigures['openOperations'] =>
  rows.toSorted((one, other) => one.oldestSeconds - other.oldestSeconds);

/** Without a response there is no figure: metrics with labels are left out, the others are NaN. */
const forget = (labelled: readonly Gauge<string>[], single: readonly Gauge<string>[]): void => {
  for (const gauge of labelled) gauge.reset();
  for (const gauge of single) gauge.set(Number.NaN);
};

/** A missing value is not 0: an age of 0 would say that a backup has just ended. */
const setOrRemove = (gauge: Gauge, value: number | undefined): void => gauge.set(value ?? Number.NaN);
