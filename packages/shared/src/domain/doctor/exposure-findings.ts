import { isLoopbackHost } from '../address/loopback-host.ts';
import { type Finding, failed, ok, warn } from './finding.ts';

/** How the API can be reached. */
export type ExposureFacts = {
  readonly host: string;
  readonly authMode: 'open' | 'required' | undefined;
  readonly actuatorAuth: 'open' | 'required' | undefined;
  /** Undefined: /actuator has no port of its own. */
  readonly managementHost: string | undefined;
  /** Of TLS_CERT_FILE. */
  readonly certificate: { readonly subject: string; readonly validTo: Date } | undefined;
};

/** Before a certificate ends, it should be replaced. */
const WARN_DAYS = 30;
const DAY_MS = 86_400_000;

/** Who can reach the API without credentials, and whether what it sends and receives can be read on the way. */
export const exposureFindings = (facts: ExposureFacts, now: Date): readonly Finding[] => [
  accessFinding(facts),
  tlsFinding(facts, now),
];

const accessFinding = ({ host, authMode, actuatorAuth = authMode, managementHost }: ExposureFacts): Finding => {
  const actuatorHost = managementHost ?? host;
  const open = [
    ...(authMode === 'open' && !isLoopbackHost(host) ? [`The API on ${host}`] : []),
    ...(actuatorAuth === 'open' && !isLoopbackHost(actuatorHost) ? [`/actuator on ${actuatorHost}`] : []),
  ];
  if (open.length === 0) return ok('exposure', 'Beyond this machine nothing is served without credentials.', { host });
  return warn(
    'exposure',
    `${open.join(' and ')} ${open.length === 1 ? 'accepts' : 'accept'} requests without credentials: whoever reaches the port may delete backups and restore.`,
    'Create a key (npm run keys -- create) and set AUTH_MODE and ACTUATOR_AUTH to required, or let only this machine reach the port (HOST, MANAGEMENT_HOST).',
    { host, actuatorHost },
  );
};

const tlsFinding = ({ host, managementHost, certificate }: ExposureFacts, now: Date): Finding => {
  if (certificate !== undefined) return certificateFinding(certificate, now);
  const exposed = [host, ...(managementHost === undefined ? [] : [managementHost])].filter(
    (address) => !isLoopbackHost(address),
  );
  if (exposed.length === 0) return ok('tls', 'Only this machine reaches the API, which needs no TLS.', { host });
  return warn(
    'tls',
    `The API on ${exposed.join(' and ')} has no TLS: keys and tokens can be read on the way.`,
    'Set TLS_CERT_FILE and TLS_KEY_FILE, unless a proxy on the same machine or network ends TLS and only it reaches the port.',
    { host },
  );
};

const certificateFinding = ({ subject, validTo }: NonNullable<ExposureFacts['certificate']>, now: Date): Finding => {
  const days = Math.floor((validTo.getTime() - now.getTime()) / DAY_MS);
  const evidence = { subject, validTo: validTo.toISOString() };
  const remedy = 'Replace the files of TLS_CERT_FILE and TLS_KEY_FILE; the API uses them within ten seconds.';
  if (validTo <= now)
    return failed(
      'tls',
      `The certificate of the API (${subject}) expired at ${validTo.toISOString()}.`,
      remedy,
      evidence,
    );
  if (days < WARN_DAYS)
    return warn('tls', `The certificate of the API (${subject}) expires in ${days} days.`, remedy, evidence);
  return ok('tls', `The certificate of the API is valid for ${days} more days.`, evidence);
};
