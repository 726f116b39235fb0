import { createHash } from 'node:crypto';
import type { OperationHistory } from '@tandem/history/operations-port.ts';
import { fail } from '@tandem/shared/domain/failure.ts';

const DAY_MS = 86_400_000;
/** A request that has been running for so long has died with its process. */
const ABANDONED_MS = 60_000;

export type Idempotent<Answer> = {
  readonly history: Pick<OperationHistory, 'claimKey' | 'releaseKey'>;
  readonly key: string;
  readonly body: unknown;
  /** Does the work, and keeps its answer for the key in the same statement. */
  readonly work: () => Promise<Answer>;
  readonly parse: (kept: unknown) => Answer;
};

/**
 * The first request with a key works, later ones with the same body are answered what it was. IDEMPOTENCY_KEY_REUSED: another body.
 * IDEMPOTENCY_KEY_RUNNING: the first has not answered yet. A request that failed gives its key back. Kept for 24 hours.
 */
export const idempotent = async <Answer>(request: Idempotent<Answer>): Promise<Answer> => {
  const { history, key, body, work, parse } = request;
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
  const claimed = await history.claimKey(key, digest, { keepMs: DAY_MS, abandonedMs: ABANDONED_MS });
  if (claimed.claim === 'replay') return parse(claimed.answer);
  if (claimed.claim === 'mismatch') {
    throw fail(
      'IDEMPOTENCY_KEY_REUSED',
      'This Idempotency-Key came with another body before: use a new key for a new request.',
    );
  }
  if (claimed.claim === 'running') {
    throw fail(
      'IDEMPOTENCY_KEY_RUNNING',
      'The first request with this Idempotency-Key has not been answered yet: send it again later.',
    );
  }
  try {
    return await work();
  } catch (error) {
    await history.releaseKey(key);
    throw error;
  }
};
