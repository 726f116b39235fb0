const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** No connection was available: nothing was sent. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
  /** The size of the pool, if all of its connections were in use; undefined: another cause. */
  readonly busy: number | undefined;

  constructor(cause: unknown, busy?: number) {
    super(wordsOf(cause), { cause });
    this.busy = busy;
  }
}

/** A statement was sent, and neither a result nor an error was received: it is unknown whether it took effect. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';

  constructor(cause: unknown) {
    super(wordsOf(cause), { cause });
  }
}
