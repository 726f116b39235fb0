/** Whether another try may help; each failure code has its class (failure/failures.ts). */
export const ERROR_CLASSES = ['transient', 'terminal', 'operator'] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** What follows from the code of a failure alone: one such row per code, in codes/. */
export type FailureDefinition = {
  /**
   * Whether another try of an operation may help. transient: retried with backoff. operator: an operator must fix something; retried slowly,
   * so that it resumes by itself afterwards. terminal: it ends the operation. null: no attempt of an operation fails with it.
   */
  readonly failureClass: ErrorClass | ClassByCall | null;
  /** How a request that fails with it is answered. null: no request does; it is the reason of an operation. */
  readonly http: HttpFailure | null;
  /** A sentence that says what is the matter, the same for all failures with the code. */
  readonly title: string;
  /** A failure that Tandem can really report, as the documentation shows it. */
  readonly example: FailureExample;
  /** What an operator or a caller can do. */
  readonly remedy: string;
};

export type HttpFailure = {
  /** Under /api. */
  readonly status: number;
  /** Who has to change something before the same request succeeds. Under /actuator it decides the status and the error code. */
  readonly fault: 'client' | 'server';
  /** Under /actuator, if Optimize has a status there that does not follow from `fault` and `status`. */
  readonly optimizeStatus?: number;
  /** Under /actuator/backups it means that Optimize cannot connect to its engine, which has a status and an error code of its own there. */
  readonly isConnection?: true;
};

/** If the code alone does not decide, the call to the engine does. */
export type ClassByCall = { readonly startSnapshot: ErrorClass; readonly other: ErrorClass };

export type FailureExample = {
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
};
