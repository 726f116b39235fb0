export const STACK_FAILURES = [
  'ALREADY_RUNNING',
  'PART_DID_NOT_START',
  'NO_JAVA',
  'NO_MAVEN',
  'NO_BINARIES',
  'DOWNLOAD_FAILED',
  'UNKNOWN_ENGINE',
  'ENGINE_GIVEN_TWICE',
  'SAMPLE_DATA_REFUSED',
] as const;
export type StackFailureCode = (typeof STACK_FAILURES)[number];

/** Why a stack does not start: the code is for programs, the message for the user. */
export class StackFailure extends Error {
  readonly code: StackFailureCode;

  constructor(code: StackFailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StackFailure';
    this.code = code;
  }
}
