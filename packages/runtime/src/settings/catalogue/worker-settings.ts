import { row } from '../setting.ts';
import { duration, durationOrOff, integer, text } from './setting-kinds.ts';

/** What workers do, and how often. */
export const workerSettings = {
  concurrency: row({
    environment: 'WORKER_CONCURRENCY',
    yaml: 'worker.concurrency',
    schema: integer(1, 1000),
    default: '20',
    about: 'Ticks that one worker runs at once.',
  }),
  createsPerRepository: row({
    environment: 'CREATES_PER_REPOSITORY',
    yaml: 'worker.createsPerRepository',
    schema: integer(1, 100),
    default: '1',
    about: 'Backups that one repository takes at once; the others wait in the order they were accepted.',
  }),
  leaseMs: row({
    environment: 'LEASE_DURATION',
    yaml: 'worker.leaseDuration',
    schema: duration('1s', '10m'),
    default: '3s',
    about: 'How long a worker that no longer responds keeps an operation.',
  }),
  sweepIntervalMs: row({
    environment: 'SWEEP_INTERVAL',
    yaml: 'worker.sweepInterval',
    schema: duration('100ms', '10m'),
    default: '1s',
    about: 'How often PostgreSQL is queried for operations that no job works on.',
  }),
  suspendAfterMs: row({
    environment: 'SUSPEND_AFTER',
    yaml: 'worker.suspendAfter',
    schema: duration('1m', '30d'),
    default: '12h',
    about:
      'A backup or deletion that has been due for this long without a worker claiming it is suspended until an operator releases it.',
  }),
  sealIntervalMs: row({
    environment: 'SEAL_INTERVAL',
    yaml: 'worker.sealInterval',
    schema: duration('100ms', '1h'),
    default: '10s',
    about: 'How often new events are sealed. A change of an event that is not sealed yet cannot be detected.',
  }),
  sealKey: row({
    environment: 'SEAL_KEY_FILE',
    yaml: 'worker.sealKeyFile',
    schema: text,
    default: undefined,
    file: true,
    about: 'Ed25519 private key (PEM) that the worker signs seals with. Without it seals are not signed.',
  }),
  restoreExpiryMs: row({
    environment: 'RESTORE_EXPIRY',
    yaml: 'worker.restoreExpiry',
    schema: duration('1s', '30d'),
    default: '1h',
    about:
      'How long a restore may go without progress before its first write to the indices; then it ends FAILED and needs a new plan.',
  }),
  interruptedRetryDelayMs: row({
    environment: 'INTERRUPTED_RETRY_DELAY',
    yaml: 'worker.interruptedRetryDelay',
    schema: duration('100ms', '1h'),
    default: '1m',
    about:
      "Wait before a part that failed on shards without a primary or a lost node is retried. Three attempts in all, to bridge a node's restart.",
  }),
  reconcileIntervalMs: row({
    environment: 'RECONCILE_INTERVAL',
    yaml: 'worker.reconcileInterval',
    schema: durationOrOff('1s', '7d'),
    default: '10m',
    about: 'How often the history is compared with what the repositories hold; `off`: only on request.',
  }),
  jobLockMs: row({
    environment: 'JOB_LOCK_DURATION',
    yaml: 'worker.jobLockDuration',
    schema: duration('1s', '10m'),
    default: '10s',
    about: "BullMQ's lock on a job.",
  }),
  stalledCheckIntervalMs: row({
    environment: 'STALLED_CHECK_INTERVAL',
    yaml: 'worker.stalledCheckInterval',
    schema: duration('1s', '10m'),
    default: '5s',
    about: 'How often BullMQ looks for jobs of dead workers.',
  }),
  pollIntervalMinMs: row({
    environment: 'POLL_INTERVAL_MIN',
    yaml: 'polling.intervalMin',
    schema: duration('10ms', '10m'),
    default: '50ms',
    about: 'First interval between two polls of a running snapshot.',
  }),
  pollIntervalMaxMs: row({
    environment: 'POLL_INTERVAL_MAX',
    yaml: 'polling.intervalMax',
    schema: duration('10ms', '1h'),
    default: '10s',
    about:
      "Longest interval between two polls; between the two limits it is a twentieth of the snapshot's running time.",
  }),
};
