import { existsSync, readFileSync } from 'node:fs';
import { inCheckout } from './checkout.mjs';
import { isAlive } from './is-alive.mjs';

/** What says which services to use; each also as NAME_FILE, or in a configuration file. */
const ADDRESSES = ['DATABASE_URL', 'DATABASE_OWNER_URL', 'REDIS_URL', 'ELASTICSEARCH_URL', 'OPENSEARCH_URL'];

/** If the caller sets one URL, none is taken from the stack: mixing a caller's database with the stack's Redis would be a mistake. */
const isGiven = (environment, args) =>
  [...ADDRESSES.flatMap((name) => [name, `${name}_FILE`]), 'TANDEM_CONFIG'].some((name) => environment[name]) ||
  args.some((arg) => arg === '--config' || arg.startsWith('--config='));

/** What `npm start` wrote; undefined: it does not run, or is not ready yet. */
const readStack = (file) => {
  if (!existsSync(file)) return undefined;
  const stack = JSON.parse(readFileSync(file, 'utf8'));
  return isAlive(stack.pids.start) ? stack : undefined;
};

/**
 * The settings of the stack that `npm start` runs in this checkout, and a line that says so; no settings where the caller gives an address,
 * or nothing runs.
 */
export const stackEnvironment = (environment, args, file = inCheckout('.tandem/stack.json')) => {
  if (isGiven(environment, args)) return {};
  const stack = readStack(file);
  if (stack === undefined) {
    return {
      line: 'npm start runs no stack in this checkout. Start it in another terminal, or give addresses of your own.',
    };
  }
  const { databaseUrl, databaseOwnerUrl, redisUrl, engineUrl, engineSetting, repository } = stack;
  return {
    line: `uses the stack that npm start runs in this checkout (pid ${stack.pids.start})`,
    env: {
      DATABASE_URL: databaseUrl,
      ...(databaseOwnerUrl !== databaseUrl && { DATABASE_OWNER_URL: databaseOwnerUrl }),
      REDIS_URL: redisUrl,
      [engineSetting ?? 'ELASTICSEARCH_URL']: engineUrl,
      ...(repository !== undefined && {
        CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: environment.CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME || repository,
      }),
    },
  };
};
