import type { RedisFacts } from '@tandem/shared/domain/doctor/facts.ts';

/** What the doctor reads of Redis. */
export interface QueueInspection {
  /** Rejects within the adapter's time-out when Redis does not answer. What Redis does not report or permit is undefined. Writes nothing. */
  inspect(): Promise<RedisFacts>;
  /** Bounded, also while Redis is away. */
  close(): Promise<void>;
}
