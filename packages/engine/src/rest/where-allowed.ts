import { type FailureCode, isFailure } from '@tandem/shared/domain/failure/failure.ts';

const NOT_ALLOWED = ['ENGINE_FORBIDDEN', 'ENGINE_BLOCKED', 'ENGINE_REFUSED'] as const;

const unless = async <T>(codes: readonly FailureCode[], read: Promise<T>): Promise<T | undefined> => {
  try {
    return await read;
  } catch (error) {
    if (isFailure(error, ...codes)) return undefined;
    throw error;
  }
};

/** Undefined where the engine, or a service in front of it, does not allow the call or does not know it. */
export const whereAllowed = <T>(read: Promise<T>): Promise<T | undefined> => unless(NOT_ALLOWED, read);

/** For calls of Elasticsearch's security: an engine without it has no such path; one with it disabled fails with an error of its own. */
export const whereSecured = <T>(read: Promise<T>): Promise<T | undefined> =>
  unless([...NOT_ALLOWED, 'ENGINE_FAILED'], read);
