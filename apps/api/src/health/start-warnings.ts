import type { Readiness } from './readiness.ts';

type Part = keyof Readiness['components'];

/** What comes of each while it cannot be used. */
const consequences: Readonly<Record<Part, readonly [name: string, consequence: string]>> = {
  postgresql: ['PostgreSQL', 'nothing can be requested or seen until it answers'],
  redis: ['Redis', 'backups are accepted, and queued once it answers'],
  engine: ['The engine', 'backups are refused until it answers'],
  operations: ['The list of operations', 'suspended ones are not known'],
  repository: ['The snapshot repository', 'backups are refused until it can be used'],
  history: ['The history', 'nobody can tell whether it was rolled back'],
};

/** A sentence for each part that is not as it should be, for the log at start: requests will meet it. */
export const startWarnings = ({ components }: Readiness): readonly string[] =>
  (Object.keys(consequences) as Part[]).flatMap((part) => {
    const { status, reason } = components[part];
    if (status === 'UP') return [];
    if (status === 'WARN') return [reason ?? ''];
    // nobody can ask an engine that is away for its repository
    if (part === 'repository' && components.engine.status === 'DOWN') return [];
    if (part === 'history' && components.postgresql.status === 'DOWN') return [];
    if (part === 'operations' && components.postgresql.status === 'DOWN') return [];
    const [name, consequence] = consequences[part];
    return [`${name} is not ready: ${consequence}. ${reason ?? ''}`];
  });
