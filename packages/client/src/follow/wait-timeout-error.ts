/** It had not ended when the time was over. What was waited for continues. */
export class WaitTimeoutError<Data = unknown> extends Error {
  /** What was read last. */
  readonly last: Data;

  constructor(withinMs: number, last: Data) {
    super(`Not ended within ${withinMs / 1000} s. It continues.`);
    this.name = 'WaitTimeoutError';
    this.last = last;
  }
}
