import { Redis, type RedisOptions } from 'ioredis';
import type { ConnectionOptions } from './redis-connection.ts';

/**
 * The connection of a consumer. BullMQ makes a second one out of it for blocking reads and gives no hold on it; this one remembers
 * it, so that a shutdown can cut both while Redis does not answer (BullMQ's close waits for ever then, taskforcesh/bullmq#4656).
 */
export class ConsumerConnection extends Redis {
  readonly #copies: { disconnect(): void }[] = [];
  readonly #onError: (error: Error) => void;

  constructor(options: ConnectionOptions, onError: (error: Error) => void) {
    super(options);
    this.#onError = onError;
    this.on('error', onError);
  }

  override duplicate<Override extends Partial<RedisOptions> | undefined = undefined>(override?: Override) {
    const copy = super.duplicate(override);
    copy.on('error', this.#onError);
    this.#copies.push(copy);
    return copy;
  }

  /** Ends both connections without waiting for an answer. */
  cut(): void {
    for (const connection of [this, ...this.#copies]) connection.disconnect();
  }
}
