import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';

/** Whoever sends the request again is answered as the faster one was. */
export const keyOvertaken = (): Failure =>
  fail('HISTORY_UNREACHABLE', 'Another request with the same idempotency key took over: send it again.', {
    cause: 'KEY_OVERTAKEN',
  });
