import type { Style } from '../output/style.ts';

/** What a command may do with the terminal, the clock and the process. */
export type Io = {
  /** A line to stderr: warnings, progress, questions. Data is returned instead. */
  readonly say: (line: string) => void;
  /** Raw data to stdout, for what is too long to be returned. Resolves once the stream takes more. */
  readonly write: (chunk: Uint8Array | string) => Promise<void>;
  /** Whether an operator can answer questions: stdin and stderr are terminals. */
  readonly isInteractive: boolean;
  /** Asks on the terminal; resolves with the line that was entered, without spaces around it. */
  readonly ask: (question: string) => Promise<string>;
  /** Where a progress bar is drawn. Undefined: stderr is no terminal. */
  readonly bar: NodeJS.WriteStream | undefined;
  /** How texts on stderr are coloured. */
  readonly style: Style;
  readonly now: () => Date;
  /** Rejects with the reason of `signal` when that aborts. */
  readonly pause: (ms: number) => Promise<void>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
};
