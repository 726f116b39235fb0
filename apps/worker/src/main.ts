import { KeysOfAnother } from '@tandem/planning/guard/watch-owner.ts';
import { createLogger } from '@tandem/runtime/logging/logger.ts';
import { exitIfHelpRequested } from '@tandem/runtime/process/help.ts';
import { refuseStart } from '@tandem/runtime/process/refuse-start.ts';
import {
  announceReady,
  startUnlessStopped,
  stopWithin,
  untilEnded,
  untilStopped,
} from '@tandem/runtime/process/run-until-stopped.ts';
import { startWatchdog } from '@tandem/runtime/process/watchdog.ts';
import { startSettings } from '@tandem/runtime/settings/start-settings.ts';
import { tandemVersion } from '@tandem/runtime/version.ts';
import { composeWorker } from './compose.ts';

exitIfHelpRequested('worker', 'carries out backups, deletions, restores and rehearsals');
const { settings, warnings } = startSettings();
const log = createLogger('worker', settings);
const stopped = untilStopped(log);
for (const warning of warnings) log.warn(warning);

const watchdog = startWatchdog({ service: 'worker', afterMs: settings.watchdogMs });
const worker = composeWorker(settings, log, watchdog.note);
const port = await startUnlessStopped(log, stopped, start);
announceReady(log, 'worker', { version: tandemVersion, port, concurrency: settings.concurrency });

log.info({ signal: await untilEnded(log, stopped, worker.foreign) }, 'worker stops');
await stopWithin(log, settings.shutdownMs, worker.stop);

async function start(): Promise<number | undefined> {
  refuseStart(log, await worker.refusal());
  try {
    return await worker.start();
  } catch (error) {
    if (error instanceof KeysOfAnother) {
      log.fatal(error.message);
      process.exit(1);
    }
    const { code } = error as NodeJS.ErrnoException;
    const isPort = code === 'EADDRINUSE' || code === 'EACCES';
    const remedy = isPort
      ? 'WORKER_PORT is in use or invalid: stop the process that listens there, or set another port.'
      : 'The worker cannot start.';
    log.fatal({ port: settings.workerPort, err: error }, remedy);
    process.exit(1);
  }
}
