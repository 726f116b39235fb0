import { ApiError } from '@tandem/client/api-error.ts';
import { InsecureAddressError } from '@tandem/client/insecure-address-error.ts';
import { NetworkError } from '@tandem/client/network-error.ts';
import { CommandFailure } from './command-failure.ts';
import { type ExitName, exitOfError } from './exit-codes.ts';
import type { Style } from './output/style.ts';

export type Explanation = { readonly exit: ExitName; readonly lines: readonly string[] };

/** What stderr says of an error: what happened, what to do, which request it was. */
export const explainError = (error: unknown, style: Style): Explanation => {
  const head = (message: string) => `${style.bad('tandem:')} ${message}`;
  if (error instanceof ApiError) {
    return {
      exit: exitOfError(error),
      lines: [head(error.message), ...remedyOf(error), style.dim(refOf(error))],
    };
  }
  if (error instanceof CommandFailure) {
    return { exit: error.exit, lines: [head(error.message), ...(error.remedy === undefined ? [] : [error.remedy])] };
  }
  if (error instanceof NetworkError) return { exit: 'unreachable', lines: [head(error.message), ...doubtOf(error)] };
  if (error instanceof InsecureAddressError) {
    return { exit: 'usage', lines: [head(error.message), 'Add --insecure if nobody else can read that network.'] };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exit: 'failed', lines: [head('Something went wrong inside this command. Please report it.'), detail] };
};

const doubtOf = ({ mayHaveArrived }: NetworkError): readonly string[] =>
  mayHaveArrived ? ['The request may have arrived: see tandem operation list before you repeat it.'] : [];

/** The message of a response says what to do about most errors; these depend on how the command was called. */
const REMEDIES: Readonly<Record<number, string>> = {
  401: 'Check the key: tandem context show, and TANDEM_API_KEY or TANDEM_API_KEY_FILE if they are set.',
  403: 'tandem whoami shows who you are and which role you have.',
};

const remedyOf = ({ status }: ApiError): readonly string[] => {
  const remedy = REMEDIES[status];
  return remedy === undefined ? [] : [remedy];
};

const refOf = ({ code, status, requestId }: ApiError): string =>
  [code ?? `HTTP ${status}`, ...(requestId === undefined ? [] : [`request ${requestId}`])].join(', ');
