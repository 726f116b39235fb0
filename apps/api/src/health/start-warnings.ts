import type { Readiness } from './readiness.ts';

type Part = keyof Readiness['components'];

/** The consequence of each component being unusable. */
const consequences: Readonly<Record<Part, readonly [name: string, consequence: string]>> = {
  postgresql: ['PostgreSQL', 'nothing can be requested or read until it responds'],
  redis: ['Redis', 'backups are accepted, and queued once it responds'],
  engine: ['The engine', 'backups are refused until it responds'],
  operations: ['The list of operations', 'it is not known which are suspended'],
  repository: ['The snapshot repository', 'backups are refused until it can be used'],
  history: ['The history', 'it is not known whether it was rolled back'],
};

/** A sentence for each component that is not ready, for the log at start. */
export const startWarnings = ({ components }: Readiness): readonly string[] =>
  (Object.keys(consequences) as Part[]).flatMap((part) => {
    const { status, reason } = components[part];
    if (status === 'UP') return [];
    if (status === 'WARN') return [reason ?? ''];
    // an unreachable engine cannot be asked for its repository
    if (part === 'repository' && components.engine.status === 'DOWN') return [];
    if (part === 'history' && components.postgresql.status === 'DOWN') return [];
    if (part === 'operations' && components.postgresql.status === 'DOWN') return [];
    const [name, consequence] = consequences[part];
    return [`${name} is not ready: ${consequence}. ${reason ?? ''}`];
  });
