import { maskCredentials } from '@tandem/shared/domain/identity/mask-credentials.ts';
import { type Logger, pino } from 'pino';
import { secretsOf, withoutSecrets } from '../settings/secrets.ts';
import type { Settings } from '../settings/settings-catalogue.ts';

export type { Logger } from 'pino';

/**
 * JSON lines on stdout, or readable lines on a terminal. No line contains a secret from the settings, or what looks like a credential of a caller:
 * each line is searched for all of them, including messages and error texts, which redaction by path would miss.
 */
export const createLogger = (
  service: string,
  settings: Settings,
  terminal: boolean = process.stdout.isTTY === true,
): Logger => {
  const secrets = secretsOf(settings);
  const hooks = { streamWrite: (line: string) => maskCredentials(withoutSecrets(line, secrets)) };
  const base = { name: service, pid: process.pid };
  const options = { level: settings.logLevel, base, hooks, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  if (!terminal) return pino(options);
  return pino({
    ...options,
    transport: { target: 'pino-pretty', options: { ignore: 'pid', translateTime: 'HH:MM:ss.l' } },
  });
};
