/** A response with an error status, as an RFC 9457 problem. */
export class ApiError extends Error {
  readonly status: number;
  /** Of docs/failures.md; undefined: the response was not Tandem's, such as that of a proxy. */
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  /** Seconds after which the same request may succeed. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    message: string,
    facts: { status: number; code?: string; requestId?: string; retryAfterSeconds?: number },
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = facts.status;
    this.code = facts.code;
    this.requestId = facts.requestId;
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}
