/** Facts of a response with an error status. */
export type ApiErrorFacts = {
  readonly status: number;
  readonly code?: string | undefined;
  readonly title?: string | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
};

/** A response with an error status. The message says what was found and what to do. */
export class ApiError extends Error {
  readonly status: number;
  /** Of docs/failures.md; undefined: of Optimize's endpoints, or not Tandem's, such as that of a proxy. */
  readonly code: string | undefined;
  /** What the code means, in a few words. */
  readonly title: string | undefined;
  readonly requestId: string | undefined;
  /** Seconds after which the same request may succeed. */
  readonly retryAfterSeconds: number | undefined;
  /** The fields of the problem that depend on its code, such as `backupId`; those of Optimize's error body. */
  readonly data: Readonly<Record<string, unknown>>;

  constructor(message: string, facts: ApiErrorFacts) {
    super(message);
    this.name = 'ApiError';
    this.status = facts.status;
    this.code = facts.code;
    this.title = facts.title;
    this.requestId = facts.requestId;
    this.retryAfterSeconds = facts.retryAfterSeconds;
    this.data = facts.data ?? {};
  }
}
