import type { OperationJob } from '../port.ts';

export const QUEUE_NAME = 'operations';
export const JOB_NAME = 'operation';
const NEWEST = 1;

export type JobData = {
  readonly v: number;
  readonly operationId: string;
  readonly revision: number;
  /** When the job is to run again, in milliseconds since 1970; absent until it has run once. */
  readonly dueAt?: number;
};

/** BullMQ rejects job ids that are all digits or contain a colon. */
export const jobIdOf = ({ operationId, revision }: OperationJob): string => `operation-${operationId}-${revision}`;

export const encodeJob = ({ operationId, revision }: OperationJob): JobData => ({ v: NEWEST, operationId, revision });

export type Decoded =
  | { readonly is: 'operation'; readonly job: OperationJob }
  /** Of a kind or version that only a newer worker knows. */
  | { readonly is: 'newer' }
  | { readonly is: 'malformed' };

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Total: every value found in Redis has a result. */
export const decodeJob = (name: string, data: unknown): Decoded => {
  if (name !== JOB_NAME) return { is: 'newer' };
  if (typeof data !== 'object' || data === null) return { is: 'malformed' };
  const { v, operationId, revision } = data as Partial<Record<keyof JobData, unknown>>;
  if (!isCount(v)) return { is: 'malformed' };
  if (v > NEWEST) return { is: 'newer' };
  if (typeof operationId !== 'string' || operationId === '' || !isCount(revision)) return { is: 'malformed' };
  return { is: 'operation', job: { operationId, revision } };
};

/** Since when a job has been ready to run: since it was queued, or since its retry time. */
export const waitingSince = (queuedAt: number, data: unknown): number => {
  const dueAt = typeof data === 'object' && data !== null ? (data as JobData).dueAt : undefined;
  return Math.max(queuedAt, isCount(dueAt) ? dueAt : 0);
};
