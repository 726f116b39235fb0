/** open: whoever reaches the port is admin. unknown: PostgreSQL has not said yet whether there are keys. */
export type AuthMode = 'open' | 'required' | 'unknown';

export type Exposure = {
  /** AUTH_MODE or ACTUATOR_AUTH; undefined: an operator chose neither. */
  readonly chosen: 'open' | 'required' | undefined;
  /** Whether only this machine reaches the port. */
  readonly loopback: boolean;
  /** Whether access tokens or client certificates are accepted, or a bootstrap key will be. */
  readonly hasIssuer: boolean;
};

/** `hasKeys`: whether a key was ever created; undefined: not known. */
export const authMode = ({ chosen, loopback, hasIssuer }: Exposure, hasKeys: boolean | undefined): AuthMode => {
  if (chosen !== undefined) return chosen;
  if (hasIssuer || hasKeys === true) return 'required';
  if (hasKeys === undefined) return 'unknown';
  return loopback ? 'open' : 'required';
};

/** Whether the start is refused: nobody could be authenticated, and nobody chose that everyone may do everything. */
export const isUnsafe = ({ chosen, loopback, hasIssuer }: Exposure, hasKeys: boolean | undefined): boolean =>
  chosen === undefined && !loopback && !hasIssuer && hasKeys === false;
