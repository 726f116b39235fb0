import { isLoopbackHost } from '../address/loopback-host.ts';
import { type ExposureFacts, exposureFindings } from './exposure-findings.ts';
import { type Finding, failed, ok, warn } from './finding.ts';

/** `problems` prevent a start; `advice` does not. None of them shows a secret. */
export type SettingsFacts = {
  readonly problems: readonly string[];
  readonly advice: readonly string[];
  readonly exposure: ExposureFacts;
};

/** Whether a process would start with them, and what is likely to cause trouble. */
export const settingsFindings = ({ problems, advice, exposure }: SettingsFacts, now: Date): readonly Finding[] => [
  problems.length === 0
    ? ok('settings', 'Every setting is valid.')
    : failed(
        'settings',
        `${problems.length === 1 ? 'A setting is' : `${problems.length} settings are`} invalid: ${problems.join('; ')}.`,
        'Correct them: API and worker do not start (docs/settings.md).',
        { problems },
      ),
  advice.length === 0
    ? ok('settings-advice', 'No setting is likely to cause trouble.')
    : warn('settings-advice', advice.join(' '), 'See docs/settings.md.', { advice }),
  ...exposureFindings(exposure, now),
];

export type AdvisedSettings = {
  /** Without credentials: scheme and host. */
  readonly engineUrls: readonly URL[];
  readonly engineHasCredentials: boolean;
  readonly databaseUrl: URL | undefined;
  readonly engineRequestMs: number | undefined;
};

const SHORT_MS = 2_000;

/** Settings that are valid, and likely to cause trouble. */
export const settingsAdvice = (given: AdvisedSettings): readonly string[] => [
  ...given.engineUrls
    .filter((url) => given.engineHasCredentials && url.protocol === 'http:' && !isLoopbackHost(url.hostname))
    .map(({ host }) => `The engine's credentials are sent to ${host} without TLS: use https.`),
  ...(given.databaseUrl !== undefined &&
  !isLoopbackHost(given.databaseUrl.hostname) &&
  ['disable', 'no-verify'].includes(given.databaseUrl.searchParams.get('sslmode') ?? '')
    ? [
        `sslmode=${given.databaseUrl.searchParams.get('sslmode')} in DATABASE_URL does not protect the connection to ${given.databaseUrl.host}.`,
      ]
    : []),
  ...(given.engineRequestMs !== undefined && given.engineRequestMs < SHORT_MS
    ? [`ENGINE_REQUEST_TIMEOUT is ${given.engineRequestMs} ms: listing many snapshots takes longer.`]
    : []),
];
