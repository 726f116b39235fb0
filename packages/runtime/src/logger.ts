import { type Logger, pino } from 'pino';
import type { Settings } from './read-settings.ts';
import { secretsOf, withoutSecrets } from './secrets.ts';

export type { Logger } from 'pino';

/**
 * JSON lines on standard output, readable ones when a terminal reads. No secret of the settings is ever in a line: what is written
 * is searched for each, also inside messages and error texts, where redaction by path would miss it.
 */
export const createLogger = (
  service: string,
  settings: Settings,
  terminal: boolean = process.stdout.isTTY === true,
): Logger => {
  const secrets = secretsOf(settings);
  const hooks = { streamWrite: (line: string) => withoutSecrets(line, secrets) };
  const base = { name: service, pid: process.pid };
  const options = { level: settings.logLevel, base, hooks, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  if (!terminal) return pino(options);
  return pino({
    ...options,
    transport: { target: 'pino-pretty', options: { ignore: 'pid', translateTime: 'HH:MM:ss.l' } },
  });
};
