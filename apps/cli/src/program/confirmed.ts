import { CommandFailure, usageError } from '../command-failure.ts';
import type { Io } from '../io/io.ts';

export type Confirmation = {
  /** What is about to happen, in sentences. */
  readonly what: string;
  /** What an operator has to type, such as the id of the backup. */
  readonly answer: string;
  /** Whether the command line confirms it already. */
  readonly given: boolean;
  /** The options that confirm it where nobody can be asked. */
  readonly options: string;
};

/** Resolves if it is confirmed, on the command line or on the terminal. Otherwise nothing happens, and it rejects. */
export const confirmed = async ({ what, answer, given, options }: Confirmation, io: Io): Promise<void> => {
  if (given) return;
  if (!io.isInteractive) throw usageError(`${what} Nobody can be asked here.`, `To confirm it, add ${options}.`);
  io.say(what);
  const typed = await io.ask(`Type ${answer} to confirm: `);
  if (typed !== answer) throw new CommandFailure('usage', 'Not confirmed. Nothing was changed.');
};
