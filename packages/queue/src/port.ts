/**
 * A job is a hint that an operation may be due; it carries the operation's id and revision, nothing else. Losing, repeating or delaying
 * one does no harm: PostgreSQL knows what is due (packages/history), and the sweep queues it again.
 */
export type JobKind = 'operation';

/** Version 1 of the payload. A worker that meets an unknown kind or a newer version puts the job back for a newer worker. */
export type OperationJob = {
  readonly operationId: string;
  /** The operation's revision when it was queued; part of the job's id, so that a dead worker's job does not block a new one. */
  readonly revision: number;
};

/** What a handler returns: done with this job, or run this same job again after a delay. */
export type JobOutcome = { readonly next: 'done' } | { readonly next: 'again'; readonly inMs: number };

export type QueueHealth = {
  /** Jobs that are due and not running. */
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  /** Undefined: none is waiting. */
  readonly oldestWaitingMs: number | undefined;
  /** Sentences for an operator: no persistence, an evicting policy. */
  readonly warnings: readonly string[];
};

export interface JobQueue {
  /**
   * Puts a job for each into the queue, in one round trip; a job that is there already (same operation and revision) stays one.
   * Rejects within the adapter's time-out when Redis does not answer; the jobs may still arrive, which does no harm.
   */
  enqueue(jobs: readonly OperationJob[]): Promise<void>;
  /** Rejects within the time-out when Redis does not answer. */
  health(): Promise<QueueHealth>;
  /** Bounded, also while Redis is away. */
  close(): Promise<void>;
}

/** Carries out one job. A rejection ends the job, and the operation stays due in PostgreSQL. */
export type JobHandler = (job: OperationJob) => Promise<JobOutcome>;

export interface JobConsumer {
  /** Begins to take jobs. A handler that rejects ends its job: the operation stays due in PostgreSQL and the sweep requeues it. */
  start(handler: JobHandler): void;
  /** Takes no more jobs and waits at most `withinMs` for the running ones; false: some were still running. */
  stop(withinMs: number): Promise<boolean>;
}

/**
 * Announces which backups changed, so that waiting callers need not poll PostgreSQL. A hint: it may be lost,
 * repeated or late, so listeners still poll from time to time.
 */
export interface ChangeFeed {
  /** Never rejects and never waits. */
  announce(backupIds: readonly string[]): void;
  /** The returned function unsubscribes. */
  listen(onChange: (backupIds: readonly string[]) => void): () => void;
  /** Bounded, also while Redis is away. */
  close(): Promise<void>;
}
