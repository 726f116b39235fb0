import type { ExitName } from './exit-codes.ts';

/** Ends a command: printed to stderr as what happened and what to do, without a stack. */
export class CommandFailure extends Error {
  readonly exit: ExitName;
  readonly remedy: string | undefined;

  constructor(exit: ExitName, message: string, remedy?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandFailure';
    this.exit = exit;
    this.remedy = remedy;
  }
}

/** Nothing was sent. */
export const usageError = (message: string, remedy?: string): CommandFailure =>
  new CommandFailure('usage', message, remedy);

/** Ctrl-C. `follow`: the command that follows what continues. */
export const interrupted = (follow?: string): CommandFailure =>
  follow === undefined
    ? new CommandFailure('interrupted', 'Interrupted. A request that was already sent takes effect all the same.')
    : new CommandFailure('interrupted', 'Interrupted. The operation continues.', `To follow it: ${follow}`);
