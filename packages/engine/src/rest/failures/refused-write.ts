import { type Failure, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { type CallContext, engineFailure } from './failure.ts';

const mayBeReadOnly = (error: unknown): error is Failure =>
  isFailure(error, 'REPOSITORY_UNAVAILABLE') && error.data.type === 'repository_exception';

/**
 * The failure of a rejected write into a repository: 7.17 uses one error type for a repository whose storage is broken and for one that is
 * registered as read-only (seen on 7.17.29), so `isReadOnly` checks which it is.
 */
export const explainedWrite = async (
  error: unknown,
  context: CallContext,
  isReadOnly: () => Promise<boolean>,
): Promise<unknown> =>
  mayBeReadOnly(error) && (await isReadOnly()) ? engineFailure('ENGINE_REFUSED', context, error.data) : error;
