import { findPort } from '@tandem/local-stack/process/ports.ts';
import { type App, startApp } from '@tandem/local-stack/start/app.ts';
import { keepAliveClient } from '../measure/keep-alive-client.ts';
import type { BenchStack, Progress } from './bench-stack.ts';

export type Server = { readonly url: string; readonly pid: number; stop(): Promise<void> };

const pidOf = ({ pid }: App): number => {
  if (pid === undefined) throw new Error('a process of Tandem has ended');
  return pid;
};

const untilItAnswers = async (url: string): Promise<void> => {
  const client = keepAliveClient();
  try {
    const { status, body } = await client.send('GET', `${url}/actuator/health/readiness`);
    if (status !== 200) throw new Error(`the API is not ready: ${JSON.stringify(body)}`);
  } finally {
    client.close();
  }
};

/** The API as `npm run api` starts it, with these settings in addition to the stack's; its connections are warm. */
export const startApi = async (bench: BenchStack, settings: NodeJS.ProcessEnv, report: Progress): Promise<Server> => {
  const port = await findPort([]);
  const env = { ...bench.environment, ...settings, HOST: '127.0.0.1', PORT: String(port) };
  const app = await startApp({ name: 'api', directory: bench.directory, env, report });
  bench.atEnd(app.stop);
  const url = `http://127.0.0.1:${port}`;
  await untilItAnswers(url);
  return { url, pid: pidOf(app), stop: app.stop };
};

export const startWorker = async (
  bench: BenchStack,
  settings: NodeJS.ProcessEnv,
  report: Progress,
): Promise<{ readonly pid: number }> => {
  const env = { ...bench.environment, ...settings };
  const app = await startApp({ name: 'worker', directory: bench.directory, env, report });
  bench.atEnd(app.stop);
  return { pid: pidOf(app) };
};
