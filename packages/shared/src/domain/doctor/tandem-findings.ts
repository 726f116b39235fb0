import { type Finding, failed, ok, warn } from './finding.ts';

export type LineFacts = {
  /** ISO 8601, of the database. */
  readonly now: string;
  readonly heartbeatAt: string;
  readonly rollback: { readonly detectedAt: string } | undefined;
};

/** Whether an unacknowledged rollback is recorded. */
export const rollbackFinding = ({ rollback }: LineFacts): Finding =>
  rollback === undefined
    ? ok('history-rollback', 'PostgreSQL was not rolled back.')
    : failed(
        'history-rollback',
        `PostgreSQL was rolled back to an earlier state (detected at ${rollback.detectedAt}).`,
        'Follow docs/disaster-recovery.md, then POST /api/v1/history/acknowledge-rollback.',
        { detectedAt: rollback.detectedAt },
      );

/** The worker that sweeps writes the heartbeat, except during a rollback. */
export const workerFinding = ({ now, heartbeatAt, rollback }: LineFacts, withinMs: number): Finding => {
  const ageMs = Date.parse(now) - Date.parse(heartbeatAt);
  const evidence = { heartbeatAt, ageSeconds: Math.round(ageMs / 1_000) };
  if (rollback !== undefined || ageMs <= withinMs) return ok('worker', 'A worker is running.', evidence);
  return warn(
    'worker',
    `No worker has been seen since ${heartbeatAt}: what is requested waits.`,
    'Start a worker, or check the log of the running one.',
    evidence,
  );
};
