import type { Logger } from '../logging/logger.ts';

/** Exits with 1 if there is a reason not to start. */
export const refuseStart = (log: Logger, reason: string | undefined): void => {
  if (reason === undefined) return;
  log.fatal(reason);
  process.exit(1);
};
