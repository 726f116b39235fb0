import type { Concern, ConcernCode } from './protection.ts';

type Health = { readonly status: 'UP' | 'WARN' | 'DOWN'; readonly reason?: string };

/** As readiness reports them. */
export type PartFacts = Readonly<Record<'engine' | 'repository' | 'redis', Health>>;

/** What of the engine, the repository and Redis keeps backups from being taken or read. */
export const partConcerns = ({ engine, repository, redis }: PartFacts): readonly Concern[] => [
  ...down(engine, 'engine-unreachable', 'unknown', 'The engine does not respond'),
  ...warned(engine, 'engine-warning'),
  // an unreachable engine cannot be asked for its repository
  ...(engine.status === 'DOWN'
    ? []
    : down(repository, 'repository-unreadable', 'unknown', 'The repository cannot be read')),
  ...warned(repository, 'repository-warning'),
  ...down(redis, 'queue-warning', 'at-risk', 'Redis does not respond: requests are accepted, and wait for it'),
  ...warned(redis, 'queue-warning'),
];

const down = (
  { status, reason }: Health,
  code: ConcernCode,
  leadsTo: Concern['leadsTo'],
  words: string,
): readonly Concern[] => (status === 'DOWN' ? [{ code, leadsTo, message: `${words}: ${sentence(reason)}` }] : []);

const warned = ({ status, reason }: Health, code: ConcernCode): readonly Concern[] =>
  status === 'WARN' ? [{ code, leadsTo: 'at-risk', message: sentence(reason) }] : [];

const sentence = (reason = 'no reason is known'): string => (/[.!?]$/.test(reason) ? reason : `${reason}.`);
