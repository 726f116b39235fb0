import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startManaged } from '@tandem/local-stack/process/managed-process.ts';
import type { BenchStack } from './bench-stack.ts';
import type { Server } from './tandem-process.ts';

export type Program = {
  readonly name: string;
  /** The module to run; it calls `serve`. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
};

/** Starts a server of the benchmark in a process of its own. Rejects with its last lines when it ends instead. */
export const startProgram = async (
  { directory, atEnd }: Pick<BenchStack, 'directory' | 'atEnd'>,
  program: Program,
): Promise<Server> => {
  const started = startManaged({
    command: process.execPath,
    args: [program.file],
    env: program.env,
    cwd: directory,
    logFile: join(directory, 'logs', `${program.name}.log`),
    recordFile: join(directory, 'run', `${program.name}.json`),
    stopSignal: 'SIGTERM',
    stopMs: 5_000,
    ipc: true,
  });
  atEnd(started.stop);
  const message = once(started.child, 'message') as Promise<[{ port: number }]>;
  const died = started.exited.then(() => {
    throw new Error(`${program.name} did not come up: ${started.lastLines().join('\n')}`);
  });
  const [{ port }] = await Promise.race([message, died]);
  // from here on requests fail if it dies
  died.catch(() => undefined);
  return { url: `http://127.0.0.1:${port}`, pid: started.pid, stop: started.stop };
};

/** For such a program: listens on any port, sends it to the parent, and ends with the parent. */
export const serve = async (server: HttpServer): Promise<void> => {
  for (const signal of ['SIGTERM', 'disconnect'] as const) process.once(signal, () => process.exit(0));
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.({ port: (server.address() as AddressInfo).port });
};
