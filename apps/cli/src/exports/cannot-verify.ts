/** Could not be checked: the message says what to do. */
export class CannotVerify extends Error {
  override readonly name = 'CannotVerify';
}
