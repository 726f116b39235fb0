import { withoutCommand } from './redis-connection.ts';

/** What Redis answers with where it takes no work, and what an operator does about it. */
const remedies: readonly (readonly [begins: string, remedy: string])[] = [
  ['NOPERM', 'Grant it to this user; docs/operations.md has the whole rule.'],
  ['READONLY', 'The address leads to a replica: use that of the primary.'],
  ['MISCONF', 'Redis could not save to its disk: give it room or write access, or see its log.'],
  ['OOM', 'Raise maxmemory, or let nobody else keep data there.'],
  ['WRONGPASS', 'Correct user and password in REDIS_URL.'],
  ['NOAUTH', 'Redis asks for a password: put it into REDIS_URL.'],
  ['ERR max number of clients', 'Raise maxclients, or end connections that nobody uses.'],
  ['LOADING', 'Redis is reading its data after a start: it will be there soon.'],
];

const withFullStop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** In Redis' own words, with a remedy where there is one, and never with a password. */
export const redisError = (error: unknown): Error => {
  const safe = withoutCommand(error);
  const text = safe.message.replace(/^ReplyError: /, '');
  const remedy = remedies.find(([begins]) => text.startsWith(begins))?.[1];
  return remedy === undefined ? safe : new Error(`${withFullStop(text)} ${remedy}`, { cause: safe });
};
