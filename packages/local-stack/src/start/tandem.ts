import { type EngineUrlSetting, urlSettingOf } from '../engine/engine-kinds.ts';
import { findPort } from '../process/ports.ts';
import { bareEnvironment, environment, withoutAddressFiles } from '../settings.ts';
import { type Stack, type StackOptions, startStack } from '../stack.ts';
import { type App, startApp } from './app.ts';
import { migrate } from './migrate.ts';
import { watchParts } from './watch-parts.ts';

export type TandemOptions = StackOptions & {
  /** Where the API listens; a taken port is replaced by a free one, 0 takes any. */
  host: string;
  port: number;
  /** true: the apps run with this stack's settings alone, whatever Tandem settings the environment has. */
  ownSettings?: boolean;
  report(line: string): void;
  /** Called after each restart of a process. */
  onRestart?(): void;
};

export type Tandem = {
  readonly stack: Stack;
  readonly apiUrl: string;
  readonly engineSetting: EngineUrlSetting;
  readonly repository: string | undefined;
  readonly pids: Record<string, number>;
  readonly logs: Record<string, string>;
  /** API and worker first, then engine, Redis, PostgreSQL. */
  stop(): Promise<void>;
};

const hostInUrl = (host: string): string => {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
};

/** Where one role owns the tables and runs the apps, only that one is named. */
const databaseEnvironment = ({ databaseUrl, databaseOwnerUrl }: Stack): NodeJS.ProcessEnv => ({
  DATABASE_URL: databaseUrl,
  ...(databaseOwnerUrl === databaseUrl ? {} : { DATABASE_OWNER_URL: databaseOwnerUrl }),
});

/** An engine that was started here goes by the setting of its product, one that the user gave by the setting that the user chose. */
const engineSettingOf = ({ engine }: Stack, inherited: NodeJS.ProcessEnv): EngineUrlSetting => {
  if (engine) return urlSettingOf(engine.kind);
  const isElasticsearch = inherited.ELASTICSEARCH_URL || inherited.ELASTICSEARCH_URL_FILE;
  return isElasticsearch ? 'ELASTICSEARCH_URL' : 'OPENSEARCH_URL';
};

/** The user's environment with the addresses of this stack. */
const appEnvironment = (stack: Stack, inherited: NodeJS.ProcessEnv, host: string, port: number): NodeJS.ProcessEnv => {
  const repository = inherited.CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME ?? stack.repository;
  return {
    ...withoutAddressFiles(inherited),
    HOST: host,
    PORT: String(port),
    ...databaseEnvironment(stack),
    REDIS_URL: stack.redisUrl,
    [engineSettingOf(stack, inherited)]: stack.engineUrl,
    ...(repository === undefined ? {} : { CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: repository }),
  };
};

const untilHealthy = async (apiUrl: string): Promise<void> => {
  const end = performance.now() + 30_000;
  for (;;) {
    const answer = await fetch(`${apiUrl}/actuator/health/readiness`, { signal: AbortSignal.timeout(5_000) }).catch(
      (error: Error) => error,
    );
    if (answer instanceof Response && answer.status === 200) return;
    if (performance.now() > end) {
      const why = answer instanceof Response ? `${answer.status} ${await answer.text()}` : answer.message;
      throw new Error(`the API is not healthy after 30 s: ${why}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

const choosePort = async (port: number, report: (line: string) => void): Promise<number> => {
  const chosen = await findPort(port === 0 ? [] : [port]);
  if (port !== 0 && chosen !== port) report(`port ${port} is taken, so the API listens on ${chosen}`);
  return chosen;
};

/** Brings up a stack, migrates, starts API and worker, and resolves when the API is healthy. When one fails, all is ended and it rejects. */
export const startTandem = async (options: TandemOptions): Promise<Tandem> => {
  const { directory, host, report, onRestart } = options;
  const stack = await startStack(options);
  const apps: Partial<Record<'api' | 'worker', App>> = {};
  let unwatch: (() => Promise<void>) | undefined;
  const stop = async () => {
    await unwatch?.();
    await Promise.all([apps.api?.stop(), apps.worker?.stop()]);
    await stack.stop();
  };
  try {
    const port = await choosePort(options.port, report);
    const apiUrl = `http://${hostInUrl(host)}:${port}`;
    const inherited = options.ownSettings ? bareEnvironment() : environment();
    const env = appEnvironment(stack, inherited, host, port);
    await migrate(env);
    report('migrations: applied');
    const { DATABASE_OWNER_URL: _, ...appEnv } = env;
    const common = { directory, env: appEnv, report, ...(onRestart && { onRestart }) };
    const begun = performance.now();
    const start = async (name: 'api' | 'worker') => {
      apps[name] = await startApp({ ...common, name });
      report(`${name}: ready after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    };
    const outcomes = await Promise.allSettled([start('api'), start('worker')]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    await untilHealthy(apiUrl);
    unwatch = watchParts({ parts: stack.parts, report, onRestart: () => onRestart?.() });
    return {
      stack,
      apiUrl,
      engineSetting: engineSettingOf(stack, inherited),
      repository: env.CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME,
      get pids() {
        const own = Object.entries(apps).flatMap(([name, app]) =>
          app.pid === undefined ? [] : [[name, app.pid] as const],
        );
        return { ...Object.fromEntries(own), ...stack.pids };
      },
      get logs() {
        return { ...Object.fromEntries(Object.entries(apps).map(([name, app]) => [name, app.logFile])), ...stack.logs };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
