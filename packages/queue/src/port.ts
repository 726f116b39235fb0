/**
 * Redis hurries: a job says that an operation may be due, and carries its id and revision, nothing else. Losing, repeating or delaying
 * one does no harm: PostgreSQL knows what is due (packages/history), and the sweep queues it again.
 */
export type JobKind = 'operation';

/** Version 1 of the payload. A worker that meets an unknown kind or a newer version puts the job back for a newer worker. */
export type OperationJob = {
  readonly operationId: string;
  /** The operation's revision when it was queued; part of the job's id, so that a dead worker's job does not block a new one. */
  readonly revision: number;
};

/** What a handler answers: done with this job, or run this same job again after a time. */
export type JobOutcome = { readonly next: 'done' } | { readonly next: 'again'; readonly inMs: number };

export type QueueHealth = {
  /** Jobs that could run now and do not. */
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  /** Undefined: none is waiting. */
  readonly oldestWaitingMs: number | undefined;
  /** What an operator should know: no persistence, an evicting policy. Sentences. */
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

export type JobHandler = (job: OperationJob) => Promise<JobOutcome>;

export interface JobConsumer {
  /** Begins to take jobs. A handler that rejects ends its job: the operation stays due in PostgreSQL and the sweep brings it back. */
  start(handler: JobHandler): void;
  /** Takes no more jobs and waits for those under way, at most `withinMs`; false: some had to be left. */
  stop(withinMs: number): Promise<boolean>;
}

/**
 * Says which backups something was written about, so that whoever waits need not ask PostgreSQL over and over. A hint: it may be lost,
 * come twice or late, so listeners ask for the truth now and then all the same.
 */
export interface ChangeFeed {
  /** Never rejects and never waits. */
  announce(backupIds: readonly string[]): void;
  /** The answered function ends it. */
  listen(onChange: (backupIds: readonly string[]) => void): () => void;
  /** Bounded, also while Redis is away. */
  close(): Promise<void>;
}
