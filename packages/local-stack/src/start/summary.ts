import { relative } from 'node:path';
import { engineLabel } from '../engine/engine-kinds.ts';
import { checkout } from '../settings.ts';
import type { Tandem } from './tandem.ts';

/** The same URL without its password, for the screen. */
export const withoutPassword = (url: string): string => url.replace(/(\/\/[^:/@]*):[^@/]*@/g, '$1:***@');

const row = (name: string, where: string, what: string) => `  ${name.padEnd(14)} ${where.padEnd(58)} ${what}`;

const origin = (tandem: Tandem, part: 'postgres' | 'redis' | 'engine') => {
  const pid = tandem.pids[part];
  if (pid !== undefined) return `pid ${pid}`;
  return tandem.stack.parts[part]?.origin === 'container' ? 'container' : 'yours';
};

const engineOrigin = (tandem: Tandem) => {
  const version = tandem.stack.engine?.version;
  return version === undefined ? origin(tandem, 'engine') : `${version}, ${origin(tandem, 'engine')}`;
};

/** What runs where, and three commands to try. */
export const summary = (tandem: Tandem, directory: string): string => {
  const { stack, apiUrl, pids } = tandem;
  const engine = stack.engine ? engineLabel(stack.engine.kind) : 'engine';
  const id = new Date().toISOString().slice(0, 16).replaceAll(/[-:T]/g, '');
  return [
    '',
    'Tandem is ready.',
    row('API', apiUrl, `pid ${pids.api}`),
    row('docs', `${apiUrl}/docs`, 'in a browser'),
    row('worker', '', `pid ${pids.worker}`),
    row('PostgreSQL', withoutPassword(stack.databaseUrl), origin(tandem, 'postgres')),
    row('Redis', withoutPassword(stack.redisUrl), origin(tandem, 'redis')),
    row(engine, withoutPassword(stack.engineUrl), engineOrigin(tandem)),
    row(
      'repository',
      stack.repositoryPath ?? tandem.repository ?? 'none is set',
      stack.engine ? `"${tandem.repository}"` : '',
    ),
    row('logs', `${relative(checkout, directory)}/logs`, ''),
    '',
    'Try:',
    `  curl -X POST ${apiUrl}/actuator/backup -H 'content-type: application/json' -d '{"backupId":"b${id}"}'`,
    `  curl ${apiUrl}/actuator/backup/b${id}`,
    `  curl ${apiUrl}/actuator/health/readiness`,
    '',
    'Ctrl-C stops everything and keeps the data; npm run reset deletes it.',
  ].join('\n');
};
