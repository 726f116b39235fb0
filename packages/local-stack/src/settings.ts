import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The checkout that contains this package. */
export const checkout = resolve(import.meta.dirname, '../../..');

/** Data, logs and the lock of `npm start`. */
export const homeDirectory = join(checkout, '.tandem');

/** Downloaded engines and binaries, shared by all stacks of this checkout. Everything in it can be re-created. */
export const cacheDirectory = join(homeDirectory, 'cache');

/** The environment that child processes inherit. Variables are read in this file and nowhere else in this package. */
export const environment = (): NodeJS.ProcessEnv => process.env;

/** What a program needs to run at all, without any setting of Tandem that the user's environment may hold. */
export const bareEnvironment = (): NodeJS.ProcessEnv => {
  const kept = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS'];
  return Object.fromEntries(Object.entries(environment()).filter(([name]) => kept.includes(name)));
};

/** The ordered folders of PATH. */
export const pathFolders = (): string[] => (environment().PATH ?? '').split(':').filter((folder) => folder !== '');

/** JAVA_HOME; empty where it is not set. */
export const javaHome = (): string[] => [environment().JAVA_HOME ?? ''].filter((home) => home !== '');

/** Where a user's own tools are installed. */
export type UserFolders = { readonly home: string; readonly sdkman: string };

export const userFolders = (): UserFolders => {
  const home = homedir();
  return { home, sdkman: environment().SDKMAN_DIR || join(home, '.sdkman') };
};

/** The variable ENGINE: which engine to start. A blank one counts as not set. */
export const requestedEngine = (): string | undefined => environment().ENGINE?.trim() || undefined;

/** Sockets under which a Docker engine may listen, `DOCKER_HOST` first. Only local ones: a remote engine is not ours to use. */
export const dockerSockets = (): string[] => {
  const { DOCKER_HOST } = environment();
  if (DOCKER_HOST) return DOCKER_HOST.startsWith('unix://') ? [DOCKER_HOST.slice('unix://'.length)] : [];
  return [
    '/var/run/docker.sock',
    join(homedir(), '.docker/run/docker.sock'),
    join(homedir(), '.colima/default/docker.sock'),
  ];
};

export type GivenServices = {
  databaseUrl: string | undefined;
  databaseOwnerUrl: string | undefined;
  redisUrl: string | undefined;
  engineUrl: string | undefined;
};

/** Those that the apps are given by the stack. */
const OF_THE_STACK = [
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'REDIS_URL',
  'ELASTICSEARCH_URL',
  'OPENSEARCH_URL',
] as const;

/** As the apps read it: the value, or the contents of the file that `_FILE` names. A blank variable counts as not set. */
const addressOf = (given: NodeJS.ProcessEnv, name: (typeof OF_THE_STACK)[number]): string | undefined => {
  const file = given[`${name}_FILE`];
  return given[name] || (file ? readFileSync(file, 'utf8').trim() : '') || undefined;
};

/** Services the user runs already. */
export const givenServices = (): GivenServices => {
  const given = environment();
  return {
    databaseUrl: addressOf(given, 'DATABASE_URL'),
    databaseOwnerUrl: addressOf(given, 'DATABASE_OWNER_URL'),
    redisUrl: addressOf(given, 'REDIS_URL'),
    engineUrl: addressOf(given, 'ELASTICSEARCH_URL') ?? addressOf(given, 'OPENSEARCH_URL'),
  };
};

/** The apps refuse an address that is given as a value, by the stack, and as a file. */
export const withoutAddressFiles = (given: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(given).filter(([name]) => !OF_THE_STACK.some((address) => name === `${address}_FILE`)),
  );

/** Where the API listens, as the API itself reads it. An invalid port is reported by the API; here it counts as 8092. */
export const listenAddress = (): { host: string; port: number } => {
  const { HOST, PORT } = environment();
  const port = PORT ? Number(PORT) : 8092;
  return { host: HOST || '127.0.0.1', port: Number.isInteger(port) && port >= 0 && port < 65_536 ? port : 8092 };
};

/** Testcontainers reads this variable, and nothing else, to know that it need not start its reaper. */
export const disableReaper = (): void => {
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
};
