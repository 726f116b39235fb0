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

/**
 * The failure of a repository that was not registered: with a type, the engine itself refused it. Its status says little: 500 for a type of repository that it does not have,
 * and, before 8, for a repository that a snapshot uses.
 */
export const refusedRegistration = (error: unknown, context: CallContext): unknown =>
  isFailure(error, 'ENGINE_REFUSED', 'ENGINE_FAILED') && error.data.type !== undefined
    ? engineFailure('REPOSITORY_REFUSED', context, error.data)
    : error;
