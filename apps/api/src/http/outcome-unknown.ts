import { posix } from 'node:path';
import { type Failure, fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Route } from './route.ts';

/** The write was sent to PostgreSQL, which did not confirm whether it committed. */
export const isUnconfirmed = (error: unknown): error is Failure =>
  isFailure(error, 'HISTORY_UNREACHABLE') && error.data.outcome === 'unknown';

/** Cause of a failure whose own message says what is unknown: whether an earlier request with the key was accepted. */
export const KEY_NOT_CHECKED = 'KEY_NOT_CHECKED';

const wordsOf = (seenAt: string, { data, message }: Failure): string =>
  data.cause === KEY_NOT_CHECKED
    ? `${message} Once readiness is UP, GET ${seenAt} shows what was accepted.`
    : `It is unknown whether the request was accepted: it was sent to PostgreSQL, which did not confirm it. Wait until readiness is UP, then send GET ${seenAt}; before that, 404 does not mean that it was refused. PostgreSQL: ${message}`;

/** `seenAt`: the path at which GET shows what was requested. */
export const outcomeUnknown = (seenAt: string, cause: Failure): Failure =>
  fail('OUTCOME_UNKNOWN', wordsOf(seenAt, cause), { seenAt }, cause);

/** Carries out a request. OUTCOME_UNKNOWN: PostgreSQL did not confirm it. */
export const orAskGet = async <Answer>(seenAt: string, work: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await work();
  } catch (error) {
    throw isUnconfirmed(error) ? outcomeUnknown(seenAt, error) : error;
  }
};

/** Adds the path at which GET shows the result: that of the request, or its parent. Without such a route the failure stays as it is. */
export const withSeenAt = (failure: Failure, routes: readonly Route[], route: string, path: string): Failure => {
  if (!isUnconfirmed(failure)) return failure;
  const isShown = (of: string) => routes.some(({ method, path: known }) => method === 'get' && known === of);
  if (isShown(route)) return outcomeUnknown(path, failure);
  return isShown(posix.dirname(route)) ? outcomeUnknown(posix.dirname(path), failure) : failure;
};
