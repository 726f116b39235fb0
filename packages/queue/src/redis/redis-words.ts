import { type TlsProblem, tlsProblem } from '@tandem/shared/domain/address/tls-problem.ts';
import { withoutCommand } from './redis-connection.ts';

/** What Redis replies when it refuses work, and the operator's remedy. */
const remedies: readonly (readonly [begins: string, remedy: string])[] = [
  ['NOPERM', 'Grant it to this user; docs/operations.md has the complete ACL rule.'],
  ['READONLY', 'The address is that of a replica: use that of the primary.'],
  ['MISCONF', 'Redis could not save to its disk: give it room or write access, or see its log.'],
  ['OOM', 'Raise maxmemory, or move other data elsewhere.'],
  ['WRONGPASS', 'Correct user and password in REDIS_URL.'],
  ['NOAUTH', 'Redis requires a password: put it into REDIS_URL.'],
  ['ERR max number of clients', 'Raise maxclients, or close unused connections.'],
  ['LOADING', 'Redis is reading its data after a start: wait until it is ready.'],
];

const tlsRemedies: Readonly<Record<TlsProblem, string>> = {
  'no TLS there': 'The port does not speak TLS: begin REDIS_URL with redis, or name the TLS port.',
  'requires a client certificate':
    'It requires a client certificate, which Tandem does not send: set tls-auth-clients to no or optional.',
  expired: 'Renew its certificate.',
  'for other names': 'Its certificate is for other names: use one of them in REDIS_URL.',
  'not trusted': 'Its certificate is not trusted: name the file of its authority in REDIS_CA_FILE.',
};

const remedyFor = (text: string): string | undefined => {
  const answered = remedies.find(([begins]) => text.startsWith(begins))?.[1];
  const problem = tlsProblem(text);
  return answered ?? (problem && tlsRemedies[problem]);
};

/** The same of the Sentinels. */
const OF_SENTINELS = /^All sentinels are unreachable.*?(?:Last error: (?<reason>.*))?$/s;

const sentinelWords = (reason: string): string => {
  const said = withFullStop(`No Sentinel reports the address of the primary: ${reason}`);
  if (/^(WRONGPASS|NOAUTH)/.test(reason))
    return `${said} Correct REDIS_SENTINEL_PASSWORD; the password in REDIS_URL is that of Redis.`;
  return `${said} Check that they run, and the hosts and the name of the primary in REDIS_URL.`;
};

const withFullStop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** In Redis' own words, with a remedy where there is one, and never with a password. */
export const redisError = (error: unknown): Error => {
  const safe = withoutCommand(error);
  const text = safe.message.replace(/^ReplyError: /, '');
  const sentinels = OF_SENTINELS.exec(text);
  if (sentinels !== null)
    return new Error(sentinelWords(sentinels.groups?.reason ?? 'none of them knows the primary'), {
      cause: safe,
    });
  const remedy = remedyFor(text);
  return remedy === undefined ? safe : new Error(`${withFullStop(text)} ${remedy}`, { cause: safe });
};
