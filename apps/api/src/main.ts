import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
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
const { server, managementServer } = api;
const servers = managementServer === undefined ? [server] : [server, managementServer];
for (const each of servers) each.on('request', ({ method, url }: IncomingMessage) => watchdog.note(`${method} ${url}`));
announceReady(log, 'api', { ...(await startUnlessStopped(log, stopped, start)), version: tandemVersion });
void warnOfParts();

log.info({ signal: await untilEnded(log, stopped, api.foreign), drainMs: settings.drainMs }, 'api stops');
draining.abort();
await sleep(settings.drainMs);
await stopWithin(log, settings.shutdownMs, async () => {
  stopping.abort();
  await Promise.all(servers.map(closed));
  await api.close();
});

async function start(): Promise<{ readonly address: string; readonly managementAddress?: string }> {
  const { host, port, managementHost, managementPort } = settings;
  refuseStart(log, await api.refusal());
  await own();
  const address = await listen(server, { host, port, names: ['HOST', 'PORT'] });
  if (managementServer === undefined) return { address };
  const management = { host: managementHost, port: managementPort ?? 0 };
  const names = ['MANAGEMENT_HOST', 'MANAGEMENT_PORT'] as const;
  return { address, managementAddress: await listen(managementServer, { ...management, names }) };
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

/** Resolves once its last response was sent. */
async function closed(each: Server): Promise<void> {
  each.close();
  each.closeIdleConnections();
  await once(each, 'close');
}

type ListenOptions = {
  readonly host: string;
  readonly port: number;
  /** The settings of both. */
  readonly names: readonly [host: string, port: string];
};

/** Where it listens. If the port is in use the process ends: clients would not find another one. */
async function listen(to: Server, { host, port, names: [hostName, portName] }: ListenOptions): Promise<string> {
  to.listen(port, host);
  try {
    await once(to, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const remedy =
      code === 'EADDRINUSE'
        ? `The port is in use: stop the process that listens there, or set ${portName}.`
        : `Check ${hostName} and ${portName}.`;
    log.fatal({ host, port, code }, `The API cannot listen on ${host}:${port}. ${remedy}`);
    process.exit(1);
  }
  const scheme = settings.tlsCertificate === undefined ? 'http' : 'https';
  return `${scheme}://${host}:${(to.address() as AddressInfo).port}`;
}
