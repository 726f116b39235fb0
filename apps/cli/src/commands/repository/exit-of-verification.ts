import type { Schemas } from '../../connect/schemas.ts';
import type { ExitName } from '../../exit-codes.ts';

/** Null: it could not be determined. */
export const exitOfVerification = ({ verified }: Schemas['RepositoryVerification']): ExitName => {
  if (verified === null) return 'unreachable';
  return verified ? 'ok' : 'failed';
};
