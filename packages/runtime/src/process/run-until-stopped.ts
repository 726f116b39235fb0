import type { Logger } from '../logging/logger.ts';

/**
 * Resolves with the signal on SIGTERM or SIGINT. If a parent started the process over IPC and exits, that counts as SIGTERM, so
 * that no process is left behind. An uncaught error is logged and ends the process with 1.
 */
export const untilStopped = (log: Logger): Promise<string> => {
  const fatal = (error: unknown) => {
    log.fatal({ err: error }, 'unexpected error: the process ends');
    process.exitCode = 1;
    setTimeout(() => process.exit(1), 100);
  };
  process.on('uncaughtException', fatal).on('unhandledRejection', fatal);
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
    if (process.send !== undefined) process.once('disconnect', () => resolve('disconnect of the parent'));
  });
};

/** Resolves with the signal, or with the error that keeps the process from continuing: it is logged, and the process ends with 1. */
export const untilEnded = (log: Logger, stopped: Promise<string>, failed: Promise<Error>): Promise<string> => {
  const unable = failed.then((error) => {
    log.fatal(error.message);
    process.exitCode = 1;
    return error.name;
  });
  return Promise.race([stopped, unable]);
};

/**
 * What the start resolves to. A signal before that ends the process at once, however long the start would still wait for services: it has
 * accepted and claimed nothing yet.
 */
export const startUnlessStopped = async <Started>(
  log: Logger,
  stopped: Promise<string>,
  start: () => Promise<Started>,
): Promise<Started> => {
  let isStarted = false;
  void stopped.then((signal) => {
    if (isStarted) return;
    log.info({ signal }, 'stopped during the start');
    process.exit(process.exitCode ?? 0);
  });
  const started = await start();
  isStarted = true;
  return started;
};

/** Logs that the process is ready, and notifies a parent that started it over IPC. */
export const announceReady = (log: Logger, name: string, facts: Readonly<Record<string, unknown>>): void => {
  log.info(facts, `${name} ready`);
  process.send?.('ready');
};

/** Runs the stop to its end or to the time limit, then exits, so that a task that hangs cannot keep the process alive. */
export const stopWithin = async (log: Logger, withinMs: number, stop: () => Promise<unknown>): Promise<never> => {
  const timer = setTimeout(() => {
    log.warn({ withinMs }, 'not all work ended in time; another process will resume it');
    process.exit(process.exitCode ?? 0);
  }, withinMs);
  try {
    await stop();
  } catch (error) {
    log.error({ err: error }, 'stopping failed');
  }
  clearTimeout(timer);
  process.exit(process.exitCode ?? 0);
};
