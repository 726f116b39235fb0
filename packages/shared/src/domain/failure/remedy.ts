import type { ErrorClass } from './failure-definition.ts';
import { definitionOf, isFailureCode } from './failures.ts';

const byClass: Readonly<Record<ErrorClass, string>> = {
  transient: 'No action needed, unless it persists.',
  operator: 'Fix what the message reports.',
  terminal: 'Fix what the message reports.',
};

/** Undefined: by its code it ends the operation, so that its remedy speaks of an operation that has ended. */
const remedyWhileRetried = (code: string): string | undefined => {
  if (!isFailureCode(code)) return undefined;
  const { failureClass, remedy } = definitionOf(code);
  return failureClass === null || failureClass === 'terminal' ? undefined : remedy;
};

/**
 * What to do about the last error of an open operation. Codes that this version does not know (stored by another one), and those that were
 * retried although their code alone would not be, get the remedy of the class.
 */
export const remedyOf = (code: string, errorClass: ErrorClass): string =>
  `${remedyWhileRetried(code) ?? byClass[errorClass]} Tandem retries by itself.`;
