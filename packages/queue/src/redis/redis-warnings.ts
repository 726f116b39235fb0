/** What is read of a Redis: an INFO text, and from CONFIG GET what the server lets one see. */
export type RedisFacts = { readonly info: string; readonly save: string | undefined };

/** A field of an INFO text. */
export const infoField = (info: string, field: string): string | undefined =>
  new RegExp(`^${field}:(.*?)\\r?$`, 'm').exec(info)?.[1];

const evicts = (info: string): string | undefined => {
  const policy = infoField(info, 'maxmemory_policy');
  if (policy === undefined || policy === 'noeviction') return undefined;
  return `Redis evicts keys when its memory is full (maxmemory-policy ${policy}) and would lose jobs; set it to noeviction.`;
};

/** Where CONFIG GET is refused, as by managed services, nothing is said about `save`. */
const forgets = ({ info, save }: RedisFacts): string | undefined => {
  if (infoField(info, 'aof_enabled') !== '0' || save === undefined || save !== '') return undefined;
  return 'Redis keeps nothing on disk and loses the queue when it restarts, so jobs are late until the sweep finds them; set appendonly yes.';
};

/** Sentences for an operator, each with its remedy. */
export const redisWarnings = (facts: RedisFacts): readonly string[] =>
  [evicts(facts.info), forgets(facts)].filter((warning) => warning !== undefined);
