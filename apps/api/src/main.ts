import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger, type Logger } from '@tandem/runtime/logging/logger.ts';
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
import { composeApi } from './compose.ts';

exitIfHelpRequested('api', 'serves the REST API');
const { settings, warnings } = startSettings();
const log = createLogger('api', settings);
const stopped = untilStopped(log);
for (const warning of warnings) log.warn(warning);

const watchdog = startWatchdog({ service: 'api', afterMs: settings.watchdogMs });
const draining = new AbortController();
const stopping = new AbortController();
const api = composeApi(settings, log, { draining: draining.signal, stopping: stopping.signal });
api.server.on('request', ({ method, url }: IncomingMessage) => watchdog.note(`${method} ${url}`));
const port = await startUnlessStopped(log, stopped, start);
const scheme = settings.tlsCertificate === undefined ? 'http' : 'https';
announceReady(log, 'api', { address: `${scheme}://${settings.host}:${port}`, version: tandemVersion });
void warnOfParts();

log.info({ signal: await untilEnded(log, stopped, api.foreign), drainMs: settings.drainMs }, 'api stops');
draining.abort();
await sleep(settings.drainMs);
await stopWithin(log, settings.shutdownMs, async () => {
  stopping.abort();
  api.server.close();
  api.server.closeIdleConnections();
  await once(api.server, 'close');
  await api.close();
});

async function start(): Promise<number> {
  refuseStart(log, await api.refusal());
  await own();
  return listen(api.server, log);
}

/** Does not delay the start: a service that is unavailable now may be available when a request needs it. */
async function warnOfParts(): Promise<void> {
  const found = await api.warnings();
  // a stop closes the connections of the checks
  if (!stopping.signal.aborted) for (const warning of found) log.warn(warning);
}

/** If the keys in Redis belong to another history, the process ends before it serves a request. */
async function own(): Promise<void> {
  try {
    await api.own();
  } catch (error) {
    log.fatal((error as Error).message);
    process.exit(1);
  }
}

/** If the port is in use the process ends: clients would not find another one. */
async function listen(server: Server, to: Logger): Promise<number> {
  server.listen(settings.port, settings.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const remedy =
      code === 'EADDRINUSE'
        ? 'The port is in use: stop the process that listens there, or set PORT.'
        : 'Check HOST and PORT.';
    to.fatal(
      { host: settings.host, port: settings.port, code },
      `The API cannot listen on ${settings.host}:${settings.port}. ${remedy}`,
    );
    process.exit(1);
  }
  return (server.address() as AddressInfo).port;
}
