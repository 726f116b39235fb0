const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** No connection was to be had: nothing was sent. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
  /** So many connections there may be, and all of them were in use; undefined: it was something else. */
  readonly busy: number | undefined;

  constructor(cause: unknown, busy?: number) {
    super(wordsOf(cause), { cause });
    this.busy = busy;
  }
}

/** A statement was sent, and neither its result nor an error came back: whether it took effect is not known. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';

  constructor(cause: unknown) {
    super(wordsOf(cause), { cause });
  }
}
