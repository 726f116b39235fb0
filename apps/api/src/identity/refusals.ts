import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import { type Actor, actorName } from '@tandem/shared/domain/history/event.ts';

/** The same for whatever is wrong with the credentials: it must not help to guess them. */
export const unauthenticated = (): Failure =>
  fail(
    'UNAUTHENTICATED',
    'Send an API key or an access token in the header authorization ("Bearer ..."), or a client certificate. What was sent, if anything, was not accepted.',
  );

/** For API keys; `cause`: why PostgreSQL did not answer. */
export const keysUnavailable = (cause: unknown): Failure =>
  fail(
    'IDENTITY_UNAVAILABLE',
    'PostgreSQL cannot be reached, so API keys cannot be checked. Try again once it can.',
    {},
    cause,
  );

/** `who` begins the sentence. The response has the seconds in Retry-After. */
export const tooManyRequests = (who: string, limit: number, retryAfterSeconds: number): Failure =>
  fail(
    'TOO_MANY_REQUESTS',
    `${who} may send ${limit} requests a minute. Send the next one after the time in Retry-After.`,
    { retryAfterSeconds },
  );

/** As messages name a caller, in the middle of a sentence. */
export const describedActor = (actor: Actor): string => {
  switch (actor.kind) {
    case 'api-key':
      return `key ${actor.name} (${actor.id})`;
    case 'anonymous':
      return `an anonymous caller at ${actor.address}`;
    default:
      return actorName(actor);
  }
};
