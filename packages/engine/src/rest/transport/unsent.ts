import { checkBeforeSend } from '../../calls-port.ts';

/** What the check right before the request threw. */
export class Unsent extends Error {
  override readonly name = 'Unsent';
}

/** Throws Unsent, so that it does not count as a failure of the engine. */
export const requireSendable = (): void => {
  try {
    checkBeforeSend();
  } catch (error) {
    throw new Unsent('a check refused the request', { cause: error });
  }
};
