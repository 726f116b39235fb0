import type { Schemas } from '../../connect/schemas.ts';
import type { ExitName } from '../../exit-codes.ts';

/** Every node writes a file, into storage that may be slow. */
export const VERIFYING_MS = 120_000;

/** Null: it could not be determined. */
export const exitOfVerification = ({ verified }: Schemas['RepositoryVerification']): ExitName => {
  if (verified === null) return 'unreachable';
  return verified ? 'ok' : 'failed';
};
