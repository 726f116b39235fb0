import { isFailure } from '@tandem/shared/domain/failure/failure.ts';

/** Undefined where the engine, or a service in front of it, does not allow the call or does not know it. */
export const whereAllowed = async <T>(read: Promise<T>): Promise<T | undefined> => {
  try {
    return await read;
  } catch (error) {
    if (isFailure(error, 'ENGINE_FORBIDDEN', 'ENGINE_BLOCKED', 'ENGINE_REFUSED')) return undefined;
    throw error;
  }
};
