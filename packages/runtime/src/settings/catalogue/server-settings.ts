import { row } from '../setting.ts';
import { choice, duration, durationOrOff, integer, publicUrl, text } from './setting-kinds.ts';

/** What every process has, and the ports. */
export const serverSettings = {
  host: row({
    environment: 'HOST',
    yaml: 'server.host',
    schema: text,
    default: '127.0.0.1',
    about: 'Address that the API listens on.',
  }),
  port: row({
    environment: 'PORT',
    yaml: 'server.port',
    schema: integer(0, 65_535),
    default: '8092',
    about: 'Port of the API; 0 takes a free one.',
  }),
  publicUrl: row({
    environment: 'PUBLIC_URL',
    yaml: 'server.publicUrl',
    schema: publicUrl,
    default: undefined,
    about:
      'Where clients reach the API, including the path if a proxy serves it below one. Shown in `openapi.json` and in `Location`. Without it `openapi.json` names the URL it was fetched from.',
  }),
  workerPort: row({
    environment: 'WORKER_PORT',
    yaml: 'worker.port',
    schema: integer(0, 65_535),
    default: undefined,
    about: "Port on HOST for the worker's own liveness and metrics; without it the worker opens no port.",
  }),
  logLevel: row({
    environment: 'LOG_LEVEL',
    yaml: 'log.level',
    schema: choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    default: 'info',
    about: 'Lowest level that is logged.',
  }),
  shutdownMs: row({
    environment: 'SHUTDOWN_TIMEOUT',
    yaml: 'server.shutdownTimeout',
    schema: duration('100ms', '10m'),
    default: '8s',
    about: 'How long a stopping process waits for running requests and ticks.',
  }),
  watchdogMs: row({
    environment: 'WATCHDOG_TIMEOUT',
    yaml: 'server.watchdogTimeout',
    schema: durationOrOff('5s', '1h'),
    default: '30s',
    about:
      'A process whose event loop is blocked for this long ends with SIGALRM (exit status 142), so that it is restarted. `off`: never, as under `--inspect`.',
  }),
  drainMs: row({
    environment: 'DRAIN_TIME',
    yaml: 'server.drainTime',
    schema: duration('0ms', '10m'),
    default: '0s',
    about:
      'How long a stopping API, already reported as not ready, accepts requests before it closes its port, so that load balancers notice. `SHUTDOWN_TIMEOUT` begins after it.',
  }),
  keepAliveMs: row({
    environment: 'KEEP_ALIVE_TIMEOUT',
    yaml: 'server.keepAliveTimeout',
    schema: duration('1s', '1h'),
    default: '65s',
    about: "How long the API keeps an idle connection open. Must be longer than the load balancer's idle timeout.",
  }),
  requestTimeoutMs: row({
    environment: 'REQUEST_TIMEOUT',
    yaml: 'server.requestTimeout',
    schema: duration('1s', '10m'),
    default: '15s',
    about: 'How long a client may take to send a request.',
  }),
};
