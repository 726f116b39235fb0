import { setTimeout as sleep } from 'node:timers/promises';
import { type Job, Worker } from 'bullmq';

const FIRST_MS = 1_000;
const MAX_MS = 30_000;

/**
 * When Redis rejects a fetch (READONLY, NOPERM, MISCONF), BullMQ retries at once: tens of thousands of commands a second, and an
 * event loop that does nothing else. This worker waits a second after the first such error in a row, doubled up to 30 s. When the connection is
 * lost, BullMQ waits for it by itself. It still rethrows the error.
 */
export class PatientWorker<Data, Result, Name extends string> extends Worker<Data, Result, Name> {
  readonly #stopped = new AbortController();
  #failures = 0;
  /** Called after each fetch that Redis accepted: an earlier error is over, even one that only the blocking wait met. */
  onAnswered: () => void = () => undefined;

  /** Ends a wait: the worker is about to close. */
  hurry(): void {
    this.#stopped.abort();
  }

  protected override async moveToActive(token: string, name?: string): Promise<Job<Data, Result, Name>> {
    try {
      const job = await super.moveToActive(token, name);
      this.onAnswered();
      this.#failures = 0;
      return job;
    } catch (error) {
      if (!isAnswer(error)) throw error;
      const waitMs = Math.min(FIRST_MS * 2 ** this.#failures, MAX_MS);
      this.#failures = Math.min(this.#failures + 1, 10);
      await sleep(waitMs, undefined, { signal: this.#stopped.signal, ref: false }).catch(() => undefined);
      throw error;
    }
  }
}

const isAnswer = (error: unknown): boolean => error instanceof Error && error.name === 'ReplyError';
