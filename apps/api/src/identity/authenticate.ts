import type { Authenticator } from './caller.ts';

/**
 * Asks one authenticator after the other, in the order in which a credential outranks the next. Once one recognises its kind, no other is
 * asked: what is present and not accepted never counts as absent.
 */
export const authenticate =
  (authenticators: readonly Authenticator[]): Authenticator =>
  async (credentials) => {
    for (const recognise of authenticators) {
      const caller = await recognise(credentials);
      if (caller !== undefined) return caller;
    }
    return undefined;
  };
