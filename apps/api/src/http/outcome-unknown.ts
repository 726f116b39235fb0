import { posix } from 'node:path';
import { type Failure, fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Route } from './route.ts';

/** PostgreSQL was sent what the request changes, and did not say whether it took it. */
export const isUnconfirmed = (error: unknown): error is Failure =>
  isFailure(error, 'HISTORY_UNREACHABLE') && error.data.outcome === 'unknown';

/** Cause of a failure whose message says itself what is not known: whether an earlier request with the key was accepted. */
export const KEY_NOT_CHECKED = 'KEY_NOT_CHECKED';

const wordsOf = (seenAt: string, { data, message }: Failure): string =>
  data.cause === KEY_NOT_CHECKED
    ? `${message} Once readiness is UP, GET ${seenAt} shows what was accepted.`
    : `It is not known whether the request was accepted: PostgreSQL took it and did not confirm it. Wait until readiness is UP, then ask GET ${seenAt}; before that, 404 does not mean that it was refused. PostgreSQL: ${message}`;

/** `seenAt`: where a GET shows what was requested. */
export const outcomeUnknown = (seenAt: string, cause: Failure): Failure =>
  fail('OUTCOME_UNKNOWN', wordsOf(seenAt, cause), { seenAt }, cause);

/** Does what a request asks for; OUTCOME_UNKNOWN where PostgreSQL did not confirm it. */
export const orAskGet = async <Answer>(seenAt: string, work: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await work();
  } catch (error) {
    throw isUnconfirmed(error) ? outcomeUnknown(seenAt, error) : error;
  }
};

/** Of a request of any route: shown at its own path, or at the one above it. Where it has none, the failure is left as it is. */
export const withSeenAt = (failure: Failure, routes: readonly Route[], route: string, path: string): Failure => {
  if (!isUnconfirmed(failure)) return failure;
  const isShown = (of: string) => routes.some(({ method, path: known }) => method === 'get' && known === of);
  if (isShown(route)) return outcomeUnknown(path, failure);
  return isShown(posix.dirname(route)) ? outcomeUnknown(posix.dirname(path), failure) : failure;
};
